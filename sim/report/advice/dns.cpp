// Who has to mend it where the DNS has no usable answer, or a wrong one.
#include "report/advice/case.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// Whether the server that gave up sends this mail to a host that its postmaster has named.
bool sent_to_named_host(Case const& c) {
    return is_server(c.world, c.settled.by) &&
           host_told_for(c.setting_of(c.settled.by), c.domain_id()).has_value();
}

/// Whether the DNS was well, and only too far away to be waited for.
bool is_dns_too_far(Case const& c, DomainId name) {
    auto const is_well = [&](DomainId one) { return c.dns(one).trouble == DnsTrouble::none; };
    auto const& hosts = c.dns(name).mx;
    return c.settled.saying == Saying::dns_no_answer && is_well(name) &&
           std::all_of(hosts.begin(), hosts.end(),
                       [&](MxRecord const& record) { return is_well(record.host); });
}

/// The name that was to be looked up, or what is behind it: the outgoing server, the host that the server was
/// told of, or the domain.
DomainId name_looked_up(Case const& c) {
    if (!is_server(c.world, c.settled.by) || c.settled.outcome == Outcome::refused)
        return c.world.servers[c.world.hosts[c.server_id()].server].name;
    return host_told_for(c.setting_of(c.settled.by), c.domain_id()).value_or(c.domain_id());
}

/// Whose name servers were in the way: those of the host that the server was told of, of the domain, or of a
/// host that the domain's MX records name.
DomainId name_without_answer(Case const& c) {
    DomainId const name = name_looked_up(c);
    auto const in_trouble = [&](DomainId one) { return c.dns(one).trouble != DnsTrouble::none; };
    if (!in_trouble(name))
        for (MxRecord const& record : c.dns(name).mx)
            if (in_trouble(record.host))
                return record.host;
    return name;
}

} // namespace

DomainId name_without_machine(Case const& c) {
    HostId const caller = c.settled.by;
    if (c.settled.outcome == Outcome::refused) // a mail program calls its outgoing server
        return c.setting_of(caller).name;
    DomainId const told = host_told_for(c.setting_of(caller), c.domain_id()).value_or(DomainId{});
    if (told.valid())
        return told;
    for (MxRecord const& record : c.dns(c.domain_id()).mx)
        if (leads_to_no_machine(c.dns(record.host)))
            return record.host;
    return c.domain_id();
}

namespace {

/// An MX record of the domain has an address in the place of a name; none: none has.
std::optional<Advice> on_address_in_mx(Case const& c) {
    if (host_told_for(c.setting_of(c.settled.by), c.domain_id()))
        return std::nullopt;
    for (MxRecord const& record : c.dns(c.domain_id()).mx)
        if (std::string const& name = c.world.book.name(record.host); parse_ip(name))
            return Advice{c.dns_keeper(),
                          fmt::format("The MX record of {} names {}, but a host stands there, not an address "
                                      "(RFC 1035 section 3.3.9). Let it name the mail server.{}",
                                      c.domain(), name, c.waiting())};
    return std::nullopt;
}

} // namespace

Advice exchanger_without_address(Case const& c) {
    if (auto const advice = on_address_in_mx(c))
        return *advice;
    return {c.dns_keeper(),
            fmt::format("The DNS sends mail for {} to a server that has no address. Mend the MX record, "
                        "or give that server an address record.{}",
                        c.domain(), c.waiting())};
}

Advice on_empty_address(Case const& c) {
    if (auto const advice = on_address_in_mx(c))
        return *advice;
    DomainId const name = name_without_machine(c);
    return {
        "whoever keeps the DNS records of " + c.world.book.name(name),
        fmt::format("The address record of {} leads to {}, and no machine has that address. Let it lead to "
                    "the mail server, or let there be one.{}",
                    c.world.book.name(name), to_text(address_in(c.world, c.dns(name))), c.waiting())};
}

Advice on_no_such_domain(Case const& c) {
    if (sent_to_named_host(c))
        return {
            "the postmaster of " + c.world.hosts[c.settled.by].name,
            fmt::format("The server is told to send mail for {} to a host that the DNS does not know. Check "
                        "the name of the smarthost or of the route; if it is right, whoever keeps its DNS "
                        "records has to publish its address.",
                        c.domain())};
    if (c.settled.saying == Saying::sender_domain_unknown)
        return {
            c.writer().name,
            fmt::format("The server found no domain {} in the DNS, so nobody could answer. Check your own "
                        "address in the settings of the mail program; if it is right, whoever keeps the "
                        "DNS records of the domain has to publish them.",
                        c.sender_domain())};
    if (HostId const keeper = c.keeper(); c.settled.saying == Saying::no_such_domain && keeper.valid())
        return {
            c.dns_keeper(),
            fmt::format("The DNS says that there is no domain {0}, but {1} handles it. Publish the domain, "
                        "with an MX record that names {1}; then the message has to be sent again.",
                        c.domain(), c.world.hosts[keeper].name),
            fmt::format("the DNS said that there was no domain {}", c.domain())};
    if (c.settled.saying == Saying::no_such_domain)
        return {c.writer().name,
                fmt::format("There is no domain {}. Check the part of the address after the @ for "
                            "a typing error, and send the message again.",
                            c.domain()),
                {},
                c.domain(),
                "There are {count} domains that do not exist: {names}. Check the part of each address after "
                "the @ for a typing error, and send the message again."};
    if (c.dns(c.domain_id()).mx.empty())
        return {c.dns_keeper(), fmt::format("The DNS has neither an MX record nor an address record for {}. "
                                            "Publish one of them.",
                                            c.domain())};
    return exchanger_without_address(c);
}

Advice on_dns_trouble(Case const& c) {
    if (c.settled.saying == Saying::no_primary_relay)
        return exchanger_without_address(c);
    if (is_dns_too_far(c, name_looked_up(c)))
        return {
            "whoever runs the network that the question came from",
            fmt::format("It is so slow that the DNS's answer comes when nobody waits for it any more. Have "
                        "it mended, or send from another network.{}",
                        c.waiting())};
    if (c.settled.outcome == Outcome::refused && !c.settled.session.valid()) // of the outgoing server itself
        return {"whoever keeps the DNS records of " + c.server(),
                "The name servers give no usable answer about this server. Mend them, or the way to them; "
                "then the message has to be sent again."};
    if (c.settled.saying == Saying::sender_domain_unsure)
        return {
            "whoever keeps the DNS records of " + c.sender_domain(),
            fmt::format("The name servers of the sender's domain give no usable answer. Mend them, or the "
                        "way to them.{}",
                        c.waiting())};
    return {
        "whoever keeps the DNS records of " + c.world.book.name(name_without_answer(c)),
        fmt::format("The name servers give no usable answer. Mend them, or the way to them.{}", c.waiting())};
}

} // namespace mailflow
