// Looking for something by words of it.
#pragma once

#include <string_view>

namespace mailflow::viz {

/// Whether all words of the search stand in the text; small and capital letters (of ASCII) are the same.
[[nodiscard]] bool has_words(std::string_view text, std::string_view search);

} // namespace mailflow::viz
