// The other side of including what one uses: a standard header that nothing in the file needs.
#pragma once

#include "house/source_tree.hpp"

namespace mailflow::house {

/// Standard headers of which the file uses no name, for those whose names are certain; the others, and names
/// in comments and strings, do not count. A name counts whoever declares it: a header that is complained of
/// is not used, one that is not may still be.
[[nodiscard]] std::vector<Complaint> check_includes_used(SourceFile const& file);

} // namespace mailflow::house
