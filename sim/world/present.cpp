#include "world/present.hpp"

#include <algorithm>
#include <cassert>

namespace mailflow {

namespace {

/// Between two machines of one network.
constexpr Duration neighbours = std::chrono::microseconds{500};
/// From the middle of the internet to the DNS.
constexpr Duration dns_latency = std::chrono::milliseconds{5};

HostSketch sketch(Server const& server, NetworkId network) {
    return {.server = &server,
            .network = network,
            .up = server.up,
            .is_scripted = server.policy.answers.has_value(),
            .limits_sessions = server.max_sessions.has_value()};
}

} // namespace

DnsRecords const no_dns_records{};

Present::Present(World const& world)
    : world_(world)
    , servers_(world.servers)
    , people_(world.people)
    , networks_(world.networks)
    , hosts_(world.hosts)
    , dns_(world.dns) {
    addresses_.reserve(world.hosts.size());
    sketches_.reserve(world.hosts.size());
    for (Host const& host : world.hosts) {
        addresses_.add(host.address);
        sketches_.add(host.server.valid() ? sketch(servers_[host.server], host.network)
                                          : HostSketch{.network = host.network});
    }
}

void Present::apply_next() {
    assert(applied_ < world_.changes.size());
    Change const& change = world_.changes[ChangeId{applied_++}];
    if (auto const* server = std::get_if<ServerChange>(&change.what)) {
        servers_.change(server->server, server->after);
        HostSketch& known = sketches_[server->after.host];
        known = sketch(server->after, known.network);
    } else if (auto const* dns = std::get_if<DnsChange>(&change.what)) {
        dns_.change(dns->name, dns->after);
    } else if (auto const* person = std::get_if<PersonChange>(&change.what)) {
        people_.change(person->person, person->after);
        hosts_.change(person->after.host, person->host_after);
        sketches_[person->after.host].network = person->host_after.network;
        addresses_[person->after.host] = person->host_after.address;
    } else if (auto const* network = std::get_if<NetworkChange>(&change.what)) {
        networks_.change(network->network, network->after);
    }
}

bool Present::routed(HostId from, HostId to) const {
    NetworkId const here = sketches_[from].network;
    NetworkId const there = sketches_[to].network;
    auto const reaches = [&](NetworkId one, NetworkId other) {
        auto const& known = network(one).reaches;
        return !known || std::find(known->begin(), known->end(), other) != known->end();
    };
    return here == there || (reaches(here, there) && reaches(there, here));
}

bool Present::blocked(HostId from, HostId to, Port port) const {
    NetworkId const here = sketches_[from].network;
    std::vector<Port> const& ports = network(here).blocked_ports;
    return here != sketches_[to].network && std::find(ports.begin(), ports.end(), port) != ports.end();
}

Duration Present::one_way(HostId from, HostId to) const {
    NetworkId const here = sketches_[from].network;
    NetworkId const there = sketches_[to].network;
    return here == there ? neighbours : network(here).latency + network(there).latency;
}

void Present::prepare_lists(HostId id) const {
    Server const* const server = sketches_[id].server;
    if (server == nullptr)
        return;
    auto const* const policy = reinterpret_cast<std::byte const*>(&server->policy);
    auto const* const answers = reinterpret_cast<std::byte const*>(&server->policy.answers);
    for (auto const* place = policy; place < answers; place += cache_line_bytes)
        prefetch(place);
    prefetch(&server->aliases);
    prepare_server(id);
}

void Present::prepare_server(HostId id) const {
    Server const* const server = sketches_[id].server;
    if (server == nullptr)
        return;
    prefetch(&server->host);
    prefetch(&server->routes);
}

Duration Present::one_way_to_dns(HostId from) const {
    return network(sketches_[from].network).latency + dns_latency;
}

Server const& server_after(World const& world, ServerId id, std::uint32_t changes) {
    ServerChange const* const change = world.changes.last(id, changes);
    return change != nullptr ? change->after : world.servers[id];
}

DnsRecords const& dns_after(World const& world, DomainId name, std::uint32_t changes) {
    if (DnsChange const* const change = world.changes.last(name, changes))
        return change->after;
    return name.index < world.dns.size() ? world.dns[name] : no_dns_records;
}

Present present_at(World const& world, Instant at) {
    Present present{world};
    while (present.changes_applied() < world.changes.size() &&
           world.changes[ChangeId{present.changes_applied()}].at <= at)
        present.apply_next();
    return present;
}

} // namespace mailflow
