#include "report/moment.hpp"

#include <algorithm>

namespace mailflow {

std::uint32_t changes_by(World const& world, Instant at) {
    auto const later =
        std::upper_bound(world.changes.begin(), world.changes.end(), at,
                         [](Instant moment, Change const& change) { return moment < change.at; });
    return static_cast<std::uint32_t>(later - world.changes.begin());
}

Person const& person_after(World const& world, PersonId id, std::uint32_t changes) {
    PersonChange const* const change = world.changes.last(id, changes);
    return change != nullptr ? change->after : world.people[id];
}

Host const& host_after(World const& world, HostId id, std::uint32_t changes) {
    PersonId const person = world.hosts[id].person;
    PersonChange const* const change = person.valid() ? world.changes.last(person, changes) : nullptr;
    return change != nullptr ? change->host_after : world.hosts[id];
}

Network const& network_after(World const& world, NetworkId id, std::uint32_t changes) {
    NetworkChange const* const change = world.changes.last(id, changes);
    return change != nullptr ? change->after : world.networks[id];
}

bool has_moved(World const& world, Session const& session, std::uint32_t changes) {
    return host_after(world, session.client, changes).address != session.client_address;
}

Network const& network_around(World const& world, HostId host, std::uint32_t changes) {
    return network_after(world, host_after(world, host, changes).network, changes);
}

} // namespace mailflow
