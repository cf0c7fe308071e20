// The loop: takes the earliest event and gives it to the actor that it is for. It owns the queue; every state
// lives with its actor.
#pragma once

#include "trace/numbers.hpp"

namespace mailflow {

struct Played {
    Trace trace;
    EndedBy ended_by = EndedBy::itself;
};

/// The numbers of a run of which nothing else is kept, and what they cost.
struct Measured {
    Numbers numbers;
    Effort effort;
};

[[nodiscard]] Measured play_for_numbers(World const& world, Limits const& limits);

/// Plays the world to its end, or to the first of the limits. See run/run.hpp.
[[nodiscard]] Played play(World const& world, Limits const& limits);

} // namespace mailflow
