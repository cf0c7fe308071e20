#include "world/blocklisted.hpp"

#include "mail/dnsbl.hpp"

#include <algorithm>

namespace mailflow {

bool is_named_by(Present const& present, Blocklist const& list, IpAddress const& address) {
    if (std::any_of(list.always.begin(), list.always.end(),
                    [&](IpRange const& range) { return range.contains(address); }))
        return true;
    AddressBook const& book = present.world().book;
    auto const name = book.find_domain(dnsbl_name(address, book.name(list.zone)));
    return name && is_loopback(present.dns(*name));
}

std::optional<std::uint32_t> first_naming(Present const& present, std::vector<DomainId> const& zones,
                                          IpAddress const& address) {
    for (std::uint32_t place = 0; place < zones.size(); ++place)
        for (Blocklist const& list : present.world().blocklists)
            if (list.zone == zones[place] && is_named_by(present, list, address))
                return place;
    return std::nullopt;
}

} // namespace mailflow
