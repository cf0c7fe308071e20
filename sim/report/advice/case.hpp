// What every answer to "who has to mend it?" needs at hand: one recipient that did not arrive, and the world
// as it was then. Part of report/advice/advice.cpp and the files beside it; nobody else needs it.
#pragma once

#include "report/advice/advice.hpp"
#include "report/moment.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace mailflow {

/// One case to be advised on, with what every answer needs at hand.
struct Case {
    World const& world;
    Trace const& trace;
    RecipientSettled const& settled;
    std::uint32_t changes; // of the world, in force when it was settled

    Bound bound{};
    HostId caller{}; // where there was no session: the machine that would have called

    /// Where the message was to go: the recipient's address as the last server that took it reads it, or that
    /// to which an alias led it.
    [[nodiscard]] AddressId address() const {
        return bound.address.valid() ? bound.address : trace.recipients[settled.recipient].address;
    }
    [[nodiscard]] DomainId domain_id() const { return world.book[address()].domain; }
    [[nodiscard]] std::string const& domain() const { return world.book.name(domain_id()); }
    [[nodiscard]] std::string const& server() const { return world.hosts[server_id()].name; }
    /// The server that refused or could not be reached, or else the one that found out by itself.
    [[nodiscard]] HostId server_id() const {
        return settled.session.valid() ? trace.sessions[settled.session].server : settled.by;
    }
    /// The machine that called it, or would have.
    [[nodiscard]] HostId client_id() const {
        return settled.session.valid() ? trace.sessions[settled.session].client
               : caller.valid()        ? caller
                                       : settled.by;
    }
    [[nodiscard]] Server const& setting_of(HostId host) const {
        return server_after(world, world.hosts[host].server, changes);
    }
    /// The world as it was when the recipient was settled.
    [[nodiscard]] Present present() const {
        Present then{world};
        while (then.changes_applied() < changes)
            then.apply_next();
        return then;
    }
    [[nodiscard]] DnsRecords const& dns(DomainId name) const { return dns_after(world, name, changes); }
    /// Whether the queue still tries.
    [[nodiscard]] bool waits() const { return settled.outcome == Outcome::queued; }
    /// What a recipient that still waits is told besides.
    [[nodiscard]] std::string_view waiting() const {
        return waits() ? " Until then the message waits, and the queue tries again by itself." : "";
    }

    /// The message that somebody wrote; for a bounce, the one that it is about in the end.
    [[nodiscard]] Message const& written_message() const {
        return trace.messages[root_of(trace, trace.recipients[settled.recipient].message)];
    }
    /// Of a population's mail somebody who has its settings, without a name.
    [[nodiscard]] Person writer() const {
        Message const& written = written_message();
        if (written.kind != MessageKind::crowd)
            return person_after(world, world.mail[written.mail].from, changes);
        Population const& population = world.populations[written.population];
        return {.host = population.host,
                .key = population.key,
                .name = "whoever wrote it",
                .address = written.reverse_path,
                .outgoing = population.outgoing,
                .port = written.logs_in ? population.port : port_smtp,
                .authenticate = written.logs_in,
                .web = written.by_web,
                .account = population.account};
    }
    /// The machine by which the writer's settings have mail go out, where it went by another this once.
    [[nodiscard]] HostId usual_server() const {
        if (!written_message().mail.valid())
            return {};
        ServerId const via = world.mail[written_message().mail].via;
        ServerId const usual = writer().outgoing;
        return via.valid() && usual.valid() && usual != via ? world.servers[usual].host : HostId{};
    }
    /// "Send the message through mail.isp.example, your usual outgoing server"
    [[nodiscard]] std::string usual_way() const {
        std::string const& name = world.hosts[usual_server()].name;
        return writer().web ? "Write the message in the web mail of " + name
                            : "Send the message through " + name + ", your usual outgoing server";
    }
    /// Whether the words were said to the writer's own mail program, and not to another server.
    [[nodiscard]] bool said_to_mail_program() const {
        return settled.session.valid() ? !trace.sessions[settled.session].entry.valid()
                                       : settled.outcome == Outcome::refused;
    }
    /// The port that was called; where nobody was called, the one that would have been.
    [[nodiscard]] Port port() const {
        return settled.session.valid()  ? trace.sessions[settled.session].port
               : said_to_mail_program() ? writer().web ? port_https : writer().port
                                        : port_smtp;
    }

    /// The preference of the server in the MX list of the domain; a domain without one is its own exchanger.
    [[nodiscard]] std::optional<std::uint16_t> preference() const {
        DnsRecords const& records = dns(domain_id());
        if (records.mx.empty() && !records.null_mx && records.address == server_id())
            return std::uint16_t{0};
        for (MxRecord const& record : records.mx)
            if (dns(record.host).address == server_id())
                return record.preference;
        return std::nullopt;
    }
    [[nodiscard]] bool is_backup() const {
        DnsRecords const& records = dns(domain_id());
        return std::any_of(records.mx.begin(), records.mx.end(),
                           [&](MxRecord const& record) { return record.preference < *preference(); });
    }
    /// The server that does handle the domain, if any.
    [[nodiscard]] HostId keeper() const {
        for (Server const& server : world.servers)
            if (handled_at(setting_of(server.host).policy, domain_id()))
                return server.host;
        return {};
    }
    /// The preference of that server in the MX list of the domain; none: the list does not name it.
    [[nodiscard]] std::optional<std::uint16_t> keeper_preference() const {
        HostId const handler = keeper();
        for (MxRecord const& record : dns(domain_id()).mx)
            if (handler.valid() && dns(record.host).address == handler)
                return record.preference;
        return std::nullopt;
    }
    /// The domain that the server did not find in the DNS: where the message comes from.
    [[nodiscard]] std::string const& sender_domain() const {
        AddressId const sender = trace.messages[trace.recipients[settled.recipient].message].reverse_path;
        return world.book.name(world.book[sender].domain);
    }
    [[nodiscard]] std::string postmaster() const { return "the postmaster of " + server(); }
    [[nodiscard]] std::string dns_keeper() const { return "whoever keeps the DNS records of " + domain(); }
};

/// Whether the policy of the server that refused or was called was like that before somebody changed it.
template<class Is>
[[nodiscard]] bool was_once(Case const& c, Is is) {
    ServerId const server = c.world.hosts[c.server_id()].server;
    for (std::uint32_t changes = 0; changes < c.changes; ++changes)
        if (is(server_after(c.world, server, changes).policy))
            return true;
    return false;
}

/// Whether the server has a route for this very domain.
[[nodiscard]] inline bool has_route(Server const& server, DomainId domain) {
    return std::any_of(server.routes.begin(), server.routes.end(),
                       [&](Route const& route) { return route.domain == domain; });
}

/// Server to server: relaying was denied, and neither a mail program nor its user can do anything about it.
[[nodiscard]] Advice on_relay_denied_to_server(Case const& c);
/// What was in the way until the server was told of the domain.
[[nodiscard]] inline std::string not_told_of(std::string const& server, std::string const& domain) {
    return server + " had not been told that it handles " + domain;
}
/// A server that DNS names for the domain refused it, or sent it in a circle.
[[nodiscard]] Advice exchanger_not_told(Case const& c);
/// The smarthost or the route that a server goes by leads to the server itself; none: it does not.
[[nodiscard]] std::optional<Advice> on_setting_to_itself(Case const& c);
/// Servers that hand the mail to each other, or to themselves.
[[nodiscard]] Advice on_mail_loop(Case const& c);
/// A server could not log in at the next one.
[[nodiscard]] Advice on_server_login(Case const& c);
/// The address to which an alias leads takes no mail.
[[nodiscard]] Advice on_dead_alias(Case const& c);
/// The server has an alias of the recipient's name that leads to the same name; none: it has not.
[[nodiscard]] std::optional<Advice> on_alias_to_itself(Case const& c);
/// The server that found no mailbox has an alias of that name, which leads to none; none: it has not.
[[nodiscard]] std::optional<Advice> on_alias_without_mailbox(Case const& c);
/// The name has no mailbox.
[[nodiscard]] Advice on_unknown_user(Case const& c);
/// The mailbox should be there: it was taken away, or is of somebody's own address; none: it is neither.
[[nodiscard]] std::optional<Advice> on_lost_mailbox(Case const& c);
/// The server hears of no more recipients in this session.
[[nodiscard]] Advice on_too_many_recipients(Case const& c);
/// Another server handles the domain as well, and has the mailbox that this one lacks; none: none does.
[[nodiscard]] std::optional<Advice> on_mailbox_elsewhere(Case const& c);
/// The server handles the domain of the writer's own address, and has no account for the writer; none: it
/// does not, or has.
[[nodiscard]] std::optional<Advice> on_missing_account(Case const& c);
/// The server was told to relay mail for the domain, and nobody is named to whom.
[[nodiscard]] Advice on_gateway_without_goal(Case const& c);
/// The host to which the server's postmaster has it send mail for the domain, instead of asking the DNS.
[[nodiscard]] std::optional<DomainId> host_told_for(Server const& server, DomainId domain);
/// Whether a server put the message off or gave it up since it remembers that calls have failed (Exim).
[[nodiscard]] bool was_not_called(RecipientSettled const& settled);
/// The same case, as it would stand with what went wrong at the last call that was made up to `at`.
[[nodiscard]] std::optional<RecipientSettled> as_at_last_call(Case const& c, Instant at);
/// The DNS names a server for the domain, and no address for that server.
[[nodiscard]] Advice exchanger_without_address(Case const& c);
/// The host that was to be called: of those that the DNS names, the first whose address is nobody's.
[[nodiscard]] DomainId name_without_machine(Case const& c);
/// An address record leads to no machine.
[[nodiscard]] Advice on_empty_address(Case const& c);
/// A name that there is not in the DNS: the recipient's domain, the sender's, a host on the way.
[[nodiscard]] Advice on_no_such_domain(Case const& c);
/// The DNS does not tell.
[[nodiscard]] Advice on_dns_trouble(Case const& c);
/// Nobody answered, or no way led there.
[[nodiscard]] Advice on_unreachable(Case const& c);
/// The server that handles the domain, where it is down and so is its backup, which was called after it,
/// whether that was ever told of the domain or not; none: it is not so.
[[nodiscard]] HostId main_server_down(Case const& c);
/// A network lets a person's mail program, or the browser, out to fewer ports than it needs.
[[nodiscard]] Advice on_blocked_person(Case const& c, Port port);
/// A network lets nothing out to the port.
[[nodiscard]] Advice on_blocked_port(Case const& c);
/// Who was refused has a name as a sender of spam, and loses it by sending none.
[[nodiscard]] Advice on_blocklisted(Case const& c);
/// An answer that the world prescribes.
[[nodiscard]] Advice on_scripted_answer(Case const& c, Reply const& reply);
/// The same of a message that has not come so far: it would be stopped so.
[[nodiscard]] Advice on_scripted_answer_to_come(Case const& c);

} // namespace mailflow
