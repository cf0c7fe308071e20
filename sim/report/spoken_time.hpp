// Times as somebody says them who tells a story: rounded, "3 h 33 min", "0.9 s". What must be exact says
// base/time.hpp's say_duration.
#pragma once

#include "base/time.hpp"

#include <string>

namespace mailflow {

/// Below a minute in seconds, with a tenth below ten; from two minutes on in minutes, hours and days.
[[nodiscard]] std::string say_roughly(Duration duration);

/// "after 3 h": the moment, counted from the start of the run.
[[nodiscard]] std::string say_after(Instant at);

} // namespace mailflow
