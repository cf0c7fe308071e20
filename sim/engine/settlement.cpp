#include "engine/settlement.hpp"

#include <cassert>

namespace mailflow {

void Settlement::settle(RecipientId recipient, Outcome outcome, Source source, Saying saying) {
    record({.recipient = recipient,
            .by = source.by,
            .session = source.session,
            .outcome = outcome,
            .reason = outcome == Outcome::delivered ? Reason::none : reason_of(saying),
            .saying = saying});
}

void Settlement::settle_expired(RecipientId recipient, Outcome outcome, Source source, Saying saying) {
    record({.recipient = recipient,
            .by = source.by,
            .session = source.session,
            .outcome = outcome,
            .reason = Reason::expired,
            .saying = saying});
}

void Settlement::record(RecipientSettled const& settled) {
    std::uint32_t const index = settled.recipient.index;
    if (index >= settled_.size())
        settled_.resize(index + 1U);
    assert(!settled_[index]);
    settled_[index] = true;
    effects_.record(settled);
}

} // namespace mailflow
