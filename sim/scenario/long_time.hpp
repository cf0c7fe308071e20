// Times that are written well but are too long for a scenario, so that complaints can say so.
#pragma once

#include <string_view>

namespace mailflow {

/// Whether the text is a time (base/time.hpp), and one that is longer than scenario/reader.hpp's
/// `longest_time`; even where it is longer than can be read at all.
[[nodiscard]] bool is_too_long_time(std::string_view text);

} // namespace mailflow
