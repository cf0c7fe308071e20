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

/// Plays the world with that seed in the place of its own.
[[nodiscard]] Measured play_for_numbers(World const& world, std::uint64_t seed, Limits const& limits);

/// Plays it to its end, or to the first of the limits. See run/run.hpp.
[[nodiscard]] Played play(World const& world, std::uint64_t seed, Limits const& limits);

} // namespace mailflow
