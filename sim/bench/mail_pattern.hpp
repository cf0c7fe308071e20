// The events of a mail stream with nothing behind them: each message lies in the queue of the server that
// sends it, goes through so many steps of a way's length each, lies in a queue again, and is counted. Played
// by a bare loop it is the measure of what mailflow needs with everything that it simulates.
#pragma once

#include "bench/patterns.hpp"

#include <cstdint>

namespace mailflow::bench {

struct PatternShape {
    std::uint32_t servers = 1000; // that send, and as many that receive
    std::uint64_t messages = 0;
    std::uint32_t events_per_message = 10; // at least 4, at most 250
    double interval_ns = 0;                // on average, from one message to the next
    std::uint64_t most_in_flight = 0;      // room for so many
};

struct PatternCount {
    std::uint64_t events = 0;
    std::uint64_t delivered = 0;
    std::uint64_t delay_ns = 0; // of all together
};

/// On the bare ladder, with plain arrays.
[[nodiscard]] PatternCount play_bare(PatternShape const& shape);
/// On the event queue and the tables that mailflow's own loop has.
[[nodiscard]] PatternCount play_on_own_loop(PatternShape const& shape);

} // namespace mailflow::bench
