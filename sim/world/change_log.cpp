#include "world/world.hpp"

#include <algorithm>

namespace mailflow {

namespace {

// The number of the thing that a change is about.
std::uint32_t number_of(ServerChange const& change) {
    return change.server.index;
}
std::uint32_t number_of(DnsChange const& change) {
    return change.name.index;
}
std::uint32_t number_of(PersonChange const& change) {
    return change.person.index;
}
std::uint32_t number_of(NetworkChange const& change) {
    return change.network.index;
}

/// The place of the kind among those that there are.
template<class Kind>
std::size_t place_of() {
    return decltype(Change::what){std::in_place_type<Kind>}.index();
}

} // namespace

ChangeId ChangeLog::add(Change change) {
    std::uint32_t const thing = std::visit([](auto const& what) { return number_of(what); }, change.what);
    auto& known = of_[{change.what.index(), thing}];
    known.push_back(changes_.add(std::move(change)));
    return known.back();
}

template<class Kind>
Kind const* ChangeLog::last_of(std::uint32_t thing, std::uint32_t count) const {
    auto const known = of_.find({place_of<Kind>(), thing});
    if (known == of_.end())
        return nullptr;
    auto const later = std::lower_bound(known->second.begin(), known->second.end(), ChangeId{count});
    return later == known->second.begin() ? nullptr : &std::get<Kind>(changes_[*std::prev(later)].what);
}

ServerChange const* ChangeLog::last(ServerId server, std::uint32_t count) const {
    return last_of<ServerChange>(server.index, count);
}

DnsChange const* ChangeLog::last(DomainId name, std::uint32_t count) const {
    return last_of<DnsChange>(name.index, count);
}

PersonChange const* ChangeLog::last(PersonId person, std::uint32_t count) const {
    return last_of<PersonChange>(person.index, count);
}

NetworkChange const* ChangeLog::last(NetworkId network, std::uint32_t count) const {
    return last_of<NetworkChange>(network.index, count);
}

} // namespace mailflow
