// Times as somebody says them who tells a story: "3 h 33 min", "0.9 s". From a minute on they are cut like
// those of base/time.hpp's say_duration, which stand beside them, so that a story never says a moment in two
// ways.
#pragma once

#include "base/time.hpp"

#include <string>

namespace mailflow {

/// Below a minute in rounded seconds, with a tenth below ten; then two units, of minutes and seconds, hours
/// and minutes, or days and hours, and what is less is left out.
[[nodiscard]] std::string say_roughly(Duration duration);

/// "after 3 h": the moment, counted from the start of the run.
[[nodiscard]] std::string say_after(Instant at);

} // namespace mailflow
