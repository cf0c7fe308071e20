// Times as somebody says them who tells a story: "3 h 33 min", "0.9 s". From a minute on they are rounded, in
// the margin and in the sentences beside it alike, so that a story never says a moment in two ways.
#pragma once

#include "base/time.hpp"

#include <string>

namespace mailflow {

/// For a margin: the duration as say_duration says it, from a minute on rounded to five seconds, from ten
/// minutes on to ten, from an hour on to a minute, and from a day on to an hour.
[[nodiscard]] std::string say_clock(Duration duration);

/// For a sentence: from a minute on the same, with "days"; below that in rounded seconds, with a tenth below
/// ten.
[[nodiscard]] std::string say_roughly(Duration duration);

/// "after 3 h": the moment, counted from the start of the run.
[[nodiscard]] std::string say_after(Instant at);

} // namespace mailflow
