// How long a server keeps a message that it cannot pass on, and when it tells the sender of the delay: what
// the postmaster has set, or what the software does by itself. When it tries again is engine/retry.hpp's.
#pragma once

#include "world/world.hpp"

namespace mailflow {

struct QueueTimes {
    Duration give_up{};           // the age at which a message is returned
    std::optional<Duration> warn; // the age at which its sender is told of the delay; none: never
    bool warns_again = false;     // whenever that time has passed once more
};

[[nodiscard]] QueueTimes queue_times(Server const& server);
/// What the software does by itself.
[[nodiscard]] QueueTimes const& queue_times(Software software);
/// The shortest and the longest wait between two tries of the software's own, for what a postmaster who sets
/// one of them leaves as it is.
[[nodiscard]] BackOff const& waits_of(Software software);

} // namespace mailflow
