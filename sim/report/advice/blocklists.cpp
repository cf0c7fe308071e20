// Who has to mend it where a blocklist names the machine that sends.
#include "report/advice/case.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// Whether the list named the client before anybody sent anything.
bool is_always_listed(Case const& c, Blocklist const& list) {
    IpAddress const& client = c.trace.sessions[c.settled.session].client_address;
    return std::any_of(list.always.begin(), list.always.end(),
                       [&](IpRange const& range) { return range.contains(client); });
}

/// The list for which the server refused the client, or which it asks by now instead; null: it is no list of
/// the world.
Blocklist const* list_against(Case const& c) {
    DomainId const zone = c.trace.sessions[c.settled.session].blocked_using;
    auto const& asked = c.setting_of(c.server_id()).policy.blocklists;
    auto const is_asked = [&](DomainId one) {
        return std::find(asked.begin(), asked.end(), one) != asked.end();
    };
    auto const& lists = c.world.blocklists;
    auto const found = std::find_if(lists.begin(), lists.end(), [&](Blocklist const& one) {
        return is_asked(zone) ? one.zone == zone : is_asked(one.zone) && is_always_listed(c, one);
    });
    return found != lists.end() ? &*found : nullptr;
}

} // namespace

Advice on_blocklisted(Case const& c) {
    if (!c.settled.session.valid())
        return {"the postmaster of " + c.world.hosts[c.client_id()].name,
                fmt::format("{} asks blocklists, and one names this server, which would call it. Find out "
                            "why, and ask the list to take the address off.",
                            c.server())};
    Session const& session = c.trace.sessions[c.settled.session];
    std::string const address = to_text(session.client_address);
    Blocklist const* const against = list_against(c);
    DomainId const zone = against != nullptr ? against->zone : session.blocked_using;
    std::string const list = zone.valid() ? c.world.book.name(zone) : "a blocklist";
    if (c.said_to_mail_program())
        return {
            c.writer().name,
            fmt::format("The address {} of your network is on {}. Send through your own provider's server, "
                        "with authentication: it is that server's address which counts then.",
                        address, list)};
    if (against != nullptr && is_always_listed(c, *against))
        return {"the postmaster of " + c.world.hosts[session.client].name,
                fmt::format("The address of this server, {}, has been on {} from the start. Ask the list "
                            "why, and ask it to take the address off.",
                            address, list)};
    Server const& sender = c.setting_of(session.client);
    bool const sends_on = std::any_of(sender.aliases.begin(), sender.aliases.end(), [&](Alias const& alias) {
        return !handled_at(sender.policy, c.world.book[alias.target].domain);
    });
    return {
        "the postmaster of " + c.world.hosts[session.client].name,
        fmt::format("The address of this server, {}, is on {}, because spam came from there. Find out how "
                    "the spam gets in ({}) and stop it; then ask the list to take the address off, or "
                    "wait until it forgets.",
                    address, list,
                    sends_on ? "an alias that sends on whatever comes? an open relay? a stolen account?"
                             : "an open relay? a stolen account?")};
}

} // namespace mailflow
