#include "world/world.hpp"

namespace mailflow {

IpAddress address_in(World const& world, DnsRecords const& records) {
    return records.address.valid() ? world.hosts[records.address].address
                                   : records.other_address.value_or(IpAddress{});
}

bool is_loopback(DnsRecords const& records) {
    static IpRange const own = parse_range("127.0.0.0/8").value_or(IpRange{});
    return records.other_address && own.contains(*records.other_address);
}

std::string const& label_of(World const& world, HostId host) {
    Host const& machine = world.hosts[host];
    if (machine.spammer.valid())
        return world.spammers[machine.spammer].name;
    if (machine.population.valid())
        return world.populations[machine.population].name;
    return machine.person.valid() ? world.people[machine.person].name : machine.name;
}

} // namespace mailflow
