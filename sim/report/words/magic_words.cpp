#include "report/words/magic_words.hpp"

#include "base/text.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

std::string const& whom(World const& world, Trace const& trace, RecipientId recipient) {
    return world.book.text(trace.recipients[recipient].address);
}

/// Says an event without its servers; borrowed for the call.
struct MagicTeller {
    World const& world;
    Trace const& trace;
    Event const& event;

    [[nodiscard]] std::string_view thing_for(RecipientId recipient) const {
        return thing(trace.messages[trace.recipients[recipient].message]);
    }

    [[nodiscard]] std::string operator()(MessageFiled const& filed) const {
        return magic_arrival(world, trace, filed.recipient, filed.mailbox);
    }
    [[nodiscard]] std::string operator()(MessageFetched const& fetched) const {
        return fmt::format("{} fetches the {}", label_of(world, trace.checks[fetched.check].device),
                           thing_for(fetched.recipient));
    }
    [[nodiscard]] std::string operator()(BounceWritten const& written) const {
        return fmt::format("A bounce sets out to {}", first_recipient(written.bounce));
    }
    [[nodiscard]] std::string operator()(DelayWarningWritten const& written) const {
        return fmt::format("A letter that warns of the delay sets out to {}",
                           first_recipient(written.warning));
    }
    [[nodiscard]] std::string operator()(RecipientSettled const& settled) const {
        std::string_view const why = magic_reason(settled);
        switch (settled.outcome) {
        case Outcome::refused: return refusal(settled.recipient, why);
        case Outcome::bounced: return magic_return(world, trace, settled.recipient, why);
        case Outcome::discarded: return magic_loss(world, trace, settled.recipient, why);
        case Outcome::delivered:
            return fmt::format("The {} to {} has arrived", thing_for(settled.recipient),
                               whom(world, trace, settled.recipient));
        case Outcome::queued: break;
        }
        return fmt::format("It is still on its way to {}", whom(world, trace, settled.recipient));
    }
    template<class Other>
    [[nodiscard]] std::string operator()(Other const&) const {
        return sentence(world, trace, event);
    }

    /// Nobody reads what a spammer's program shows.
    [[nodiscard]] std::string refusal(RecipientId recipient, std::string_view why) const {
        Message const& message = trace.messages[trace.recipients[recipient].message];
        if (message.kind != MessageKind::spam)
            return magic_refusal(world, trace, recipient, why);
        return fmt::format("The {} to {} is refused ({})", thing(message), whom(world, trace, recipient),
                           why);
    }
    [[nodiscard]] std::string const& first_recipient(MessageId message) const {
        return whom(world, trace, trace.messages[message].first_recipient);
    }
};

} // namespace

std::string_view magic_reason(Reason reason) {
    switch (reason) {
    case Reason::greylisted: return "asked to come back later";
    case Reason::expired: return "it could not be delivered in time";
    case Reason::blocked_port: return "there is no way out for it from there";
    case Reason::too_many_sessions: return "too busy";
    default: return plain_words(reason);
    }
}

std::string_view magic_reason(RecipientSettled const& settled) {
    std::string_view const special = magic_reason(settled.reason);
    return special == plain_words(settled.reason) ? plain_words(settled) : special;
}

std::string magic_refusal(World const& world, Trace const& trace, RecipientId recipient,
                          std::string_view why) {
    Message const& message = trace.messages[trace.recipients[recipient].message];
    return fmt::format("It is not sent: {}'s {} shows an error for {} ({})", label_of(world, message.origin),
                       program_of(message), whom(world, trace, recipient), why);
}

std::string magic_return(World const& world, Trace const& trace, RecipientId recipient,
                         std::string_view why) {
    return fmt::format("It did not reach {} ({}). A bounce is on its way back", whom(world, trace, recipient),
                       why);
}

std::string magic_loss(World const& world, Trace const& trace, RecipientId recipient, std::string_view why) {
    return fmt::format("It is lost: it did not reach {} ({}), and nobody is told",
                       whom(world, trace, recipient), why);
}

std::string magic_arrival(World const& world, Trace const& trace, RecipientId recipient, AddressId mailbox,
                          std::string_view after) {
    Recipient const& written = trace.recipients[recipient];
    return fmt::format("It arrives{}: the {}{} lies in the mailbox of {}", after,
                       thing(trace.messages[written.message]),
                       mailbox == written.address ? std::string{} : " to " + world.book.text(written.address),
                       world.book.text(mailbox));
}

std::string sentence(World const& world, Trace const& trace, Event const& event, Detail detail) {
    return detail == Detail::magic ? std::visit(MagicTeller{world, trace, event}, event.happening)
                                   : sentence(world, trace, event);
}

} // namespace mailflow
