#include "report/advice/advice.hpp"

#include "policy/routing.hpp"
#include "policy/rules/rules.hpp"
#include "report/advice/case.hpp"
#include "report/advice/obstacle.hpp"
#include "report/advice/passage.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// The address that the server would have to pass the mail on to, if it followed what the name asks for.
std::string plain_address(Case const& c) {
    AddressId const plain = resolve_beyond(c.setting_of(c.server_id()).policy, c.world.book, c.address());
    return plain == c.address() ? "the address itself, as name@domain" : c.world.book.text(plain);
}

/// The domain is one that the server serves; it is the name that asks for more.
bool asks_through_the_name(Case const& c) {
    ServerPolicy const& policy = c.setting_of(c.server_id()).policy;
    return asks_for_routing(c.world.book, c.address()) &&
           (handled_at(policy, c.domain_id()) || relayed_at(policy, c.world.book, c.domain_id()));
}

Advice on_bad_address(Case const& c) {
    if (c.settled.saying != Saying::restricted_address)
        return {c.writer().name,
                fmt::format("{} does not take an address that is written in such a way. Write it as "
                            "name@domain, without quotation marks or special characters.",
                            c.server())};
    ServerPolicy const& policy = c.setting_of(c.server_id()).policy;
    std::string const sign =
        restricted_sign(policy, c.world.book, resolve(policy, c.world.book, c.address()));
    return {c.writer().name,
            fmt::format("{} takes no name with {} from anybody, and to log in does not help. Write the "
                        "address without it; or, if it is right so, ask for another address.",
                        c.server(), sign)};
}

Advice on_relay_denied(Case const& c) {
    if (asks_through_the_name(c))
        return {c.writer().name,
                fmt::format("The address {} asks {} to pass the message on to somebody else's domain, and "
                            "the server does well not to do that for strangers. Write to {}, through your "
                            "own provider's server.",
                            c.world.book.text(c.address()), c.server(), plain_address(c))};
    if (!c.said_to_mail_program())
        return on_relay_denied_to_server(c);
    if (c.preference())
        return exchanger_not_told(c);
    Person const writer = c.writer();
    ServerPolicy const& policy = c.setting_of(c.settled.by).policy;
    bool const looks_here = writer.incoming && c.world.servers[writer.incoming->server].host == c.server_id();
    if (account_at(policy, writer.account.user) && policy.pop_before_smtp && looks_here)
        return {
            writer.name,
            fmt::format("The server does not know who is asking. Look for mail first, and send within {}; "
                        "or turn on authentication for outgoing mail: then it does not matter where you are.",
                        say_duration(*policy.pop_before_smtp)),
            c.server() + " did not know who was asking"};
    if (auto const advice = on_missing_account(c))
        return *advice;
    HostId const device = c.trace.messages[c.trace.recipients[c.settled.recipient].message].origin;
    auto const& blocked = network_around(c.world, device, c.changes).blocked_ports;
    if (account_at(policy, writer.account.user) &&
        std::find(blocked.begin(), blocked.end(), port_submission) != blocked.end())
        return on_blocked_person(c, port_submission);
    if (account_at(policy, writer.account.user))
        return {writer.name,
                fmt::format("The server does not know who is asking. Turn on authentication (name and "
                            "password) for outgoing mail in the settings of the mail program; port "
                            "587 is the one for that."),
                c.server() + " did not know who was asking"};
    if (c.usual_server().valid())
        return {writer.name,
                fmt::format("{} has no account for you, and does well to pass on nothing for strangers. {}.",
                            c.server(), c.usual_way()),
                fmt::format("{} had no account for {}", c.server(), writer.name)};
    return {writer.name,
            fmt::format(
                "{} does not know you and has no account for you. Enter your own provider's server as the "
                "outgoing server in the settings of the mail program.",
                c.server()),
            fmt::format("{} had no account for {}", c.server(), writer.name)};
}

Advice on_auth_required(Case const& c) {
    if (!c.said_to_mail_program()) // a server that was told to log in found no login offered
        return {c.postmaster(),
                fmt::format(
                    "{} wants to log in at this server, which has no account for anybody. Add one for it.",
                    c.world.hosts[c.client_id()].name),
                c.server() + " had no account for anybody"};
    if (auto const advice = on_missing_account(c))
        return *advice;
    return {c.writer().name, "Turn on authentication (name and password) for outgoing mail in the settings "
                             "of the mail program."};
}

/// Whether the server handles the domain of the writer's own address.
bool is_own_provider(Case const& c) {
    AddressId const own = c.writer().address;
    return own.valid() &&
           handled_at(c.setting_of(c.server_id()).policy, c.world.book[own].domain).has_value();
}

Advice on_auth_failed(Case const& c) {
    if (!c.said_to_mail_program())
        return on_server_login(c);
    if (auto const advice = on_missing_account(c))
        return *advice;
    if (c.settled.saying == Saying::authentication_unavailable)
        return {c.writer().name,
                fmt::format("{} has no accounts, so nobody can log in there. Check the name of "
                            "the outgoing server in the settings of the mail program.",
                            c.server())};
    std::string const was = c.server() + " did not accept the user name with that password";
    bool const by_web = c.written_message().by_web;
    Account const account = c.writer().account;
    if (!account_at(c.setting_of(c.server_id()).policy, account.user) && !is_own_provider(c))
        return {c.writer().name,
                fmt::format("{} has no account {}, and is not the server of your own provider. {}; if it is "
                            "right, type the user name again.",
                            c.server(), account.user,
                            by_web ? "Check the name of the web mail in the address line of the browser"
                                   : "Check the name of the outgoing server in the settings of the mail "
                                     "program"),
                was};
    if (by_web)
        return {c.writer().name,
                "The web mail does not accept this user name with this password. Type both again.", was};
    return {c.writer().name,
            "The server does not accept this user name with this password. Type both again in the "
            "settings for outgoing mail.",
            was};
}

Advice on_too_big(Case const& c) {
    auto const limit = c.setting_of(c.server_id()).policy.max_size_bytes;
    std::string const most = limit ? fmt::format(" (at most {} octets)", *limit) : "";
    Message const& message = c.trace.messages[c.trace.recipients[c.settled.recipient].message];
    if (!is_handed_in(message)) // it brings the message back, with a report around it
        return {"nobody", fmt::format("The {} about this message was too big for {}{}, so {} was not told.",
                                      thing(message), c.server(), most, c.writer().name)};
    return {c.writer().name,
            fmt::format("{} takes no messages of that size{}. Make the message smaller: send the file by "
                        "another way, and a link to it by mail.",
                        c.server(), most)};
}

/// Nothing is broken: a stranger is asked to come back, and servers do.
Advice on_greylisted(Case const& c) {
    if (auto const advice = on_missing_account(c))
        return *advice;
    if (c.said_to_mail_program() && account_at(c.setting_of(c.server_id()).policy, c.writer().account.user))
        return {c.writer().name,
                fmt::format("{} asks strangers to come back later, and does not know who is asking. Turn on "
                            "authentication (name and password) for outgoing mail in the settings of the "
                            "mail program; port 587 is the one for that.",
                            c.server()),
                c.server() + " did not know who was asking"};
    if (c.said_to_mail_program())
        return {c.writer().name,
                fmt::format("{} asks strangers to come back later, and a mail program does not. Send through "
                            "your own provider's server: that one waits and tries again.",
                            c.server())};
    if (c.waits())
        return {
            "nobody",
            fmt::format("{} asks strangers to come back later. Just wait: the queue tries again by itself.",
                        c.server())};
    return {c.postmaster(),
            fmt::format("The message was put off until its sender gave up. Let {} greylist for "
                        "a shorter time, or not at all.",
                        c.server())};
}

/// A server that has its hands full. Nothing is wrong with the message.
Advice on_too_many_sessions(Case const& c) {
    if (c.said_to_mail_program())
        return {c.writer().name,
                fmt::format("{} is busy. Nothing is wrong with your settings: send the message again later.",
                            c.server())};
    if (c.waits())
        return {"nobody", fmt::format("{} is busy. Just wait: the queue tries again by itself.", c.server())};
    return {c.postmaster(),
            "The server had its hands full until the sender gave up. Find out who keeps it busy, or let it "
            "serve more sessions at a time."};
}

/// A bounce that cannot be delivered: the address that it should go back to is wrong.
Advice on_lost_bounce(Case const& c) {
    if (c.settled.reason == Reason::unknown_user)
        if (auto const advice = on_lost_mailbox(c))
            return *advice;
    return {c.writer().name,
            fmt::format("The {} about this message could not be brought back to {}. Check your "
                        "own address in the settings of the mail program.",
                        thing(c.trace.messages[c.trace.recipients[c.settled.recipient].message]),
                        c.world.book.text(c.address()))};
}

/// The moment when the recipient was settled, or last put off before `now`.
Instant moment_of(Trace const& trace, RecipientSettled const& settled, Instant now) {
    Instant found = now;
    for (Event const& event : trace.events) {
        auto const* const one = std::get_if<RecipientSettled>(&event.happening);
        if (one && one->recipient == settled.recipient && settled.outcome != Outcome::queued)
            return event.at;
        auto const* const deferred = std::get_if<MessageDeferred>(&event.happening);
        if (deferred && event.at <= now && trace.deferrals[deferred->deferral].recipient == settled.recipient)
            found = event.at;
    }
    return found;
}

/// Hands each recipient that the event sends somewhere to `note`, with what is known of it now.
template<class Note>
void follow(Trace const& trace, Event const& event, Note note) {
    if (auto const* queued = std::get_if<MessageQueued>(&event.happening)) {
        for (EnvelopeRecipient const& one : trace.entries[queued->entry].recipients)
            note(one.recipient, Bound{.address = one.address, .alias = {}});
    } else if (auto const* alias = std::get_if<AliasFollowed>(&event.happening)) {
        note(alias->recipient, Bound{.address = alias->target, .alias = alias->entry});
    }
}

/// The last alias stays known where the message goes on from there.
void update(Bound& bound, Bound const& news) {
    bound = {.address = news.address, .alias = news.alias.valid() ? news.alias : bound.alias};
}

Bound bound_of(Trace const& trace, RecipientId whose) {
    Bound bound;
    for (Event const& event : trace.events)
        follow(trace, event, [&](RecipientId recipient, Bound const& news) {
            if (recipient == whose)
                update(bound, news);
        });
    return bound;
}

std::optional<Advice> on_reason(Case const& c, Reason reason) {
    bool const no_such_address =
        reason == Reason::unknown_user || reason == Reason::no_such_domain || reason == Reason::null_mx;
    bool const is_denied = reason == Reason::no_such_domain && c.keeper().valid(); // which the DNS alone does
    if (c.bound.alias.valid() && no_such_address && !is_denied && c.settled.saying != Saying::no_such_host)
        return on_dead_alias(c);
    switch (reason) {
    case Reason::none:
    case Reason::expired: return std::nullopt;
    case Reason::relay_denied: return on_relay_denied(c);
    case Reason::auth_required: return on_auth_required(c);
    case Reason::auth_failed: return on_auth_failed(c);
    case Reason::unknown_user: return on_unknown_user(c);
    case Reason::no_such_domain: return on_no_such_domain(c);
    case Reason::null_mx:
        return Advice{c.writer().name,
                      fmt::format("{} says in the DNS that it takes no mail at all. Find another "
                                  "address for this person.",
                                  c.domain())};
    case Reason::unreachable: return on_unreachable(c);
    case Reason::mail_loop: return on_mail_loop(c);
    case Reason::dns_trouble: return on_dns_trouble(c);
    case Reason::blocked_port: return on_blocked_port(c);
    case Reason::too_big: return on_too_big(c);
    case Reason::greylisted: return on_greylisted(c);
    case Reason::blocklisted: return on_blocklisted(c);
    case Reason::too_many_sessions: return on_too_many_sessions(c);
    case Reason::too_many_recipients: return on_too_many_recipients(c);
    case Reason::bad_address: return on_bad_address(c);
    case Reason::scripted_answer:
        return c.settled.session.valid() ? on_scripted_answer(c, reply_of(c.world, c.trace, c.settled))
                                         : on_scripted_answer_to_come(c);
    }
    return std::nullopt;
}

/// What was to be done when the recipient was settled or put off.
std::optional<Advice> advise_then(Case const& c) {
    RecipientSettled const& settled = c.settled;
    bool const wrong_address = settled.reason == Reason::unknown_user ||
                               settled.reason == Reason::no_such_domain || settled.reason == Reason::null_mx;
    Message const& message = c.trace.messages[c.trace.recipients[settled.recipient].message];
    if (!is_handed_in(message) && wrong_address && !c.bound.alias.valid())
        return on_lost_bounce(c);
    if (settled.reason != Reason::expired)
        return on_reason(c, settled.reason);
    // The queue gave up, but it is the trouble that kept it waiting which is to be mended.
    auto advice = was_not_called(settled) ? on_unreachable(c) : on_reason(c, reason_of(settled.saying));
    constexpr std::string_view then_again = " Then send the message again: the queue has given up on it.";
    if (advice)
        advice->text += then_again;
    if (advice && !advice->many.empty())
        advice->many += then_again;
    return advice;
}

/// What the case fell over is gone; what would stop it next as the world is `now`, if anything would.
std::optional<Advice> on_next_stop(Case const& c, Instant now) {
    auto const stop = stop_in(c, present_at(c.world, now));
    if (!stop)
        return std::nullopt;
    auto advice =
        advise_then({c.world, c.trace, stop->settled, changes_by(c.world, now), stop->bound, stop->caller});
    constexpr std::string_view has_again = "again";
    if (advice && !c.waits() && c.settled.reason != Reason::expired && advice->culprit != c.writer().name &&
        advice->text.find(has_again) == std::string::npos)
        advice->text += " Then the message has to be sent again.";
    return advice;
}

/// `at` is when it was settled or put off.
std::optional<Advice> advise_on(Case const& asked, Instant at, Instant now) {
    if (asked.settled.outcome == Outcome::delivered || is_one_of_many(asked.written_message()))
        return std::nullopt; // nobody has to help spam on its way, and of a population nobody is told of
    RecipientSettled const settled =
        was_not_called(asked.settled) ? as_at_last_call(asked, at).value_or(asked.settled) : asked.settled;
    Case const c{asked.world, asked.trace, settled, asked.changes, asked.bound};
    auto const advice = advise_then(c);
    if (!advice)
        return std::nullopt;
    auto const older = on_older_answer(c, at, now);
    auto const mended = older ? std::nullopt : mended_by(c, at, now);
    if (!older && !mended)
        return advice;
    if (auto const next = on_next_stop(c, now))
        return next;
    return older ? *older : as_mended(c, *advice, *mended, now);
}

} // namespace

RecipientSettled as_if_settled(Deferral const& deferral) {
    return {.recipient = deferral.recipient,
            .by = deferral.by,
            .session = deferral.session,
            .outcome = Outcome::queued,
            .reason = reason_of(deferral.saying),
            .saying = deferral.saying};
}

std::optional<Advice> advise(World const& world, Trace const& trace, RecipientSettled const& settled,
                             std::optional<Instant> now) {
    Instant const seen_from = now.value_or(trace.ended_at);
    Instant const at = moment_of(trace, settled, seen_from);
    return advise_on({world, trace, settled, changes_by(world, at), bound_of(trace, settled.recipient)}, at,
                     seen_from);
}

std::optional<Advice> advise_on_population(World const& world, Trace const& trace,
                                           RecipientSettled const& settled, Instant at) {
    Case const c{world, trace, settled, changes_by(world, at), bound_of(trace, settled.recipient)};
    if (settled.outcome == Outcome::delivered || c.written_message().kind != MessageKind::crowd)
        return std::nullopt;
    return advise_then(c);
}

Adviser::Adviser(World const& world, Trace const& trace) : world_{world}, trace_{trace} {
    for (Event const& event : trace.events)
        follow(trace, event,
               [&](RecipientId recipient, Bound const& news) { update(bound_[recipient], news); });
}

std::optional<Advice> Adviser::advise(RecipientSettled const& settled, Instant at) const {
    auto const bound = bound_.find(settled.recipient);
    return advise_on(
        {world_, trace_, settled, changes_by(world_, at), bound == bound_.end() ? Bound{} : bound->second},
        at, trace_.ended_at);
}

} // namespace mailflow
