// Who has to mend what went wrong between servers.
#include "mail/products.hpp"
#include "report/advice/case.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Whether the server that was refused is told to send this mail to the one that refused.
bool is_sent_there_by_setting(Case const& c) {
    return host_told_for(c.setting_of(c.client_id()), c.domain_id()) == c.setting_of(c.server_id()).name;
}

/// Whether that is a route for this very domain.
bool is_sent_there_by_route(Case const& c) {
    return is_sent_there_by_setting(c) && has_route(c.setting_of(c.client_id()), c.domain_id());
}

/// A name in the MX list whose address record leads to another machine than that of the server called so.
std::optional<DomainId> name_of_another(Case const& c) {
    for (MxRecord const& record : c.dns(c.domain_id()).mx)
        for (Server const& server : c.world.servers)
            if (server.name == record.host && server.host != c.server_id() &&
                c.dns(record.host).address == c.server_id())
                return record.host;
    return std::nullopt;
}

/// The alias of the server that has the name of the recipient; null: there is none.
Alias const* alias_of(Case const& c) {
    Server const& server = c.setting_of(c.server_id());
    AddressBook::Address const& address = c.world.book[c.address()];
    auto const alias = std::find_if(server.aliases.begin(), server.aliases.end(),
                                    [&](Alias const& one) { return one.local_part == address.local_part; });
    bool const is_its_own = handled_at(server.policy, address.domain).has_value();
    return is_its_own && alias != server.aliases.end() ? &*alias : nullptr;
}

/// Whether the server handled the domain before.
bool has_let_go(Case const& c) {
    return was_once(
        c, [&](ServerPolicy const& policy) { return handled_at(policy, c.domain_id()).has_value(); });
}

/// Whether it served the domain in any way before.
bool has_served(Case const& c) {
    return was_once(c, [&](ServerPolicy const& policy) {
        return relayed_at(policy, c.world.book, c.domain_id()) || handled_at(policy, c.domain_id());
    });
}

/// Where the server that was refused keeps the password for its smarthost, as far as that has one name:
/// postconf(5).
std::string_view login_setting(Case const& c) {
    return c.setting_of(c.client_id()).policy.software == Software::postfix
               ? " (Postfix: smtp_sasl_password_maps)"
               : "";
}

/// The MX records name a server that has nothing to do with the domain any more, and not the one that has.
Advice moved_elsewhere(Case const& c, HostId keeper) {
    return {c.dns_keeper(),
            fmt::format("The MX record sends mail for {} to {}, but it is {} that handles the "
                        "domain. Let the MX record name that server.",
                        c.domain(), c.server(), c.world.hosts[keeper].name),
            fmt::format("the MX record sent mail for {} to {}, but it was {} that handled the domain",
                        c.domain(), c.server(), c.world.hosts[keeper].name)};
}

/// Whether the server is the way in to the one that handles the domain: it has a route there, or whoever
/// calls it could not call that one.
bool is_gateway_to(Case const& c, HostId keeper) {
    if (has_route(c.setting_of(c.server_id()), c.domain_id()))
        return c.dns(*host_told_for(c.setting_of(c.server_id()), c.domain_id())).address == keeper;
    Present const then = c.present();
    return then.routed(c.server_id(), keeper) && !then.routed(c.client_id(), keeper);
}

Advice gateway_not_told(Case const& c, HostId keeper) {
    std::string const& behind = c.world.hosts[keeper].name;
    return {
        c.postmaster(),
        fmt::format("The DNS sends mail for {0} to {1}, the way in to {2}, which handles the domain, but {1} "
                    "was never told to relay for it. Add {0} to the domains that it relays for{3}.",
                    c.domain(), c.server(), behind,
                    has_route(c.setting_of(c.server_id()), c.domain_id())
                        ? ""
                        : fmt::format(", and give it a route for {} to {}", c.domain(), behind)),
        fmt::format("{} had not been told to relay mail for {}", c.server(), c.domain())};
}

/// The MX records name a server that was told nothing with no higher number than the one that handles the
/// domain. If it relayed, it would be left with itself (RFC 5321 section 5.1).
Advice named_before_keeper(Case const& c) {
    std::string const& keeper = c.world.hosts[c.keeper()].name;
    return {
        c.dns_keeper(),
        fmt::format("The MX records name {0} for {1} with no higher number than {2}, which handles the "
                    "domain, but {0} was never told so. Take {0} out of the records; or, if it is to be a "
                    "backup server, give it a higher number than {2}, and let its postmaster add {1} to "
                    "the domains that it relays for.",
                    c.server(), c.domain(), keeper),
        fmt::format("the MX records named {} with no higher number than {}", c.server(), keeper)};
}

} // namespace

std::optional<DomainId> host_told_for(Server const& server, DomainId domain) {
    for (Route const& route : server.routes)
        if (route.domain == domain)
            return route.host;
    return server.smarthost;
}

Advice exchanger_not_told(Case const& c) {
    if (auto const name = name_of_another(c))
        return {
            "whoever keeps the DNS records of " + c.world.book.name(*name),
            fmt::format("The address record of {0} leads to the machine of {1}. Let it lead to that of {0}.",
                        c.world.book.name(*name), c.server()),
            fmt::format("the address record of {} led to the machine of {}", c.world.book.name(*name),
                        c.server())};
    if (HostId const keeper = c.keeper(); keeper.valid() && !c.keeper_preference())
        return is_gateway_to(c, keeper) ? gateway_not_told(c, keeper) : moved_elsewhere(c, keeper);
    if (c.is_backup() && has_served(c))
        return {c.postmaster(),
                fmt::format(
                    "The DNS names {0} as a backup server for {1}, for which it does not relay any more. Add "
                    "{1} to the domains that it relays for again; or let the MX records no longer name it.",
                    c.server(), c.domain()),
                fmt::format("{} did not relay for {} any more", c.server(), c.domain())};
    if (c.is_backup())
        return {
            c.postmaster(),
            fmt::format("The DNS names {0} as a backup server for {1}, but the server was never "
                        "told so. Add {1} to the domains that it relays for.",
                        c.server(), c.domain()),
            fmt::format("{} had not been told that it is a backup server for {}", c.server(), c.domain())};
    if (c.keeper_preference() && !host_told_for(c.setting_of(c.server_id()), c.domain_id()))
        return named_before_keeper(c);
    if (c.keeper_preference())
        return {c.postmaster(),
                fmt::format(
                    "The DNS names {0} as a server for {1} beside {2}, but it was never told so. Add {1} to "
                    "the domains that it relays for; or, if it is none, let the MX records no longer "
                    "name it.",
                    c.server(), c.domain(), c.world.hosts[c.keeper()].name),
                fmt::format("{} had not been told that it is a server for {}", c.server(), c.domain())};
    std::string_view const setting = local_domains_setting(c.setting_of(c.server_id()).policy.software);
    if (has_let_go(c))
        return {c.postmaster(),
                fmt::format(
                    "The DNS sends all mail for {0} to this server, which does not handle {0} any more. Add "
                    "{0} to its list of local domains ({1}) again; or, if another server is to have the "
                    "domain, let the MX record name that one.",
                    c.domain(), setting),
                fmt::format("{} did not handle {} any more", c.server(), c.domain())};
    return {
        c.postmaster(),
        fmt::format(
            "The DNS sends all mail for {0} to this server, but the server was never told that it handles "
            "{0}. Add {0} to its list of local domains ({1}).",
            c.domain(), setting),
        not_told_of(c.server(), c.domain())};
}

/// A gateway or a backup server passes the domain's mail on to a server that does not handle it.
Advice goal_not_told(Case const& c) {
    std::string const& sender = c.world.hosts[c.client_id()].name;
    if (HostId const keeper = c.keeper(); keeper.valid())
        return {"the postmaster of " + sender,
                fmt::format("This server relays for {0}, and is told to hand the mail to {1}, but it is {2} "
                            "that handles the domain. Let the route name that server.",
                            c.domain(), c.server(), c.world.hosts[keeper].name),
                fmt::format("{} was told to hand the mail to {}, which did not handle {}", sender, c.server(),
                            c.domain())};
    return {c.postmaster(),
            fmt::format("{0} relays mail for {1}, and passes it on to this server, but the server was never "
                        "told that it handles {1}. Add {1} to its list of local domains ({2}).",
                        sender, c.domain(),
                        local_domains_setting(c.setting_of(c.server_id()).policy.software)),
            not_told_of(c.server(), c.domain())};
}

Advice on_relay_denied_to_server(Case const& c) {
    if (c.preference())
        return exchanger_not_told(c);
    std::string const& sender = c.world.hosts[c.client_id()].name;
    if (is_sent_there_by_setting(c) && c.client_id() == c.server_id())
        return *on_setting_to_itself(c);
    if (is_sent_there_by_route(c) &&
        relayed_at(c.setting_of(c.client_id()).policy, c.world.book, c.domain_id()))
        return goal_not_told(c);
    if (is_sent_there_by_route(c)) {
        HostId const keeper = c.keeper();
        return {"the postmaster of " + sender,
                fmt::format(
                    "The route of this server for {0} leads to {1}, which does not relay for it, and on a "
                    "route a server does not log in. Take the route away{2}; or ask the postmaster of {1} "
                    "to trust this server.",
                    c.domain(), c.server(),
                    keeper.valid() ? fmt::format(", or let it lead to {}, which handles {}",
                                                 c.world.hosts[keeper].name, c.domain())
                                   : "")};
    }
    if (is_sent_there_by_setting(c))
        return {
            "the postmaster of " + sender,
            fmt::format("The server is told to hand this mail to {0}, and {0} does not know it. Enter the "
                        "name and password of its account there{1}, or ask the postmaster of {0} to "
                        "let it relay.",
                        c.server(), login_setting(c))};
    return {c.postmaster(),
            fmt::format("The server was asked to pass on mail for {}, but it was not told to do "
                        "that. Either it is to be told, or the mail is to go another way.",
                        c.domain())};
}

std::optional<Advice> on_setting_to_itself(Case const& c) {
    Server const& server = c.setting_of(c.server_id());
    auto const next = host_told_for(server, c.domain_id());
    if (!next || (c.settled.saying != Saying::loops_back && c.dns(*next).address != c.server_id()))
        return std::nullopt;
    bool const by_route = std::any_of(server.routes.begin(), server.routes.end(),
                                      [&](Route const& route) { return route.domain == c.domain_id(); });
    std::string const setting = by_route ? fmt::format("route for {}", c.domain()) : std::string{"smarthost"};
    if (*next == server.name)
        return Advice{c.postmaster(),
                      fmt::format("The {} of this server names the server itself. Let it name another one, "
                                  "or take it away.",
                                  setting)};
    return Advice{c.postmaster(),
                  fmt::format("The {} of this server names {}, which has this server's own address in the "
                              "DNS. Let it name another server, or mend the address record.",
                              setting, c.world.book.name(*next))};
}

Advice on_server_login(Case const& c) {
    return {
        "the postmaster of " + c.world.hosts[c.client_id()].name,
        fmt::format("{} does not accept the name and password with which this server logs in there. Enter "
                    "those that are right now{}.",
                    c.server(), login_setting(c))};
}

Advice on_dead_alias(Case const& c) {
    std::string const& keeper = c.world.hosts[c.trace.entries[c.bound.alias].server].name;
    char const* const why = c.settled.reason == Reason::unknown_user
                                ? "nobody of that name has a mailbox there"
                            : c.settled.reason == Reason::no_such_domain ? "there is no such domain"
                                                                         : "that domain takes no mail at all";
    return {
        "the postmaster of " + keeper,
        fmt::format("An alias of this server leads to {}, but {}. Let it lead to a mailbox that there is, or "
                    "take it away.",
                    c.world.book.text(c.address()), why)};
}

std::optional<Advice> on_alias_to_itself(Case const& c) {
    Alias const* const alias = alias_of(c);
    if (alias == nullptr)
        return std::nullopt;
    ServerPolicy const& policy = c.setting_of(c.server_id()).policy;
    AddressBook::Address const& target = c.world.book[alias->target];
    if (target.local_part != alias->local_part || !handled_at(policy, target.domain))
        return std::nullopt;
    return Advice{
        c.postmaster(),
        fmt::format("The alias {} of this server names itself, and leads to no mailbox. Let it lead "
                    "to a mailbox that there is, or take it away.",
                    c.world.book.name(alias->local_part))};
}

std::optional<Advice> on_alias_without_mailbox(Case const& c) {
    if (auto const advice = on_alias_to_itself(c))
        return advice;
    Alias const* const alias = alias_of(c);
    if (alias == nullptr)
        return std::nullopt;
    return Advice{c.postmaster(),
                  fmt::format("The alias {} of this server leads to {}, and in the end to no mailbox. Let it "
                              "lead to a mailbox that there is, or take it away.",
                              c.world.book.name(alias->local_part), c.world.book.text(alias->target))};
}

std::optional<Advice> on_mailbox_elsewhere(Case const& c) {
    AddressBook::Address const& address = c.world.book[c.address()];
    auto const has_it = [&](Server const& server) {
        ServerPolicy const& policy = c.setting_of(server.host).policy;
        return server.host != c.server_id() && handled_at(policy, address.domain) &&
               has_mailbox(policy, c.world.book, address.local_part);
    };
    auto const other = std::find_if(c.world.servers.begin(), c.world.servers.end(), has_it);
    if (other == c.world.servers.end() || !handled_at(c.setting_of(c.server_id()).policy, address.domain))
        return std::nullopt;
    return Advice{
        c.postmaster(),
        fmt::format(
            "This server and {2} both handle {0}, but only {2} has the mailbox {1}. Let both have the "
            "same mailboxes; or let only one of them handle {0}, and the MX records name that one.",
            c.domain(), c.world.book.name(address.local_part), c.world.hosts[other->host].name),
        fmt::format("{} had no mailbox {}", c.server(), c.world.book.name(address.local_part))};
}

std::optional<Advice> on_missing_account(Case const& c) {
    Person const writer = c.writer();
    ServerPolicy const& policy = c.setting_of(c.server_id()).policy;
    if (!c.said_to_mail_program() || !writer.address.valid() ||
        !handled_at(policy, c.world.book[writer.address].domain) || account_at(policy, writer.account.user))
        return std::nullopt;
    bool const by_web = c.written_message().by_web;
    std::string const add = writer.authenticate || by_web
                                ? "Add one"
                                : fmt::format("Add one, and have {} turn on authentication (name and "
                                              "password) for outgoing mail in the settings of the mail "
                                              "program",
                                              writer.name);
    IpAddress const& address = c.settled.session.valid() ? c.trace.sessions[c.settled.session].client_address
                                                         : c.world.hosts[writer.host].address;
    bool const is_trusted = std::any_of(policy.trusts.begin(), policy.trusts.end(),
                                        [&](IpRange const& range) { return range.contains(address); });
    HostId const device = c.trace.messages[c.trace.recipients[c.settled.recipient].message].origin;
    bool const is_closed = c.present().blocked(device, c.server_id(), port_smtp);
    std::string const way_without = // in web mail there is none
        by_web || is_closed ? ""
        : is_trusted
            ? fmt::format("; or have {} send on port 25 without a login: the server trusts that network",
                          writer.name)
            : fmt::format("; or, if the network of {} is the provider's own, let the server trust it, for "
                          "mail on port 25 without a login",
                          writer.name);
    return Advice{c.postmaster(),
                  fmt::format("This server handles the domain of {0}'s own address, but has no account for "
                              "{0}. {1}{2}.",
                              writer.name, add, way_without)};
}

Advice on_gateway_without_goal(Case const& c) {
    return {c.postmaster(),
            fmt::format("The server is told to relay mail for {0}, and has nowhere to pass it on: the MX "
                        "records of {0} name no server behind it. Give it a route to that server, or let the "
                        "MX records name it, with a smaller number.",
                        c.domain())};
}

Advice advise_on_stopped_queue(World const& world, HostId holder) {
    return {
        "the postmaster of " + world.hosts[holder].name,
        "The mail service of this server does not run, and the mail in its queue waits for that. Start it "
        "again."};
}

Advice on_scripted_answer(Case const& c, Reply const& reply) {
    if (is_mailbox_full(reply))
        return {"whoever owns the mailbox " + c.world.book.text(c.address()),
                c.waits() ? "The mailbox is full. Delete old mail; then the next try goes through."
                : c.settled.reason == Reason::expired
                    ? "The mailbox is full. Delete old mail." // what is to be done then is added to all such
                    : "The mailbox is full. Delete old mail; then the message has to be sent again.",
                "the mailbox was full"};
    return {c.postmaster(), fmt::format("Find out why {} gives everybody this answer.", c.server())};
}

Advice on_scripted_answer_to_come(Case const& c) {
    return {c.postmaster(), fmt::format("Find out why {} refuses everybody's mail.", c.server())};
}

} // namespace mailflow
