// Times as somebody says them who tells a story: "3 h 33 min", "0.9 s". From a minute on they are rounded, in
// the margin and in the sentences beside it alike, so that a story never says a moment in two ways.
#pragma once

#include "base/time.hpp"

#include <string>

namespace mailflow {

/// For a margin: "4 d 23 h 7 min", the duration exactly below a minute, from there on rounded to five
/// seconds, from ten minutes on to ten, and from an hour on to a minute.
[[nodiscard]] std::string say_clock(Duration duration);

/// For a sentence: from a minute on the same, with "days"; below that in rounded seconds, with a tenth below
/// ten.
[[nodiscard]] std::string say_roughly(Duration duration);

/// The same of the time between two durations that a margin tells, as it is to be read from there: where the
/// margin has whole minutes, the one and this come to the other.
[[nodiscard]] std::string say_between(Duration from, Duration to);

/// A round time, exactly and with no more digits than it has, to the millisecond: "3 h", "3 h 10 min",
/// "3 h 0.95 s", "0.475 s".
[[nodiscard]] std::string say_exactly(Duration duration);

/// How long a run takes, rounded up, so that no moment of it is later than this: over a minute to the second,
/// over a day to the minute, and with no unit of which there is none: "3 h 1 s".
[[nodiscard]] std::string say_length(Duration duration);

/// "after 3 h": the moment, counted from the start of the run.
[[nodiscard]] std::string say_after(Instant at);

} // namespace mailflow
