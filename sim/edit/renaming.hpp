// A thing of a scenario gets another name, wherever it is spoken of.
#pragma once

#include "edit/splice.hpp"

namespace mailflow {

/// How the text changes so that the member has the key, and all that meant it by the old one mean it still.
[[nodiscard]] std::vector<Splice> renaming(Document const& document, Value member, std::string_view key);

} // namespace mailflow
