#include "policy/routing.hpp"

#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

AddressId follow(AddressBook::Address const& address, Routing routing) {
    switch (routing) {
    case Routing::inner: return address.inner;
    case Routing::bang: return address.bang;
    case Routing::percent: return address.percent;
    case Routing::tag: return address.tag;
    }
    return {};
}

/// One step; the same address when it asks for nothing.
AddressId unwrapped(AddressBook const& book, AddressId address, std::span<Routing const> followed) {
    for (Routing const routing : followed)
        if (AddressId const inside = follow(book[address], routing); inside.valid())
            return inside;
    return address;
}

/// Follows the address as long as its domain is one of those. Each step is to an address with a shorter local
/// part, so that this ends.
template<typename IsOneOfThose>
AddressId follow_through(ServerPolicy const& server, AddressBook const& book, AddressId written,
                         IsOneOfThose const& is_one_of_those) {
    std::span<Routing const> const followed = lists_of(server.software).unwraps;
    if (!written.valid() || followed.empty())
        return written;
    for (AddressId address = written;;) {
        if (!is_one_of_those(book[address].domain))
            return address;
        AddressId const inside = unwrapped(book, address, followed);
        if (inside == address)
            return address;
        address = inside;
    }
}

} // namespace

AddressId resolve(ServerPolicy const& server, AddressBook const& book, AddressId written) {
    return follow_through(server, book, written,
                          [&](DomainId domain) { return handled_at(server, domain).has_value(); });
}

AddressId resolve_beyond(ServerPolicy const& server, AddressBook const& book, AddressId written) {
    return follow_through(server, book, written, [&](DomainId domain) {
        return handled_at(server, domain) || relayed_at(server, book, domain);
    });
}

bool asks_for_routing(AddressBook const& book, AddressId address) {
    return book.name(book[address].local_part).find_first_of("@!%") != std::string::npos;
}

} // namespace mailflow
