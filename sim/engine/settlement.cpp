#include "engine/settlement.hpp"

#include <cassert>

namespace mailflow {

void Settlement::settle(RecipientId recipient, Outcome outcome, Source source, Saying saying) {
    if (recipient.index >= settled_.size())
        settled_.resize(recipient.index + 1U);
    assert(!settled_[recipient.index]);
    settled_[recipient.index] = true;
    effects_.record(
        RecipientSettled{.recipient = recipient,
                         .by = source.by,
                         .session = source.session,
                         .outcome = outcome,
                         .reason = outcome == Outcome::delivered ? Reason::none : reason_of(saying),
                         .saying = saying});
}

} // namespace mailflow
