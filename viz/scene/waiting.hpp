// Which messages wait in which queue at a moment, and for how long still. All of it follows from the trace;
// the countdown is never stored.
#pragma once

#include "viz/frame.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

/// What one server has put off.
struct Queue {
    HostId server;
    std::size_t count = 0;
    Instant next_try; // the first of them
    Duration wait{};  // from its last try to that one
};

/// The queues in which something waits for its next try at the moment of `frame.state`.
[[nodiscard]] std::vector<Queue> queues_at(Frame const& frame);

/// "next try in 12 min"
[[nodiscard]] std::string next_try_words(Instant next_try, Instant now);

} // namespace mailflow::viz
