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

/// The same without that last moment: of a host, which is never given up for good.
[[nodiscard]] Instant next_call(Server const& server, QueueAge const& age);

/// The age at which the server returns a message.
[[nodiscard]] Duration lifetime_of(Server const& server);

/// Whether the queue gives up after this failed try.
[[nodiscard]] bool has_expired(Server const& server, QueueAge const& age);

/// How often the sender should have been told of the delay by now.
[[nodiscard]] std::uint32_t warnings_due(Server const& server, QueueAge const& age);

/// When the server next tells the sender, between two tries; none: it does so after tries only.
[[nodiscard]] std::optional<Instant> next_warning(Server const& server, QueueAge const& age);

/// How long Exim keeps a message that it has frozen before it cancels it (Debian's timeout_frozen_after).
inline constexpr Duration frozen_for = std::chrono::hours{24 * 7};

} // namespace mailflow
