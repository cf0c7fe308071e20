#include "run/run.hpp"

#include "engine/loop.hpp"

#include <utility>

namespace mailflow {

Trace run(World const& world) {
    return play(world, {}).trace;
}

std::variant<Trace, CutOff> run_within(World const& world, Limits const& limits) {
    Played played = play(world, limits);
    if (played.ended_by == EndedBy::itself || played.ended_by == EndedBy::until)
        return std::move(played.trace);
    return CutOff{played.ended_by, played.trace.ended_at, played.trace.messages.size()};
}

} // namespace mailflow
