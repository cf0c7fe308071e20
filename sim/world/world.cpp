#include "world/world.hpp"

#include <algorithm>
#include <tuple>

namespace mailflow {

TypedPath const* typed_path(World const& world, ServerId server, AddressId written, Verb verb) {
    std::tuple const sought{server, verb == Verb::mail, written};
    auto const key = [](TypedPath const& path) {
        return std::tuple{path.server, path.is_sender, path.written};
    };
    auto const place =
        std::lower_bound(world.typed_paths.begin(), world.typed_paths.end(), sought,
                         [&](TypedPath const& path, auto const& value) { return key(path) < value; });
    return place != world.typed_paths.end() && key(*place) == sought ? &*place : nullptr;
}

ProbeTry const* try_of(Spammer const& spammer, std::uint32_t number) {
    bool const is_try = spammer.probe && number >= 1 && number <= spammer.probe->tries.size();
    return is_try ? &spammer.probe->tries[number - 1] : nullptr;
}

IpAddress address_in(World const& world, DnsRecords const& records) {
    return records.address.valid() ? world.hosts[records.address].address
                                   : records.other_address.value_or(IpAddress{});
}

bool is_loopback(DnsRecords const& records) {
    static IpRange const own = parse_range("127.0.0.0/8").value_or(IpRange{});
    return records.other_address && own.contains(*records.other_address);
}

bool leads_to_no_machine(DnsRecords const& records) {
    return !records.address.valid() && records.other_address && !is_loopback(records);
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
