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
    while (changes > 0) {
        auto const* change = std::get_if<PersonChange>(&world.changes[ChangeId{--changes}].what);
        if (change != nullptr && change->person == id)
            return change->after;
    }
    return world.people[id];
}

Host const& host_after(World const& world, HostId id, std::uint32_t changes) {
    PersonId const person = world.hosts[id].person;
    while (person.valid() && changes > 0) {
        auto const* change = std::get_if<PersonChange>(&world.changes[ChangeId{--changes}].what);
        if (change != nullptr && change->person == person)
            return change->host_after;
    }
    return world.hosts[id];
}

Network const& network_after(World const& world, NetworkId id, std::uint32_t changes) {
    while (changes > 0) {
        auto const* change = std::get_if<NetworkChange>(&world.changes[ChangeId{--changes}].what);
        if (change != nullptr && change->network == id)
            return change->after;
    }
    return world.networks[id];
}

Network const& network_around(World const& world, HostId host, std::uint32_t changes) {
    return network_after(world, host_after(world, host, changes).network, changes);
}

} // namespace mailflow
