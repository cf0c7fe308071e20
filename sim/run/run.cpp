#include "run/run.hpp"

#include "engine/loop.hpp"

#include <utility>

namespace mailflow {

Trace run(World const& world) {
    return run(world, world.seed);
}

Trace run(World const& world, std::uint64_t seed) {
    return play(world, seed, {}).trace;
}

std::variant<Trace, CutOff> run_within(World const& world, Limits const& limits) {
    Played played = play(world, world.seed, limits);
    if (played.ended_by == EndedBy::itself || played.ended_by == EndedBy::until)
        return std::move(played.trace);
    return CutOff{played.ended_by, played.trace.ended_at, played.trace.messages.size()};
}

} // namespace mailflow
