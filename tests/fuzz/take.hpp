// What the fuzzer feeds: any bytes, taken for a scenario. Not a test by itself: libFuzzer makes up the bytes
// (take.cpp, preset `fuzz`), and a suite gives it those that are kept (replay_test.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace mailflow::fuzz {

/// Loads the bytes, after lines of "--set /pointer=value" if they begin with such, and looks at the answer: a
/// world, which is then played for a little while, or complaints about places in the text, in order and in
/// words. Ends the process when something is wrong with it.
void take(std::string_view bytes);

} // namespace mailflow::fuzz
