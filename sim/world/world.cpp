#include "world/world.hpp"

namespace mailflow {

std::string const& label_of(World const& world, HostId host) {
    Host const& machine = world.hosts[host];
    return machine.person.valid() ? world.people[machine.person].name : machine.name;
}

} // namespace mailflow
