// Who has to mend it where mail goes in a circle.
#include "mail/products.hpp"
#include "report/advice/case.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// Whether the first server is a gateway for the domain that hands its mail to the second.
bool is_gateway_before(Case const& c, HostId first, HostId second) {
    Server const& gateway = c.setting_of(first);
    auto const next = host_told_for(gateway, c.domain_id());
    return next && c.dns(*next).address == second &&
           relayed_at(gateway.policy, c.world.book, c.domain_id()).has_value();
}

/// Of two servers that hand a message to each other the one behind the gateway was not told that it handles
/// the domain; none: neither is a gateway.
std::optional<Advice> on_server_behind_gateway(Case const& c) {
    if (!c.settled.session.valid())
        return std::nullopt;
    Session const& session = c.trace.sessions[c.settled.session];
    if (!is_server(c.world, session.client))
        return std::nullopt;
    bool const behind_is_client = is_gateway_before(c, session.server, session.client);
    if (behind_is_client == is_gateway_before(c, session.client, session.server))
        return std::nullopt; // neither is one, or the two send it to each other
    HostId const behind_id = behind_is_client ? session.client : session.server;
    HostId const gateway_id = behind_is_client ? session.server : session.client;
    std::string const& behind = c.world.hosts[behind_id].name;
    std::string const& gateway = c.world.hosts[gateway_id].name;
    HostId const keeper = c.keeper();
    if (keeper.valid() && keeper != behind_id && has_route(c.setting_of(gateway_id), c.domain_id()))
        return Advice{
            "the postmaster of " + gateway,
            fmt::format("{0} relays for {1}, and its route leads to {2}, which sends the mail back. Let "
                        "the route lead to {3}, which handles {1}.",
                        gateway, c.domain(), behind, c.world.hosts[keeper].name),
            fmt::format("the route of {} for {} led to a server which sent the mail back", gateway,
                        c.domain())};
    if (keeper.valid() && keeper != behind_id)
        return Advice{
            "the postmaster of " + gateway,
            fmt::format("{0} relays for {1}, and hands that mail to its smarthost {2}, too, which sends it "
                        "back. Give it a route for {1} to {3}, past the smarthost.",
                        gateway, c.domain(), behind, c.world.hosts[keeper].name),
            fmt::format("{} handed mail for {} to its smarthost, which sent it back", gateway, c.domain())};
    return Advice{
        "the postmaster of " + behind,
        fmt::format("{0} hands mail for {1} to this server and gets it back, because this server was "
                    "never told that it handles {1}. Add {1} to its list of local domains ({2}).",
                    gateway, c.domain(), local_domains_setting(c.setting_of(behind_id).policy.software)),
        not_told_of(behind, c.domain())};
}

/// The server is told to send the mail to another one, and from there it comes back.
Advice on_circle(Case const& c) {
    DomainId const next = *host_told_for(c.setting_of(c.server_id()), c.domain_id());
    auto const& exchangers = c.dns(c.domain_id()).mx;
    bool const leads_back = std::any_of(exchangers.begin(), exchangers.end(), [&](MxRecord const& record) {
        HostId const host = c.dns(record.host).address;
        return host.valid() && (host == c.server_id() || host == c.dns(next).address);
    });
    std::string const end = leads_back ? "lead to the server that handles " + c.domain()
                                       : std::string{"end at a server that asks the DNS"};
    return {c.postmaster(),
            fmt::format("The server is told to send mail for {} to {}, and from there it comes "
                        "back: smarthosts or routes lead in a circle. Let one of them {}.",
                        c.domain(), c.world.book.name(next), end)};
}

} // namespace

Advice on_mail_loop(Case const& c) {
    if (c.settled.saying == Saying::alias_loop)
        return {c.postmaster(),
                "The aliases of this server lead from one to the other and never to a mailbox. "
                "Let one of them end in a mailbox."};
    if (auto const advice = on_alias_to_itself(c))
        return *advice;
    if (c.settled.saying == Saying::forwarding_loop)
        return {
            c.postmaster(),
            fmt::format("Mail for {} is sent on to another address, and from there it is sent back. Let one "
                        "of the two end in a mailbox.",
                        c.world.book.text(c.address()))};
    if (handled_at(c.setting_of(c.server_id()).policy, c.domain_id()))
        return {c.postmaster(), "The message came round to servers that it had been at before. Look at the "
                                "aliases, routes and smarthosts on its way: one of them sends it back."};
    if (auto const advice = on_setting_to_itself(c))
        return *advice;
    if (auto const advice = on_server_behind_gateway(c))
        return *advice;
    if (c.preference() && c.keeper_preference() >= c.preference()) // RFC 5321 section 5.1
        return {
            c.dns_keeper(),
            fmt::format("The MX records name {0} with no higher number than {1}, which handles {2}. A server "
                        "hands mail on only to those with a smaller number than its own, so {0} is left "
                        "with itself. Give {1} the smallest number.",
                        c.server(), c.world.hosts[c.keeper()].name, c.domain())};
    if (c.settled.saying == Saying::loops_back && c.preference() && c.is_backup())
        return exchanger_without_address(c); // else the better ones would have been called
    if (has_route(c.setting_of(c.server_id()), c.domain_id()))
        return on_circle(c);
    if (c.preference() && relayed_at(c.setting_of(c.server_id()).policy, c.world.book, c.domain_id()))
        return on_gateway_without_goal(c);
    if (c.preference())
        return exchanger_not_told(c);
    if (host_told_for(c.setting_of(c.server_id()), c.domain_id()))
        return on_circle(c);
    return {c.postmaster(),
            fmt::format("The server is to pass mail for {0} on, but all roads lead back to itself. "
                        "Tell it that it handles {0}, or where else to send it.",
                        c.domain())};
}

} // namespace mailflow
