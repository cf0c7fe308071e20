#include "report/advice.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// One case to be advised on, with what every answer needs at hand.
struct Case {
    World const& world;
    Trace const& trace;
    RecipientSettled const& settled;

    [[nodiscard]] AddressId address() const { return trace.recipients[settled.recipient].address; }
    [[nodiscard]] DomainId domain_id() const { return world.book[address()].domain; }
    [[nodiscard]] std::string const& domain() const { return world.book.name(domain_id()); }
    [[nodiscard]] std::string const& server() const { return world.hosts[settled.by].name; }

    /// The message that somebody wrote; for a bounce, the one that it is about in the end.
    [[nodiscard]] Message const& written_message() const {
        Message const* message = &trace.messages[trace.recipients[settled.recipient].message];
        while (is_bounce(*message))
            message = &trace.messages[trace.entries[message->about].message];
        return *message;
    }
    [[nodiscard]] Person const& writer() const {
        return world.people[world.mail[written_message().mail].from];
    }
    /// Whether the words were said to the writer's own mail program, and not to another server.
    [[nodiscard]] bool said_to_mail_program() const {
        return settled.session.valid() && !trace.sessions[settled.session].entry.valid();
    }

    /// The preference of the server in the MX list of the domain; a domain without one is its own exchanger.
    [[nodiscard]] std::optional<std::uint16_t> preference() const {
        DnsRecords const& records = dns_of(world, domain_id());
        if (records.mx.empty() && !records.null_mx && records.address == settled.by)
            return std::uint16_t{0};
        for (MxRecord const& record : records.mx)
            if (dns_of(world, record.host).address == settled.by)
                return record.preference;
        return std::nullopt;
    }
    [[nodiscard]] bool is_backup() const {
        DnsRecords const& records = dns_of(world, domain_id());
        return std::any_of(records.mx.begin(), records.mx.end(),
                           [&](MxRecord const& record) { return record.preference < *preference(); });
    }
    /// The server that does handle the domain, if any.
    [[nodiscard]] HostId keeper() const {
        for (Server const& server : world.servers)
            if (handled_at(server.policy, domain_id()))
                return server.host;
        return {};
    }
    [[nodiscard]] std::string postmaster() const { return "the postmaster of " + server(); }
    [[nodiscard]] std::string dns_keeper() const { return "whoever keeps the DNS records of " + domain(); }
};

/// A server that DNS names for the domain refused it, or sent it in a circle.
Advice exchanger_not_told(Case const& c) {
    if (c.is_backup())
        return {c.postmaster(),
                fmt::format("DNS names {0} as a backup server for {1}, but the server was never "
                            "told so. Add {1} to the domains that it relays for.",
                            c.server(), c.domain())};
    if (HostId const keeper = c.keeper(); keeper.valid())
        return {c.dns_keeper(),
                fmt::format("The MX record sends mail for {} to {}, but it is {} that handles the "
                            "domain. Let the MX record name that server.",
                            c.domain(), c.server(), c.world.hosts[keeper].name)};
    return {c.postmaster(),
            fmt::format(
                "DNS sends all mail for {0} to this server, but the server was never told that it handles "
                "{0}. Add {0} to its list of local domains (Postfix: mydestination; sendmail: "
                "local-host-names).",
                c.domain())};
}

Advice on_relay_denied(Case const& c) {
    if (c.preference())
        return exchanger_not_told(c);
    if (!c.said_to_mail_program())
        return {c.postmaster(),
                fmt::format("The server was asked to pass on mail for {}, but it was not told to "
                            "do that. Either it is to be told, or the mail is to go another way.",
                            c.domain())};
    Person const& writer = c.writer();
    ServerPolicy const& policy = c.world.servers[c.world.hosts[c.settled.by].server].policy;
    if (account_at(policy, writer.user))
        return {writer.name,
                fmt::format("The server does not know who is asking. Turn on authentication (name and "
                            "password) for outgoing mail in the settings of the mail program; port "
                            "587 is the one for that.")};
    return {writer.name,
            fmt::format(
                "{} does not know you and has no account for you. Enter your own provider's server as the "
                "outgoing server in the settings of the mail program.",
                c.server())};
}

Advice on_auth_failed(Case const& c) {
    if (c.settled.saying == Saying::authentication_unavailable)
        return {c.writer().name,
                fmt::format("{} has no accounts, so nobody can log in there. Check the name of "
                            "the outgoing server in the settings of the mail program.",
                            c.server())};
    return {c.writer().name,
            "The server does not accept this user name with this password. Type both again in the "
            "settings for outgoing mail."};
}

Advice on_no_such_domain(Case const& c) {
    if (c.settled.saying == Saying::no_such_domain)
        return {c.writer().name,
                fmt::format("There is no domain {}. Check the part of the address after the @ for "
                            "a typing error, and send the message again.",
                            c.domain())};
    return {c.dns_keeper(),
            fmt::format("DNS sends mail for {} to a server that has no address. Mend the MX record, "
                        "or give that server an address record.",
                        c.domain())};
}

Advice on_unreachable(Case const& c) {
    if (c.settled.saying == Saying::server_not_found)
        return {c.writer().name,
                fmt::format("There is no server called {}. Check the name of the outgoing server "
                            "in the settings of the mail program.",
                            c.server())};
    Port const port = c.settled.session.valid() ? c.trace.sessions[c.settled.session].port : port_smtp;
    if (c.said_to_mail_program())
        return {c.writer().name,
                fmt::format("Nothing answers at {} on port {}. Check the port of the outgoing "
                            "server in the settings of the mail program; 587 is the usual one.",
                            c.server(), port)};
    return {c.postmaster(),
            fmt::format("Nothing answers there on port {}. Start the mail service again.", port)};
}

Advice on_mail_loop(Case const& c) {
    if (c.preference())
        return exchanger_not_told(c);
    return {c.postmaster(),
            fmt::format("The server is to pass mail for {0} on, but all roads lead back to itself. "
                        "Tell it that it handles {0}, or where else to send it.",
                        c.domain())};
}

/// A bounce that cannot be delivered: the address that it should go back to is wrong.
Advice on_lost_bounce(Case const& c) {
    return {c.writer().name,
            fmt::format("The bounce about this message could not be brought back to {}. Check your "
                        "own address in the settings of the mail program.",
                        c.world.book.text(c.address()))};
}

} // namespace

std::optional<Advice> advise(World const& world, Trace const& trace, RecipientSettled const& settled) {
    Case const c{world, trace, settled};
    if (settled.outcome == Outcome::delivered || settled.outcome == Outcome::queued)
        return std::nullopt;
    if (settled.outcome == Outcome::discarded)
        return on_lost_bounce(c);
    switch (settled.reason) {
    case Reason::none: return std::nullopt;
    case Reason::relay_denied: return on_relay_denied(c);
    case Reason::auth_required:
        return Advice{c.writer().name,
                      "Turn on authentication (name and password) for outgoing mail in the settings "
                      "of the mail program."};
    case Reason::auth_failed: return on_auth_failed(c);
    case Reason::unknown_user:
        return Advice{c.writer().name,
                      fmt::format("Nobody called \"{}\" has a mailbox at {}. Check the part of the "
                                  "address before the @ for a typing error, or ask the person.",
                                  world.book.name(world.book[c.address()].local_part), c.domain())};
    case Reason::no_such_domain: return on_no_such_domain(c);
    case Reason::null_mx:
        return Advice{c.writer().name,
                      fmt::format("{} says in the DNS that it takes no mail at all. Find another "
                                  "address for this person.",
                                  c.domain())};
    case Reason::unreachable: return on_unreachable(c);
    case Reason::mail_loop: return on_mail_loop(c);
    }
    return std::nullopt;
}

} // namespace mailflow
