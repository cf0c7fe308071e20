// The loop: takes the earliest event and gives it to the actor that it is for. It owns the queue; every state
// lives with its actor.
#pragma once

#include "trace/limits.hpp"
#include "trace/trace.hpp"

namespace mailflow {

struct Played {
    Trace trace;
    EndedBy ended_by = EndedBy::itself;
};

/// Plays the world to its end, or to the first of the limits. See run/run.hpp.
[[nodiscard]] Played play(World const& world, Limits const& limits);

} // namespace mailflow
