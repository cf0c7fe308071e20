// Messages that go in a circle from server to server: the rounds that are like the round before. A loop
// between two servers goes on until somebody has counted enough Received lines (RFC 5321 section 6.3), and
// would otherwise fill pages with the same lines.
#pragma once

#include "trace/trace.hpp"

#include <vector>

namespace mailflow {

/// Rounds of one message, each like the one that came before the first of them.
struct Rounds {
    std::size_t count = 0;
    std::vector<HostId> way;          // the servers of one round, in the order in which they have it
    std::uint32_t received_lines = 0; // that the message has after the last of them
    std::vector<Event const*> events; // of them all, in their order
    Event const* end = nullptr;       // among these: the next server has it; what follows only clears up
};

/// The rounds among the events of a message and all that came of it, in no particular order. No event is in
/// two of them.
[[nodiscard]] std::vector<Rounds> rounds_of(Trace const& trace, std::vector<Event const*> const& events);

} // namespace mailflow
