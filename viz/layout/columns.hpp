// Which column of the canvas a network stands in: senders left, their servers in the middle, the recipients'
// servers and the recipients right.
#pragma once

#include "trace/trace.hpp"

#include <cstddef>
#include <vector>

namespace mailflow::viz {

struct Columns {
    std::vector<std::vector<NetworkId>> networks; // of each column, from top to bottom; no column is empty
    std::size_t middle = 0;                       // the column above the DNS
};

[[nodiscard]] Columns arrange_columns(World const& world, Trace const& trace);

/// The machines that stand in the network at some moment of the run, servers first.
[[nodiscard]] std::vector<HostId> machines_in(World const& world, NetworkId network);

/// Whether nobody stands in the network at this moment.
[[nodiscard]] bool is_empty(Present const& present, NetworkId network);

/// Whether some server relays for the network without a login, at this moment; at some moment of the run.
[[nodiscard]] bool is_trusted(Present const& present, NetworkId network);
[[nodiscard]] bool ever_trusted(World const& world, NetworkId network);

/// Whether the server's mailboxes matter in the run: something is filed there, or was meant to be.
[[nodiscard]] bool shows_mailbox(World const& world, Trace const& trace, HostId host);

} // namespace mailflow::viz
