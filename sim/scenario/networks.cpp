// The networks that the file names.
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

constexpr std::array<Key<BlockDraft>, 1> block_keys{{
    {"port", into<&BlockDraft::port, read_port>, "25"},
}};

std::optional<Port> read_block(Value at, Complaints& complaints) {
    BlockDraft block;
    read_object(at, block_form, block, complaints);
    return block.port;
}

/// What is no address of a machine on a network (RFC 6890).
struct NoGround {
    std::string_view range;
    std::string_view what;
};
constexpr std::array no_ground{
    NoGround{"0.0.0.0/8", "what has no address yet"},       NoGround{"127.0.0.0/8", "a machine itself"},
    NoGround{"224.0.0.0/4", "groups of machines"},          NoGround{"240.0.0.0/4", "no machine at all"},
    NoGround{"::/127", "a machine itself, or none at all"}, NoGround{"ff00::/8", "groups of machines"},
};

/// The range of a network: machines stand in it.
std::optional<IpRange> read_ground(Value at, Complaints& complaints) {
    auto const range = read_range(at, complaints);
    if (!range)
        return std::nullopt;
    for (NoGround const& other : no_ground)
        if (parse_range(other.range)->overlaps(*range)) {
            complaints.add(at,
                           fmt::format("no machine of a network stands in {}: the addresses of {} mean {}",
                                       at.text(), other.range, other.what),
                           "choose a range such as 192.0.2.0/24");
            return std::nullopt;
        }
    return range;
}

constexpr std::array<Key<NetworkDraft>, 7> network_keys{{
    {"label", into<&NetworkDraft::label, read_line>},
    {"range", into<&NetworkDraft::range, located<read_ground>>},
    {"latency", into<&NetworkDraft::latency, read_duration>},
    {"blocks", into<&NetworkDraft::blocked_ports, list_of<read_block>>},
    {"reaches", into<&NetworkDraft::reaches, list_of<located<read_line>>>},
    {"up", into<&NetworkDraft::up, read_bool>},
    {"at", into<&NetworkDraft::shown_at, read_picture_spot>},
}};

} // namespace

Form<BlockDraft> const block_form{"block", block_keys, {}};
Form<NetworkDraft> const network_form{"network", network_keys, {}};

void read_networks(Value at, ScenarioDraft& scenario, Complaints& complaints) {
    if (!expect_kind(at, Kind::object, complaints))
        return;
    for (Value const member : at) {
        NetworkDraft network;
        network.at = member;
        network.name = member.key();
        expect_name_in_key(member, "a network", complaints);
        read_object(member, network_form, network, complaints);
        scenario.networks.push_back(std::move(network));
    }
}

Network to_network(Assembly& assembly, NetworkId id, NetworkDraft const& draft, Complaints& complaints) {
    Network network = assembly.world.networks[id];
    network.latency = draft.latency.value_or(usual_latency);
    network.blocked_ports = draft.blocked_ports;
    sort_and_deduplicate(network.blocked_ports);
    network.reaches.reset();
    if (!draft.reaches && draft.up)
        return network;
    std::vector<NetworkId> reached;
    for (Name const& name : draft.reaches.value_or(std::vector<Name>{}))
        if (auto const number = look_up(assembly.networks, name, "network", complaints))
            reached.push_back(NetworkId{*number});
    sort_and_deduplicate(reached);
    if (!draft.up) // whatever it has ways to, nothing goes there
        reached.clear();
    network.reaches = std::move(reached);
    return network;
}

} // namespace mailflow
