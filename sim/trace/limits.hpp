// What ends a run before it comes to its own end.
#pragma once

#include "base/time.hpp"

#include <atomic>
#include <cstdint>
#include <optional>

namespace mailflow {

/// Of one run; what is left out is without a limit. World::until holds in any case.
struct Limits {
    std::optional<std::uint64_t> events{}; // that are recorded; the run ends where one more would be
    std::optional<Duration> simulated_time{};
    std::optional<std::uint64_t> bytes{}; // of memory for what is in flight, and for the trace if it is kept
    std::atomic<bool> const* stop = nullptr; // set by somebody: the run is broken off soon; null: by nobody
};

/// What a run cost.
struct Effort {
    std::uint64_t turns = 0;          // of the loop: wakeups taken from the event queue
    std::uint64_t most_in_flight = 0; // messages, at one time
    std::uint64_t most_bytes = 0;     // of memory for what was in flight, at one time
};

enum class EndedBy : std::uint8_t { itself, until, events, simulated_time, memory, stop };

} // namespace mailflow
