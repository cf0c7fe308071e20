// Where every machine stands: the networks that they have for themselves, the ranges, the addresses.
#include "base/text.hpp"
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

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
        assembly.complaints.add(later.range->at,
                                fmt::format("{} overlaps with {} of the network \"{}\"",
                                            to_text(later.range->value), to_text(earlier.range->value),
                                            earlier.name),
                                "choose another range, or leave it out: then one is chosen");
    }
}

/// Adds networks for the machines that stand in none that the file names.
class OwnNetworks {
public:
    explicit OwnNetworks(Assembly& assembly) : world_{assembly.world} {
        for (Network const& network : world_.networks)
            names_.add(network.name);
    }

    NetworkId add(std::string const& name, std::string label) {
        std::string free_name = name;
        for (std::size_t n = 2; !names_.add(free_name); ++n)
            free_name = fmt::format("{} ({})", name, n);
        Network network;
        network.name = std::move(free_name);
        network.label = std::move(label);
        network.latency = usual_latency;
        return world_.networks.add(std::move(network));
    }

private:
    World& world_;
    Names names_;
};

std::string name_of(PersonDraft const& person) {
    if (person.name)
        return *person.name;
    std::string name = person.key;
    if (!name.empty() && name.front() >= 'a' && name.front() <= 'z')
        name.front() = static_cast<char>(name.front() - 'a' + 'A');
    return name;
}

NetworkId network_of(Assembly const& assembly, Name const& name, Complaints& complaints) {
    auto const number = look_up(assembly.networks, name, "network", complaints);
    return number ? NetworkId{*number} : NetworkId{};
}

/// A host for each server.
void add_servers(Assembly& assembly, OwnNetworks& own) {
    World& world = assembly.world;
    for (ServerDraft const& server : assembly.draft.servers) {
        NetworkId const network = server.network ? network_of(assembly, *server.network, assembly.complaints)
                                                 : own.add(server.name, server.name);
        HostId const host =
            world.hosts.add({server.name, network, {}, {}, world.servers.id_at(world.servers.size())});
        world.hosts[host].shown_at = server.shown_at;
        Server row;
        row.host = host;
        world.servers.add(std::move(row));
    }
}

/// The network of the person's own, made when they first need it.
NetworkId own_network(Assembly& assembly, PersonId id, PersonDraft const& draft, OwnNetworks& own) {
    NetworkId& network = assembly.own_networks[id.index];
    if (!network.valid())
        network = own.add(draft.key, fmt::format("{}'s network", name_of(draft)));
    return network;
}

/// A host for each person's computer. The address and the password are noted for the accounts.
void add_people(Assembly& assembly, OwnNetworks& own) {
    World& world = assembly.world;
    std::size_t const count = assembly.draft.people.size();
    assembly.own_networks.resize(count);
    world.people.reserve(count);
    assembly.first_passwords.reserve(count);
    world.hosts.reserve(world.hosts.size() + count);
    world.networks.reserve(world.networks.size() + count);
    for (Value const member : assembly.draft.people) {
        PersonDraft const person = read_person(member, assembly.complaints);
        PersonId const id = world.people.id_at(world.people.size());
        NetworkId const network = person.network ? network_of(assembly, *person.network, assembly.complaints)
                                                 : own_network(assembly, id, person, own);
        Person row;
        row.host = world.hosts.add({person.key, network, {}, id, {}});
        world.hosts[row.host].shown_at = person.shown_at;
        row.key = person.key;
        row.name = name_of(person);
        if (person.address)
            row.address = world.book.add_address(person.address->value);
        assembly.first_passwords.push_back(person.password.value_or(""));
        world.people.add(std::move(row));
    }
}

/// A host for each spammer.
void add_spammers(Assembly& assembly, OwnNetworks& own) {
    World& world = assembly.world;
    for (SpammerDraft const& draft : assembly.draft.spammers) {
        Spammer spammer;
        spammer.key = draft.key;
        spammer.name = draft.name.value_or("Spammer " + draft.key);
        NetworkId const network = draft.network ? network_of(assembly, *draft.network, assembly.complaints)
                                                : own.add(draft.key, spammer.name + "'s network");
        spammer.host =
            world.hosts.add({draft.key, network, {}, {}, {}, world.spammers.id_at(world.spammers.size())});
        world.hosts[spammer.host].shown_at = draft.shown_at;
        world.spammers.add(std::move(spammer));
    }
}

/// A host for each population, which stands for all its computers.
void add_populations(Assembly& assembly, OwnNetworks& own) {
    World& world = assembly.world;
    for (PopulationDraft const& draft : assembly.draft.populations) {
        Population population;
        population.key = draft.key;
        population.name = draft.name.value_or("Population " + draft.key);
        NetworkId const network = draft.network ? network_of(assembly, *draft.network, assembly.complaints)
                                                : own.add(draft.key, population.name);
        Host host;
        host.name = draft.key;
        host.network = network;
        host.population = world.populations.id_at(world.populations.size());
        population.host = world.hosts.add(std::move(host));
        world.populations.add(std::move(population));
    }
}

/// The networks to which people go later, in the order in which they get there.
std::vector<std::pair<PersonId, NetworkId>> later_stays(Assembly& assembly, OwnNetworks& own) {
    World const& world = assembly.world;
    std::vector<std::pair<PersonId, NetworkId>> stays;
    for (ChangeStep const& step : assembly.steps) {
        auto const* draft = std::get_if<PersonDraft>(&step.after);
        if (!draft)
            continue;
        PersonId const id{step.number};
        // A name that leads nowhere is told with the change.
        auto const named = draft->network ? assembly.networks.find(draft->network->value) : std::nullopt;
        NetworkId network;
        if (named)
            network = NetworkId{*named};
        else if (!draft->network)
            network = own_network(assembly, id, *draft, own);
        if (network.valid() && network != world.hosts[world.people[id].host].network &&
            assembly.stays.try_emplace({id, network}).second)
            stays.emplace_back(id, network);
    }
    return stays;
}

bool is_everything(IpRange const& range) {
    constexpr int bits_before_v4 = 96;
    return range.fixed_bits == (range.first.is_v4() ? bits_before_v4 : 0);
}

void add_trusted(std::vector<IpRange>& ranges, ServerDraft const& server) {
    for (Name const& trusted : server.trusts)
        if (auto const range = parse_range(trusted.value); range && !is_everything(*range))
            ranges.push_back(*range);
}

/// What automatic ranges keep away from: what networks, lists of trusted ranges and blocklists name, so that
/// no machine is trusted or listed by accident. A server that trusts all addresses there are does so on
/// purpose.
std::vector<IpRange> ranges_in_the_file(Assembly const& assembly) {
    std::vector<IpRange> ranges;
    for (NetworkDraft const& network : assembly.draft.networks)
        if (network.range)
            ranges.push_back(network.range->value);
    for (ServerDraft const& server : assembly.draft.servers)
        add_trusted(ranges, server);
    for (ChangeStep const& step : assembly.steps)
        if (auto const* server = std::get_if<ServerDraft>(&step.after))
            add_trusted(ranges, *server);
    for (BlocklistDraft const& list : assembly.draft.blocklists)
        for (Name const& listed : list.lists)
            if (auto const range = parse_range(listed.value); range && !is_everything(*range))
                ranges.push_back(*range);
    return ranges;
}

/// A range for each network, by `machines`, the number of addresses that it needs; none when something is
/// wrong.
std::vector<std::optional<IpRange>> ranges_for(Assembly& assembly,
                                               std::vector<std::uint64_t> const& machines) {
    std::vector<std::optional<IpRange>> ranges(machines.size());
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
    if (!choose_ranges(ranges, machines, ranges_in_the_file(assembly)))
        assembly.complaints.add_at(0, {}, "no addresses are left for the networks without a range",
                                   "name narrower ranges, or one for each network");
    return ranges;
}

} // namespace

void place_machines(Assembly& assembly) {
    World& world = assembly.world;
    complain_about_overlaps(assembly);
    for (NetworkDraft const& draft : assembly.draft.networks) {
        Network network;
        network.name = draft.name;
        network.label = draft.label.value_or(draft.name);
        network.shown_at = draft.shown_at;
        NetworkId const id = world.networks.add(std::move(network));
        world.networks[id] = to_network(assembly, id, draft, assembly.complaints);
    }
    OwnNetworks own{assembly};
    add_servers(assembly, own);
    number_handlers(assembly);
    add_people(assembly, own);
    add_spammers(assembly, own);
    add_populations(assembly, own);
    auto const stays = later_stays(assembly, own);

    std::vector<std::uint64_t> machines(world.networks.size());
    for (Host const& host : world.hosts)
        if (host.network.valid())
            ++machines[host.network.index];
    for (auto const& [person, network] : stays)
        ++machines[network.index];
    auto const ranges = ranges_for(assembly, machines);
    if (!assembly.complaints.empty())
        return;
    std::vector<std::uint64_t> placed(world.networks.size());
    auto const next_address = [&](NetworkId network) {
        return machine_address(*ranges[network.index], placed[network.index]++);
    };
    for (std::size_t n = 0; n < ranges.size(); ++n)
        world.networks[world.networks.id_at(n)].range = *ranges[n];
    for (Host& host : world.hosts)
        host.address = next_address(host.network);
    for (auto const& stay : stays)
        assembly.stays[stay] = next_address(stay.second);
}

Host to_host(Assembly const& assembly, PersonId id, PersonDraft const& draft, Complaints& complaints) {
    Host host = assembly.world.hosts[assembly.world.people[id].host];
    NetworkId network;
    if (draft.network)
        network = network_of(assembly, *draft.network, complaints);
    else
        network = assembly.own_networks[id.index];
    if (network == host.network)
        return host;
    host.network = network;
    if (auto const stay = assembly.stays.find({id, network}); stay != assembly.stays.end())
        host.address = stay->second;
    return host;
}

} // namespace mailflow
