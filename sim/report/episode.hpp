// The events of one message cut into what is worth telling one by one, and tries of a queue that only repeat
// the try before. A queue that tries for five days would else fill pages with the same lines.
#pragma once

#include "trace/trace.hpp"

#include <vector>

namespace mailflow {

struct Episode {
    std::size_t repeated_tries = 0; // 0: to be told event by event; else so many tries like the one before
    std::vector<Event const*> events;
};

/// The episodes in their order. Each event is in one of them; a repetition ends with a MessageDeferred.
[[nodiscard]] std::vector<Episode> episodes_of(Trace const& trace, std::vector<Event const*> const& events);

} // namespace mailflow
