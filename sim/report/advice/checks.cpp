// Who has to mend it where somebody cannot look into the mailbox.
#include "report/advice/advice.hpp"
#include "report/moment.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// A look for mail that came to nothing.
struct FailedLook {
    Instant ended;
    MailCheckId check;
    Saying trouble;
};

/// By person, where the last look of the run failed: what was mended since needs no advice.
std::map<PersonId, FailedLook> last_looks_in_vain(Trace const& trace) {
    std::map<PersonId, FailedLook> found;
    for (Event const& event : trace.events) {
        auto const* ended = std::get_if<MailCheckEnded>(&event.happening);
        if (!ended)
            continue;
        PersonId const person = trace.checks[ended->check].person;
        if (ended->trouble == Saying::goodbye)
            found.erase(person);
        else
            found.insert_or_assign(person, FailedLook{event.at, ended->check, ended->trouble});
    }
    return found;
}

/// The server that handles the domain of the person's own address, and has the account; none: none does.
HostId server_with_account(World const& world, Person const& person, std::uint32_t changes) {
    for (Server const& one : world.servers) {
        ServerPolicy const& policy = server_after(world, world.hosts[one.host].server, changes).policy;
        if (handled_at(policy, world.book[person.address].domain) &&
            account_at(policy, person.incoming->user))
            return one.host;
    }
    return {};
}

/// The server that does not answer has nothing to do any more with the person's own domain, and another one
/// has; none: it is not so.
std::optional<Advice> on_moved_mailbox(World const& world, MailCheck const& check, Person const& person,
                                       std::uint32_t changes) {
    if (!person.incoming || !person.address.valid())
        return std::nullopt;
    DomainId const domain = world.book[person.address].domain;
    HostId const other = server_with_account(world, person, changes);
    if (!other.valid() ||
        handled_at(server_after(world, world.hosts[check.server].server, changes).policy, domain))
        return std::nullopt;
    return Advice{person.name,
                  fmt::format("{} does not answer, and it is {} that takes the mail of {}. Enter "
                              "that one as the incoming server in the settings of the mail "
                              "program.",
                              world.hosts[check.server].name, world.hosts[other].name,
                              world.book.name(domain))};
}

/// The network lets nothing out to the port: what is left is the other one, under TLS (RFC 8314 section 3).
Advice on_blocked_look(World const& world, Person const& person, Port port, std::uint32_t changes) {
    Port const other = port == port_imap ? port_imaps : port == port_pop3 ? port_pop3s : port;
    auto const& blocked = network_around(world, person.host, changes).blocked_ports;
    if (other != port && std::find(blocked.begin(), blocked.end(), other) == blocked.end())
        return {person.name,
                fmt::format("This network lets nothing out to port {}. Enter port {} in the settings for "
                            "incoming mail: it is open.",
                            port, other)};
    return {person.name,
            fmt::format("This network lets nothing out to port {}. Look for mail from another one.", port)};
}

/// There is no such account at the server that was asked; none: there is one.
std::optional<Advice> on_no_account(World const& world, MailCheck const& check, Person const& person,
                                    std::uint32_t changes) {
    ServerPolicy const& policy = server_after(world, world.hosts[check.server].server, changes).policy;
    if (!person.incoming || account_at(policy, person.incoming->user))
        return std::nullopt;
    bool const is_own =
        person.address.valid() && handled_at(policy, world.book[person.address].domain).has_value();
    std::string const& server = world.hosts[check.server].name;
    if (!is_own)
        return Advice{
            person.name,
            fmt::format("{} has no account {}, and is not the server of your own provider. Enter that "
                        "one as the incoming server in the settings of the mail program.",
                        server, person.incoming->user)};
    if (HostId const other = server_with_account(world, person, changes); other.valid())
        return Advice{
            person.name,
            fmt::format("{} has no account {}, but {} has. Enter that one as the incoming server in "
                        "the settings of the mail program.",
                        server, person.incoming->user, world.hosts[other].name)};
    return Advice{
        "the postmaster of " + server,
        fmt::format("This server handles the domain of {0}'s own address, but has no account {1}, so "
                    "{0} cannot look into the mailbox. Add one.",
                    person.name, person.incoming->user)};
}

Advice on_failed_look(World const& world, Trace const& trace, FailedLook const& look) {
    MailCheck const& check = trace.checks[look.check];
    std::uint32_t const changes = changes_by(world, look.ended);
    Person const& person = person_after(world, check.person, changes);
    std::string const& server = world.hosts[check.server].name;
    Port const port = check.session.valid() ? trace.sessions[check.session].port : port_imap;
    switch (look.trouble) {
    case Saying::authentication_failed:
        if (auto const advice = on_no_account(world, check, person, changes))
            return *advice;
        return {person.name, "The server does not accept this user name with this password. Type both again "
                             "in the settings for incoming mail."};
    case Saying::server_not_found:
        return {person.name,
                fmt::format(
                    "There is no server called {0}. Check the name of the incoming server in the settings "
                    "of the mail program; if it is right, whoever keeps the DNS records of {0} has to "
                    "publish its address.",
                    server)};
    case Saying::dns_server_failure:
    case Saying::dns_no_answer:
        if (look.trouble == Saying::dns_no_answer &&
            dns_after(world, world.servers[world.hosts[check.server].server].name, changes).trouble ==
                DnsTrouble::none)
            return {"whoever runs the network of " + person.name,
                    "It is so slow that the DNS's answer comes when nobody waits for it any more. Have it "
                    "mended, or look for mail from another network."};
        return {"whoever keeps the DNS records of " + server,
                "The name servers give no usable answer about this server. Mend them, or the way to them."};
    case Saying::connection_unanswered:
        if (check.session.valid())
            return {"whoever runs the networks between them",
                    fmt::format("The way to {} is so slow that its answer comes when nobody waits for it any "
                                "more. Have the network mended.",
                                server)};
        return {"whoever keeps the DNS records of " + server,
                "The address record of this server leads to no machine. Let it name the server's address."};
    case Saying::connection_blocked: return on_blocked_look(world, person, port, changes);
    case Saying::no_route:
        return {"whoever runs the networks between them",
                fmt::format("There is no way to {}. Look for mail from a network that reaches it.", server)};
    case Saying::session_timed_out:
        return {"whoever runs the networks between them",
                fmt::format("The line to {} was cut while somebody looked for mail. Mend it.", server)};
    case Saying::connection_lost:
        if (check.session.valid() && has_moved(world, trace.sessions[check.session], changes))
            return {person.name,
                    "The connection broke off when the computer went to another network. The mail "
                    "program looks again by itself; or look now."};
        return {"the postmaster of " + server,
                "The server went away while somebody looked for mail. Start the mail service again."};
    default: break;
    }
    if (auto const advice = on_moved_mailbox(world, check, person, changes))
        return *advice;
    if (server_after(world, world.hosts[check.server].server, changes).up)
        return {person.name, fmt::format("Nothing answers at {} on port {}. Check the port of the incoming "
                                         "server in the settings of the mail program.",
                                         server, port)};
    return {"the postmaster of " + server,
            fmt::format("Nothing answers there on port {}. Start the mail service again.", port)};
}

} // namespace

std::vector<Advice> advise_on_looks(World const& world, Trace const& trace) {
    std::vector<Advice> advice;
    for (auto const& [person, look] : last_looks_in_vain(trace))
        advice.push_back(on_failed_look(world, trace, look));
    return advice;
}

} // namespace mailflow
