// The one door to the engine: a world goes in, the trace of its run comes out.
#pragma once

#include "trace/limits.hpp"
#include "trace/trace.hpp"

#include <variant>

namespace mailflow {

/// Plays the world from its seed until nothing more happens or `World::until` is reached. Deterministic: the
/// same world gives the same trace on every machine. Takes no clock, opens nothing, throws nothing of its
/// own.
[[nodiscard]] Trace run(World const& world);
/// The same with that seed in the place of the world's own.
[[nodiscard]] Trace run(World const& world, std::uint64_t seed);

/// Of memory, for what has happened: a trace that fills more is not told, and so not kept. What is made of it
/// (the story, the report) needs about as much again.
inline constexpr std::uint64_t longest_story_bytes = 450'000'000;

/// Where a run was cut off, and by which limit.
struct CutOff {
    EndedBy by = EndedBy::events;
    Instant at;
    std::uint64_t messages = 0; // handed in until then
};

/// The same within limits: the trace of a run that came to its own end, or where it was cut off.
[[nodiscard]] std::variant<Trace, CutOff> run_within(World const& world, Limits const& limits);

} // namespace mailflow
