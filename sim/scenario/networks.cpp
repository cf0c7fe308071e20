// The networks that the file names.
#include "scenario/assembly.hpp"
#include "scenario/forms.hpp"

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

constexpr std::array<Key<NetworkDraft>, 6> network_keys{{
    {"label", into<&NetworkDraft::label, read_line>},
    {"range", into<&NetworkDraft::range, located<read_range>>},
    {"latency", into<&NetworkDraft::latency, read_duration>},
    {"blocks", into<&NetworkDraft::blocked_ports, list_of<read_block>>},
    {"reaches", into<&NetworkDraft::reaches, list_of<located<read_line>>>},
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
    if (!draft.reaches)
        return network;
    std::vector<NetworkId> reached;
    for (Name const& name : *draft.reaches)
        if (auto const number = look_up(assembly.networks, name, "network", complaints))
            reached.push_back(NetworkId{*number});
    sort_and_deduplicate(reached);
    network.reaches = std::move(reached);
    return network;
}

} // namespace mailflow
