// A world with a crowd of envelopes in flight at one moment, and traces of any length: made by hand, so that
// the bench needs no minutes of simulation.
#pragma once

#include "trace/trace.hpp"

namespace mailflow::viz {

struct Crowd {
    World world;
    Trace trace;
    Instant at; // when all of them are on their way
};

/// So many messages, each from one of 30 people or servers to one of 30 servers.
[[nodiscard]] Crowd crowd_in_flight(std::size_t envelopes);

/// A run of at least so many events in the same world: message after message, some hundred at a time.
[[nodiscard]] Crowd long_run(std::size_t events);

} // namespace mailflow::viz
