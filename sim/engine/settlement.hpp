// Settling: saying once, for good, what became of a recipient. Every recipient that goes in comes out here,
// or is still queued when the run ends.
#pragma once

#include "engine/effects.hpp"

namespace mailflow {

/// Whose words decided it, and where they were said (none: found out without a session).
struct Source {
    HostId by;
    SessionId session;
};

class Settlement {
public:
    explicit Settlement(Effects& effects) : effects_(effects) {}

    /// Records the outcome. A recipient is settled once.
    void settle(RecipientId recipient, Outcome outcome, Source source, Saying saying);
    /// The same for a queue that gave up: the reason is `expired`, the words are those of the last trouble.
    void settle_expired(RecipientId recipient, Outcome outcome, Source source, Saying saying);

private:
    Effects& effects_;
};

} // namespace mailflow
