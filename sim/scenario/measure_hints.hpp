// What was meant by a time or a size that is written in another way than the format has it.
#pragma once

#include "scenario/document.hpp"

#include <string>

namespace mailflow {

/// "did you mean "5m"?" of 5min, 5 minutes or 300 (seconds); empty where nothing can be guessed.
[[nodiscard]] std::string hint_for_duration(Value at);
/// "did you mean "4kB"?" of 4KB, 4 k or 4000 (octets); the same.
[[nodiscard]] std::string hint_for_size(Value at);

} // namespace mailflow
