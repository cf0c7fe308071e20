// The events of one message cut into what is worth telling one by one, and what only repeats what came
// before: tries of a queue, and rounds of a message that goes in a circle. A queue that tries for five days
// would else fill pages with the same lines.
#pragma once

#include "report/story/rounds.hpp"

#include <optional>
#include <vector>

namespace mailflow {

struct Episode {
    std::size_t repeated_tries = 0; // so many tries like the one before
    std::size_t side_by_side = 1;   // or so often as many tries, of messages that wait side by side
    std::optional<Rounds> rounds{}; // rounds like the one before; with neither: to be told event by event
    std::vector<Event const*> events{};

    [[nodiscard]] bool repeats() const { return repeated_tries > 0 || rounds.has_value(); }
};

/// The episodes in the order in which they end. Each event is in one of them; repeated tries end with a
/// MessageDeferred.
[[nodiscard]] std::vector<Episode> episodes_of(Trace const& trace, std::vector<Event const*> const& events);

} // namespace mailflow
