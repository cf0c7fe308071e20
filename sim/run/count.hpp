// Playing a world for its numbers alone: no trace is kept, and memory follows what is in flight, not what has
// been.
#pragma once

#include "trace/numbers.hpp"

namespace mailflow {

/// Plays the world as `run` does, to its end or to the first of the limits; the numbers say which it was. The
/// same world gives the same numbers on every machine, those of the trace that `run` would have kept.
/// Expectations that quote a reply need the words of the whole story: for such a world the trace is kept
/// while it is played.
[[nodiscard]] Numbers count(World const& world, Limits const& limits = {});
/// The same with that seed in the place of the world's own.
[[nodiscard]] Numbers count(World const& world, std::uint64_t seed, Limits const& limits);

/// Plays it in the same way for what that costs: for benchmarks.
[[nodiscard]] Effort effort_of(World const& world, Limits const& limits = {});

} // namespace mailflow
