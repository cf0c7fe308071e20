// Who closes a connection at its end.
#pragma once

#include "trace/trace.hpp"

namespace mailflow {

/// The machine that closes the connection of the session, which is over at that moment: its server, where the
/// last words of that were such (RFC 5321 section 3.8), or else its client.
[[nodiscard]] HostId closer_of(Trace const& trace, SessionId session, Instant closed);

} // namespace mailflow
