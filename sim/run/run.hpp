// The one door to the engine: a world goes in, the trace of its run comes out.
#pragma once

#include "trace/trace.hpp"

namespace mailflow {

/// Plays the world from its seed until nothing more happens or `World::until` is reached. Deterministic: the
/// same world gives the same trace on every machine. Takes no clock, opens nothing, throws nothing of its
/// own.
[[nodiscard]] Trace run(World const& world);

} // namespace mailflow
