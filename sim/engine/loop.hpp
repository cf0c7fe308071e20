// The loop: takes the earliest event and gives it to the actor that it is for. It owns the queue; every state
// lives with its actor.
#pragma once

#include "trace/trace.hpp"

namespace mailflow {

/// Plays the world to its end. See run/run.hpp.
[[nodiscard]] Trace play(World const& world);

} // namespace mailflow
