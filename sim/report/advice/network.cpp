// Who has to mend it where no connection came about: a server that is down, a network in between.
#include "report/advice/case.hpp"
#include "report/advice/passage.hpp"
#include "trace/events_by.hpp"

#include <fmt/format.h>

#include <tuple>

namespace mailflow {

namespace {

/// What went wrong with the session at that event, if it did so before the server could be talked to.
std::optional<std::pair<SessionId, Saying>> failed_call(Event const& event) {
    if (auto const* failed = std::get_if<ConnectionFailed>(&event.happening))
        return std::pair{failed->session, failed->saying};
    auto const* reply = std::get_if<ReplySent>(&event.happening);
    if (reply &&
        (reply->saying == Saying::too_many_sessions || reply->saying == Saying::scripted_greeting_transient ||
         reply->saying == Saying::scripted_greeting_permanent))
        return std::pair{reply->session, reply->saying};
    return std::nullopt;
}

/// Whether the server called there for mail that goes the same way as that of the case.
bool is_same_way(Case const& c, Session const& session) {
    if (!session.entry.valid() || session.client != c.settled.by)
        return false;
    Server const& sender = c.setting_of(c.settled.by);
    auto const hop = [&](DomainId domain) { return host_told_for(sender, domain).value_or(domain); };
    DnsRecords const& records = c.dns(hop(c.domain_id()));
    if (std::any_of(records.mx.begin(), records.mx.end(),
                    [&](MxRecord const& record) { return c.dns(record.host).address == session.server; }))
        return true;
    Envelope const& recipients = c.trace.entries[session.entry].recipients;
    return std::any_of(recipients.begin(), recipients.end(), [&](EnvelopeRecipient const& other) {
        return hop(c.world.book[other.address].domain) == hop(c.domain_id());
    });
}

/// The same for a writer without an account at the server: on the port that is open it would not help either.
Advice on_blocked_stranger(Case const& c, Port port, Port open) {
    Person const writer = c.writer();
    std::string const trouble =
        fmt::format("This network lets nothing out to port {}, and {} has no account for", port, c.server());
    if (HostId const usual = c.usual_server(); usual.valid()) {
        bool const is_near =
            &network_around(c.world, usual, c.changes) == &network_around(c.world, writer.host, c.changes);
        return {writer.name,
                fmt::format("This network lets nothing out to port {}. {}{}.", port, c.usual_way(),
                            writer.port == port && !is_near
                                ? fmt::format(", with port {} and authentication there", open)
                                : "")};
    }
    if (writer.address.valid() &&
        handled_at(c.setting_of(c.server_id()).policy, c.world.book[writer.address].domain))
        return {c.postmaster(),
                fmt::format("{0} {1}. Add one: with it {1} can log in on port {2}, which is open, from "
                            "wherever.",
                            trouble, writer.name, open)};
    return {writer.name, fmt::format("{} you. Enter your own provider's server as the outgoing server in the "
                                     "settings of the mail program, with port {} and authentication.",
                                     trouble, open)};
}

} // namespace

Advice on_blocked_person(Case const& c, Port port) {
    Person const writer = c.writer();
    HostId const device = c.trace.messages[c.trace.recipients[c.settled.recipient].message].origin;
    auto const& blocked = network_around(c.world, device, c.changes).blocked_ports;
    auto const is_blocked = [&](Port other) {
        return other == port || std::find(blocked.begin(), blocked.end(), other) != blocked.end();
    };
    if (c.written_message().by_web)
        return {"whoever runs the network of " + writer.name,
                fmt::format("The network lets nothing out to port {}, not even for the web. Use another one.",
                            port)};
    if (is_blocked(port_submission) && is_blocked(port_submissions))
        return {writer.name, fmt::format("This network lets nothing out to port {}, nor to {}. {}", port,
                                         port == port_submission    ? "465"
                                         : port == port_submissions ? "587"
                                                                    : "587 and 465",
                                         is_blocked(port_https)
                                             ? "Use another network."
                                             : "Write in your provider's web mail, or use another network.")};
    Port const open = is_blocked(port_submission) ? port_submissions : port_submission;
    if (!account_at(c.setting_of(c.server_id()).policy, writer.account.user))
        return on_blocked_stranger(c, port, open);
    return {writer.name,
            fmt::format("This network lets nothing out to port {}. Enter port {} and turn on "
                        "authentication in the settings for outgoing mail: that port is made for people "
                        "on the road.",
                        port, open)};
}

namespace {

/// Whether the network of the machine leads nowhere.
bool is_cut_off(Case const& c, HostId host) {
    auto const& reaches = network_around(c.world, host, c.changes).reaches;
    return reaches && reaches->empty();
}

/// What a server can do that is not let out to the port: a login at a smarthost goes by another one.
std::string_view way_round(Server const& sender, Port port) {
    if (port != port_smtp || sender.smarthost_account)
        return "";
    return sender.smarthost
               ? ", or let the server log in at its smarthost: that goes by port 587"
               : ", or let the server send its mail through the provider's, with an account there (a "
                 "smarthost): that goes by port 587";
}

/// The backup server is down, and so is the server that handles the domain; none: it is not so.
std::optional<Advice> on_all_down(Case const& c, Port port) {
    HostId const keeper = main_server_down(c);
    if (!keeper.valid())
        return std::nullopt;
    std::string const& main = c.world.hosts[keeper].name;
    if (!relayed_at(c.setting_of(c.server_id()).policy, c.world.book, c.domain_id()))
        return Advice{
            "the postmaster of " + main,
            fmt::format(
                "Nothing answers on port {0} at {1}, which handles {2}. Start the mail service of {1} "
                "again. That of {3} does not answer either, but would only refuse the mail: it was "
                "never told that it is a backup server for {2}.{4}",
                port, main, c.domain(), c.server(), c.waiting()),
            fmt::format("nothing answered at {} on port {}", main, port)};
    return Advice{
        fmt::format("the postmasters of {} and {}", main, c.server()),
        fmt::format(
            "Nothing answers on port {0} at {1}, which handles {2}, nor at {3}, its backup. Start the "
            "mail service of {1} again; that of {3} would only keep the mail until then.{4}",
            port, main, c.domain(), c.server(), c.waiting()),
        fmt::format("nothing answered at {} and {} on port {}", main, c.server(), port)};
}

/// No way leads there, or none does any more.
Advice on_missing_way(Case const& c) {
    if (is_cut_off(c, c.client_id()))
        return {"whoever runs the network of " + label_of(c.world, c.client_id()),
                fmt::format("This network has no way out to any other. Open one, or use another network.{}",
                            c.waiting()),
                "the network had no way out"};
    if (is_cut_off(c, c.server_id()))
        return {"whoever runs the network of " + label_of(c.world, c.server_id()),
                fmt::format("This network is cut off from all others, and no server gets mail into it. Mend "
                            "its line.{}",
                            c.waiting()),
                "the network of " + label_of(c.world, c.server_id()) + " was cut off"};
    return {"whoever runs the networks between them",
            fmt::format("There is no route to {}. Let the mail go through a server that both sides reach.{}",
                        c.server(), c.waiting()),
            "there was no route to " + c.server()};
}

/// The server that handles the domain cannot be reached, and its backup, which was called after it, is down.
std::optional<Advice> on_backup_down(Case const& c, Present const& then) {
    HostId const keeper = c.keeper();
    if (!c.preference() || !c.is_backup() || !c.keeper_preference() || keeper == c.server_id() ||
        then.routed(c.client_id(), keeper))
        return std::nullopt;
    RecipientSettled settled = c.settled;
    settled.session = {};
    settled.by = keeper;
    return on_missing_way({c.world, c.trace, settled, c.changes, c.bound, c.client_id()});
}

/// A server that cannot be reached, and would refuse to relay the mail if it could: it is not the one to be
/// mended. None: it would take the mail, or nobody else has to do anything first.
std::optional<Advice> on_call_in_vain(Case const& c) {
    bool const is_call = !c.said_to_mail_program() && is_server(c.world, c.client_id()) &&
                         is_server(c.world, c.server_id()) && c.client_id() != c.server_id();
    if (!is_call || main_server_down(c).valid())
        return std::nullopt;
    Present const then = c.present();
    if (auto const advice = on_backup_down(c, then))
        return advice;
    if (refusal_if_up(c, then).value_or(Saying::queued) != Saying::relay_denied || !c.keeper().valid())
        return std::nullopt;
    Advice advice = on_relay_denied_to_server(c);
    if (advice.culprit == c.postmaster())
        return std::nullopt; // who has to start it in any case
    advice.text += c.waiting();
    return advice;
}

} // namespace

bool was_not_called(RecipientSettled const& settled) {
    return settled.saying == Saying::retry_time_not_reached ||
           settled.saying == Saying::retry_timeout_exceeded;
}

std::optional<RecipientSettled> as_at_last_call(Case const& c, Instant at) {
    for (std::size_t n = events_by(c.trace, at); n-- > 0;) {
        auto const call = failed_call(c.trace.events[n]);
        if (!call || (c.settled.session.valid() && call->first != c.settled.session) ||
            !is_same_way(c, c.trace.sessions[call->first]))
            continue;
        RecipientSettled found = c.settled;
        std::tie(found.session, found.saying) = *call;
        if (found.reason != Reason::expired)
            found.reason = reason_of(found.saying);
        return found;
    }
    return std::nullopt;
}

HostId main_server_down(Case const& c) {
    HostId const keeper = c.keeper();
    if (!is_server(c.world, c.server_id()) || !c.preference() || !c.is_backup() || !keeper.valid() ||
        !c.keeper_preference())
        return {};
    Server const& backup = c.setting_of(c.server_id());
    if (handled_at(backup.policy, c.domain_id()))
        return {};
    return !backup.up && !c.setting_of(keeper).up && keeper != c.server_id() ? keeper : HostId{};
}

Advice on_unreachable(Case const& c) {
    if (was_not_called(c.settled))
        return {"whoever runs the mail servers of " + c.domain(),
                fmt::format("{} remembers that it could not reach them, and did not call. See that they "
                            "answer.{}",
                            c.server(), c.waiting())};
    if (c.settled.saying == Saying::server_not_found)
        return {c.writer().name,
                fmt::format(
                    "There is no server called {0}. Check the name of the outgoing server in the settings "
                    "of the mail program; if it is right, whoever keeps the DNS records of {0} has to "
                    "publish its address.",
                    c.server())};
    if (c.settled.saying == Saying::connection_unanswered && c.settled.session.valid())
        return {
            "whoever runs the networks between them",
            fmt::format("The way to {} is so slow that its answer comes when nobody waits for it any more. "
                        "Have the network mended, or let the mail go through a server that is nearer.{}",
                        c.server(), c.waiting()),
            fmt::format("the way to {} was too slow", c.server())};
    if (c.settled.saying == Saying::connection_unanswered)
        return on_empty_address(c);
    if (auto const advice = on_call_in_vain(c))
        return *advice;
    Port const port = c.port();
    if (c.settled.saying == Saying::no_route || c.settled.saying == Saying::session_timed_out)
        return on_missing_way(c);
    bool const down = is_server(c.world, c.server_id()) && !c.setting_of(c.server_id()).up;
    if (c.said_to_mail_program() && !down && c.settled.saying == Saying::connection_refused)
        return {c.writer().name,
                fmt::format("Nothing answers at {} on port {}. Check the port of the outgoing "
                            "server in the settings of the mail program; 587 is the usual one.",
                            c.server(), port)};
    if (c.settled.saying == Saying::connection_lost && c.settled.session.valid() &&
        has_moved(c.world, c.trace.sessions[c.settled.session], c.changes))
        return {c.writer().name,
                "The connection broke off when the computer went to another network, where it has another "
                "address. Send the message again.",
                "the computer went to another network while it was sending"};
    if (c.settled.saying == Saying::connection_lost && !down)
        return {c.postmaster(),
                fmt::format("The server hangs up in the middle of a session. Find out why.{}", c.waiting()),
                c.server() + " hung up in the middle of a session"};
    if (c.settled.saying == Saying::connection_lost)
        return {
            c.postmaster(),
            fmt::format("The server went away in the middle of a session. Start the mail service again.{}",
                        c.waiting())};
    if (auto const advice = on_all_down(c, port))
        return *advice;
    return {
        c.postmaster(),
        fmt::format("Nothing answers there on port {}. Start the mail service again.{}", port, c.waiting()),
        fmt::format("nothing answered at {} on port {}", c.server(), port)};
}

Advice on_blocked_port(Case const& c) {
    Port const port = c.port();
    if (c.said_to_mail_program())
        return on_blocked_person(c, port);
    HostId const sender = c.client_id();
    return {"whoever runs the network of " + c.world.hosts[sender].name,
            fmt::format("The network lets nothing out to port {}. Open it for this server{}.{}", port,
                        way_round(c.setting_of(sender), port), c.waiting())};
}

} // namespace mailflow
