#include "world/world.hpp"

namespace mailflow {

namespace {

/// Between two machines of one network.
constexpr Duration neighbours = std::chrono::microseconds{500};
/// From the middle of the internet to the DNS.
constexpr Duration dns_latency = std::chrono::milliseconds{5};

} // namespace

Duration one_way(World const& world, HostId from, HostId to) {
    NetworkId const here = world.hosts[from].network;
    NetworkId const there = world.hosts[to].network;
    return here == there ? neighbours : world.networks[here].latency + world.networks[there].latency;
}

Duration one_way_to_dns(World const& world, HostId from) {
    return world.networks[world.hosts[from].network].latency + dns_latency;
}

DnsRecords const& dns_of(World const& world, DomainId name) {
    static DnsRecords const unknown{};
    return name.index < world.dns.size() ? world.dns[name] : unknown;
}

std::string const& label_of(World const& world, HostId host) {
    Host const& machine = world.hosts[host];
    return machine.person.valid() ? world.people[machine.person].name : machine.name;
}

} // namespace mailflow
