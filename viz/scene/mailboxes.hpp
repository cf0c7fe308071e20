// The mailboxes of a server, as the picture shows them: all of them are one.
#pragma once

#include "viz/draw/brush.hpp"
#include "viz/frame.hpp"

#include <cstdint>
#include <string>

namespace mailflow::viz {

struct Fill {
    std::uint32_t count = 0;
    bool fetched = false; // a mail program has a copy of the newest of each
    bool full = false;    // the server takes nothing more into it
    std::string owner;    // the one whose mailbox it is; empty when there are several
};

/// What lies in the server's mailboxes, of those that the run's mail is for.
[[nodiscard]] Fill fill_of(Frame const& frame, HostId host);
/// "leo: 1 new", "mailboxes: empty".
[[nodiscard]] std::string caption_of(Fill const& fill);
/// Where the machine has room for one.
void draw_mailbox_at(Brush& brush, Frame const& frame, Spot const& spot);

} // namespace mailflow::viz
