#include "base/text.hpp"
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

namespace mailflow {

namespace {

constexpr Duration usual_latency = std::chrono::milliseconds{10};

constexpr std::array<Key<NetworkDraft>, 3> keys{{
    {"label", into<&NetworkDraft::label, read_line>},
    {"range", into<&NetworkDraft::range, located<read_range>>},
    {"latency", into<&NetworkDraft::latency, read_duration>},
}};
constexpr std::array<std::string_view, 2> not_built{"blocks", "reaches"};

/// Complains about ranges of which one lies within another.
void complain_about_overlaps(Assembly& assembly) {
    std::vector<NetworkDraft const*> sorted;
    for (NetworkDraft const& network : assembly.draft.networks)
        if (network.range)
            sorted.push_back(&network);
    std::stable_sort(sorted.begin(), sorted.end(), [](NetworkDraft const* a, NetworkDraft const* b) {
        return lies_before(a->range->value, b->range->value);
    });
    // Ranges are nested or apart, so it is enough to compare with the widest one before.
    NetworkDraft const* widest = nullptr;
    for (NetworkDraft const* network : sorted) {
        if (!widest || !widest->range->value.overlaps(network->range->value)) {
            widest = network;
            continue;
        }
        bool const second = widest->at.offset() < network->at.offset();
        NetworkDraft const& later = second ? *network : *widest;
        NetworkDraft const& earlier = second ? *widest : *network;
        assembly.complaints.add(later.range->at, fmt::format("{} overlaps with {} of the network \"{}\"",
                                                             to_text(later.range->value),
                                                             to_text(earlier.range->value), earlier.name));
    }
}

/// Adds networks for the machines that stand in none that the file names.
class OwnNetworks {
public:
    explicit OwnNetworks(Assembly& assembly) : world_{assembly.world} {
        for (Network const& network : world_.networks)
            names_.insert(network.name);
    }

    NetworkId add(std::string const& name, std::string label) {
        std::string free_name = name;
        for (std::size_t n = 2; !names_.insert(free_name).second; ++n)
            free_name = fmt::format("{} ({})", name, n);
        return world_.networks.add({std::move(free_name), std::move(label), {}, usual_latency});
    }

private:
    World& world_;
    std::unordered_set<std::string> names_;
};

std::string name_of(PersonDraft const& person) {
    if (person.name)
        return *person.name;
    std::string name = person.key;
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

NetworkId network_of(Assembly& assembly, std::optional<Name> const& name) {
    auto const number =
        name ? look_up(assembly.networks, *name, "network", assembly.complaints) : std::nullopt;
    return number ? NetworkId{*number} : NetworkId{};
}

/// A host for each server, then one for each person's computer.
void add_hosts(Assembly& assembly) {
    World& world = assembly.world;
    OwnNetworks own{assembly};
    for (ServerDraft const& server : assembly.draft.servers) {
        NetworkId const network =
            server.network ? network_of(assembly, server.network) : own.add(server.name, server.name);
        HostId const host =
            world.hosts.add({server.name, network, {}, {}, world.servers.id_at(world.servers.size())});
        world.servers.add({host, {}, {}});
    }
    for (PersonDraft const& person : assembly.draft.people) {
        std::string const name = name_of(person);
        NetworkId const network = person.network ? network_of(assembly, person.network)
                                                 : own.add(person.key, fmt::format("{}'s network", name));
        PersonId const id = world.people.id_at(world.people.size());
        HostId const host = world.hosts.add({person.key, network, {}, id, {}});
        Person row;
        row.host = host;
        row.key = person.key;
        row.name = name;
        world.people.add(std::move(row));
    }
}

bool is_everything(IpRange const& range) {
    constexpr int bits_before_v4 = 96;
    return range.fixed_bits == (range.first.is_v4() ? bits_before_v4 : 0);
}

/// What automatic ranges keep away from: what networks and lists of trusted ranges name, so that no machine
/// is trusted by accident. A server that trusts all addresses there are does so on purpose.
std::vector<IpRange> ranges_in_the_file(ScenarioDraft const& draft) {
    std::vector<IpRange> ranges;
    for (NetworkDraft const& network : draft.networks)
        if (network.range)
            ranges.push_back(network.range->value);
    for (ServerDraft const& server : draft.servers)
        for (Name const& trusted : server.trusts)
            if (auto const range = parse_range(trusted.value); range && !is_everything(*range))
                ranges.push_back(*range);
    return ranges;
}

} // namespace

Form<NetworkDraft> const network_form{"network", keys, not_built};

void read_networks(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        NetworkDraft network{.at = member, .name = member.key(), .label = {}, .range = {}, .latency = {}};
        expect_name_in_key(member, "a network", complaints);
        read_object(member, network_form, network, complaints);
        scenario.networks.push_back(std::move(network));
    }
}

void place_machines(Assembly& assembly) {
    World& world = assembly.world;
    complain_about_overlaps(assembly);
    for (NetworkDraft const& network : assembly.draft.networks)
        world.networks.add({network.name,
                            network.label.value_or(network.name),
                            {},
                            network.latency.value_or(usual_latency)});
    add_hosts(assembly);

    std::vector<std::uint64_t> machines(world.networks.size());
    for (Host const& host : world.hosts)
        if (host.network.valid())
            ++machines[host.network.index];
    std::vector<std::optional<IpRange>> ranges(world.networks.size());
    for (std::size_t n = 0; n < assembly.draft.networks.size(); ++n) {
        NetworkDraft const& network = assembly.draft.networks[n];
        if (!network.range)
            continue;
        ranges[n] = network.range->value;
        if (machines[n] > machine_room(*ranges[n]))
            assembly.complaints.add(network.range->at,
                                    fmt::format("{} has room for {}, but {} in \"{}\"", to_text(*ranges[n]),
                                                count_of(machine_room(*ranges[n]), "machine", "machines"),
                                                count_of(machines[n], "stands", "stand"), network.name),
                                    "give it a larger range, or leave the range out");
    }
    if (!choose_ranges(ranges, machines, ranges_in_the_file(assembly.draft)))
        assembly.complaints.add_at(0, {}, "no addresses are left for the networks without a range",
                                   "name narrower ranges, or one for each network");
    if (!assembly.complaints.empty())
        return;
    std::vector<std::uint64_t> placed(world.networks.size());
    for (std::size_t n = 0; n < ranges.size(); ++n)
        world.networks[world.networks.id_at(n)].range = *ranges[n];
    for (Host& host : world.hosts)
        host.address = machine_address(*ranges[host.network.index], placed[host.network.index]++);
}

} // namespace mailflow
