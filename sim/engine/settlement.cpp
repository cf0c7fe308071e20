#include "engine/settlement.hpp"

namespace mailflow {

void Settlement::settle(RecipientId recipient, Outcome outcome, Source source, Saying saying) {
    effects_.record(
        RecipientSettled{.recipient = recipient,
                         .by = source.by,
                         .session = source.session,
                         .outcome = outcome,
                         .reason = outcome == Outcome::delivered ? Reason::none : reason_of(saying),
                         .saying = saying});
}

void Settlement::settle_expired(RecipientId recipient, Outcome outcome, Source source, Saying saying) {
    effects_.record(RecipientSettled{.recipient = recipient,
                                     .by = source.by,
                                     .session = source.session,
                                     .outcome = outcome,
                                     .reason = Reason::expired,
                                     .saying = saying});
}

} // namespace mailflow
