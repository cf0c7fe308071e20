#include "run/run.hpp"

#include "engine/loop.hpp"

namespace mailflow {

Trace run(World const& world) {
    return play(world, {}).trace;
}

} // namespace mailflow
