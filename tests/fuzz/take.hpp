// What the fuzzers feed: any bytes, taken for a scenario or for a bounce that somebody has pasted. No test by
// itself: libFuzzer makes up the bytes (targets/, preset `fuzz`), and a suite gives it those that are kept
// (replay_test.cpp, bounces_test.cpp).
#pragma once

#include <cstddef>
#include <string_view>

namespace mailflow::fuzz {

/// Loads the bytes, after lines of "--set /pointer=value" if they begin with such, and looks at the answer: a
/// world, which is then played for a little while, or complaints about places in the text, in order and in
/// words. Ends the process when something is wrong with it.
void take(std::string_view bytes);

/// Reads the bytes as a bounce and says all that can be said of it: what its lines mean, what happened, who
/// has to mend it. Ends the process when a server, a domain or an address is named that is not in the text,
/// or when nobody is told anything about a recipient.
void take_bounce(std::string_view bytes);

} // namespace mailflow::fuzz
