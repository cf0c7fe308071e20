// When a queue tries again, warns, and gives up: the defaults of each software, or what the postmaster has
// set.
#pragma once

#include "world/world.hpp"

namespace mailflow {

/// How an entry has fared so far.
struct QueueAge {
    Instant arrived;
    Instant now;
    std::uint32_t failed_tries = 1;
};

/// The moment of the next try after a failed one; never after the entry's last moment, which is the last try.
[[nodiscard]] Instant next_try(Server const& server, QueueAge const& age);

/// Whether the queue gives up after this failed try.
[[nodiscard]] bool has_expired(Server const& server, QueueAge const& age);

/// Whether the sender is to be told of the delay by now.
[[nodiscard]] bool warning_is_due(Server const& server, QueueAge const& age);

} // namespace mailflow
