// Two runs beside each other: for each recipient what became of it before and what becomes of it now, where
// that differs. A fold over both traces; it knows nothing of what was changed in between. Bounces and delay
// warnings are no lines of their own.
#pragma once

#include "report/difference.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace mailflow {

/// A recipient of which something else is told now: the outcome, why, who said so, its words, or when.
struct ChangedOutcome {
    MessageId message_before; // none: that is not written there
    MessageId message_now;    // the same
    std::string whose;        // "Maya to leo@shop.example"; of several messages with the name of it
    std::string before;       // "refused after 0.6 s (relaying denied), by mail.isp.example"
    std::string now;          // "delivered after 1.2 s"
};

struct ChangedOutcomes {
    std::vector<ChangedOutcome> changed; // people's mail first, in the order of the file; then crowds', spam
    std::size_t others = 0;              // recipients of which the same is told
};

/// Recipients belong together by the name of their message (`message_id`) and their address.
[[nodiscard]] ChangedOutcomes changed_outcomes(Run const& before, Run const& now);

/// "3 others as before"; "all 3 as before" where nothing else has changed. Empty where there are no others.
[[nodiscard]] std::string say_others(ChangedOutcomes const& outcomes);

} // namespace mailflow
