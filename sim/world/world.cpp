#include "world/world.hpp"

#include <algorithm>

namespace mailflow {

std::string const& label_of(World const& world, HostId host) {
    Host const& machine = world.hosts[host];
    if (machine.spammer.valid())
        return world.spammers[machine.spammer].name;
    return machine.person.valid() ? world.people[machine.person].name : machine.name;
}

bool lists_always(Blocklist const& list, IpAddress const& address) {
    return std::any_of(list.always.begin(), list.always.end(),
                       [&](IpRange const& range) { return range.contains(address); });
}

std::optional<std::uint32_t> always_listed_on(World const& world, std::vector<DomainId> const& zones,
                                              IpAddress const& address) {
    for (std::uint32_t place = 0; place < zones.size(); ++place)
        for (Blocklist const& list : world.blocklists)
            if (list.zone == zones[place] && lists_always(list, address))
                return place;
    return std::nullopt;
}

} // namespace mailflow
