// What is left to do where somebody has mended it already.
#include "report/obstacle.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// What was in the way, once it is no more.
std::string_view past_words(Reason reason) {
    switch (reason) {
    case Reason::relay_denied: return "relaying was denied";
    case Reason::auth_required: return "a login was required";
    case Reason::auth_failed: return "the login failed";
    case Reason::unknown_user: return "there was no such mailbox";
    case Reason::no_such_domain: return "there was no such domain, or no address for its server";
    case Reason::null_mx: return "the domain took no mail";
    case Reason::unreachable: return "the server could not be reached";
    case Reason::mail_loop: return "the mail would have gone in a circle";
    case Reason::dns_trouble: return "the DNS gave no usable answer";
    case Reason::blocked_port: return "the network blocked the port";
    case Reason::too_big: return "it was too big";
    case Reason::greylisted: return "the server asked strangers to come back later";
    case Reason::blocklisted: return "the sending machine was on a blocklist";
    case Reason::scripted_answer: return "the server said no";
    case Reason::none:
    case Reason::expired:
    case Reason::too_many_sessions:
    case Reason::too_many_recipients:
    case Reason::bad_address: break; // what no change mends
    }
    return "something was in its way";
}

/// What became of the last message that the writer has written to the same address since; none: there is
/// none, it is on its way, or it had failed before it was `mended`.
std::optional<Outcome> outcome_since(Case const& c, Instant mended, Instant now) {
    Mail const& first = c.world.mail[c.written_message().mail];
    std::optional<Outcome> outcome;
    for (Event const& event : c.trace.events) {
        if (event.at > now)
            break;
        auto const* const settled = std::get_if<RecipientSettled>(&event.happening);
        if (settled == nullptr || (settled->outcome != Outcome::delivered && event.at < mended))
            continue;
        Recipient const& recipient = c.trace.recipients[settled->recipient];
        Message const& message = c.trace.messages[recipient.message];
        if (message.kind == MessageKind::mail && c.world.mail[message.mail].from == first.from &&
            c.world.mail[message.mail].at > first.at &&
            recipient.address == c.trace.recipients[c.settled.recipient].address)
            outcome = settled->outcome;
    }
    return outcome;
}

} // namespace

Advice as_mended(Case const& c, Advice const& then, Mending const& by, Instant now) {
    Recipient const& recipient = c.trace.recipients[c.settled.recipient];
    Message const& message = c.trace.messages[recipient.message];
    Reason const reason =
        c.settled.reason == Reason::expired ? reason_of(c.settled.saying) : c.settled.reason;
    std::string const text =
        fmt::format("The {} {} because {}. {}", thing(message), c.waits() ? "waits" : "did not arrive",
                    then.was.empty() ? past_words(reason) : then.was, say_mended(then.culprit, by));
    if (c.waits() && c.settled.saying != Saying::loops_back)
        return {"nobody", text + " The queue tries again by itself."};
    if (c.waits()) // Exim has frozen it
        return {"the postmaster of " + c.server(),
                text + " Have the server try again: it has frozen the message."};
    if (message.kind != MessageKind::mail)
        return {nobody_any_more, text + " What is lost stays lost."};
    if (auto const since = outcome_since(c, by.at, now))
        return {nobody_any_more,
                fmt::format("{} What {} wrote to the same address later {}.", text, c.writer().name,
                            *since == Outcome::delivered ? "has arrived" : "failed all the same")};
    return {c.writer().name, text + " Send it again."};
}

} // namespace mailflow
