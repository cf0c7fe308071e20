// Whether two values say the same. Not what a scenario makes of them: 1m is a time here wherever it is put.
#pragma once

#include <string>
#include <string_view>

namespace mailflow::batch {

/// The same for two values that say the same in other words: 1 and 1.0, 60s and "1m", 1000B and 1kB, 50% and
/// 50.0%, objects and lists that differ in blanks and in the order of their members alone. The value is JSON;
/// what is none is a text, as an override has it.
[[nodiscard]] std::string meaning_of(std::string_view value);

} // namespace mailflow::batch
