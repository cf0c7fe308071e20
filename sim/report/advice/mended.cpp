// What is left to do where somebody has mended it already.
#include "report/advice/obstacle.hpp"
#include "report/words/words.hpp"
#include "trace/events_by.hpp"

#include <fmt/format.h>

#include <algorithm>

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

/// The look-up was for the last stretch of the way on which the case came to nothing.
bool is_for_case(Case const& c, Lookup const& lookup) {
    Recipient const& recipient = c.trace.recipients[c.settled.recipient];
    if (lookup.message != recipient.message)
        return false;
    if (c.settled.saying == Saying::sender_domain_unknown || c.settled.saying == Saying::sender_domain_unsure)
        return lookup.asker == c.server_id() && c.world.book.name(lookup.name) == c.sender_domain();
    if (c.settled.outcome == Outcome::refused)
        return lookup.asker == c.trace.messages[recipient.message].origin;
    if (lookup.asker != c.client_id())
        return false;
    Server const& asker = c.setting_of(lookup.asker);
    return lookup.destination == host_told_for(asker, c.domain_id()).value_or(c.domain_id());
}

/// What the DNS says otherwise than the kept answer did, for people; empty: it says the same.
std::string news(Case const& c, Lookup const& kept) {
    DnsRecords const& then = records_of(c.world, kept);
    DnsRecords const& news = c.dns(kept.name);
    std::string const& name = c.world.book.name(kept.name);
    if (then.trouble != news.trouble)
        return fmt::format("The name servers of {} answer by now", name);
    if (then.exists != news.exists)
        return fmt::format("The DNS knows {} by now", name);
    if (kept.type == RecordType::address) {
        if (then.address == news.address && then.other_address == news.other_address)
            return {};
        bool const had_one = then.address.valid() || then.other_address;
        return fmt::format("The DNS has {} address for {} by now", had_one ? "another" : "an", name);
    }
    auto const is_same = [](MxRecord const& one, MxRecord const& other) {
        return one.host == other.host && one.preference == other.preference;
    };
    if (then.null_mx != news.null_mx)
        return fmt::format("The DNS says by now that {} takes mail", name);
    if (std::equal(then.mx.begin(), then.mx.end(), news.mx.begin(), news.mx.end(), is_same))
        return {};
    bool const had_one = !then.mx.empty() || then.address.valid();
    return fmt::format("The DNS names {} server for {} by now", had_one ? "another" : "a", name);
}

/// The last answer on the way that was kept, and is not what the DNS said when the case came to nothing.
std::optional<Lookup> kept_answer(Case const& c, Instant at) {
    if (c.changes == 0)
        return std::nullopt;
    Instant const written = c.world.mail[c.written_message().mail].at; // before, nobody asked for it
    for (std::size_t n = events_by(c.trace, at); n-- > 0 && c.trace.events[n].at >= written;) {
        auto const* const answered = std::get_if<LookupAnswered>(&c.trace.events[n].happening);
        if (answered == nullptr)
            continue;
        Lookup const& lookup = c.trace.lookups[answered->lookup];
        if (lookup.cached && is_for_case(c, lookup) && !news(c, lookup).empty())
            return lookup;
    }
    return std::nullopt;
}

} // namespace

std::optional<Advice> on_older_answer(Case const& c, Instant at, Instant now) {
    auto const kept = kept_answer(c, at);
    if (!kept)
        return std::nullopt;
    Present then{c.world};
    while (then.changes_applied() < c.changes)
        then.apply_next();
    if (is_in_the_way(c, then))
        return std::nullopt;
    std::string const asker =
        is_server(c.world, kept->asker) ? c.world.hosts[kept->asker].name : c.writer().name + "'s machine";
    std::string text = fmt::format("{}, but {} still went by an older answer, as it may for as long as the "
                                   "answer's time to live.",
                                   news(c, *kept), asker);
    bool const is_mail =
        c.trace.messages[c.trace.recipients[c.settled.recipient].message].kind == MessageKind::mail;
    if (c.waits())
        text += c.waiting();
    else if (!is_mail)
        text += " What is lost stays lost.";
    else if (outcome_since(c, at, now) == Outcome::delivered)
        text += fmt::format(" What {} wrote to the same address later has arrived.", c.writer().name);
    else
        text += " Send the message again when that is over.";
    bool const has_moved = kept->type == RecordType::mx && !records_of(c.world, *kept).mx.empty();
    if (has_moved && c.settled.session.valid())
        text += " Whoever moves a domain lets its old server take mail until then.";
    return Advice{"nobody", text};
}

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
