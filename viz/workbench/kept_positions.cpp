#include "viz/workbench/kept_positions.hpp"

#include "report/lines/json_text.hpp"
#include "scenario/load.hpp"
#include "viz/workbench/things.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace mailflow::viz {

namespace {

int in_thousandths(float part) {
    return static_cast<int>(std::lround(std::clamp(part, 0.0F, 1.0F) * picture_thousandths));
}

std::string spot_json(Point at) {
    return fmt::format("[{}, {}]", in_thousandths(at.x), in_thousandths(at.y));
}

std::string entry_of(Network const& network) {
    return "/networks/" + escape_for_pointer(network.name);
}

/// An entry for a place that has none, and the machines in it told that they stand there. Empty where one of
/// them has no entry itself, or somebody comes there only later.
std::vector<Edit> entry_for(NetworkId id, Point at, EditedScenario const& scenario, World const& world) {
    Network const& network = world.networks[id];
    std::vector<Edit> edits{SetValue{
        entry_of(network), fmt::format(R"({{ "label": "{}", "range": "{}", "at": {} }})",
                                       json_escaped(network.label), to_text(network.range), spot_json(at))}};
    for (std::size_t n = 0; n < world.hosts.size(); ++n) {
        HostId const host = world.hosts.id_at(n);
        if (world.hosts[host].network != id)
            continue;
        std::string const pointer = pointer_of(world, host);
        if (!scenario.find(pointer))
            return {};
        edits.push_back(SetValue{pointer + "/network", fmt::format("\"{}\"", json_escaped(network.name))});
    }
    return edits.size() == 1 ? std::vector<Edit>{} : edits;
}

/// Whether the edits leave every machine where it is, with its address.
bool changes_nothing_else(std::vector<Edit> const& edits, EditedScenario const& scenario,
                          World const& world) {
    auto const text = edited(scenario.text(), edits);
    if (!std::holds_alternative<std::string>(text))
        return false;
    auto const loaded = load_scenario(std::get<std::string>(text));
    auto const* after = std::get_if<World>(&loaded);
    if (after == nullptr || after->networks.size() != world.networks.size() ||
        after->hosts.size() != world.hosts.size())
        return false;
    for (std::size_t n = 0; n < world.hosts.size(); ++n) {
        HostId const host = world.hosts.id_at(n);
        if (world.hosts[host].name != after->hosts[host].name ||
            to_text(world.hosts[host].address) != to_text(after->hosts[host].address))
            return false;
    }
    return true;
}

} // namespace

std::vector<Edit> edits_that_keep(Positions const& positions, EditedScenario const& scenario,
                                  World const& world) {
    std::vector<Edit> edits;
    auto const put = [&](std::string const& pointer, Point at) {
        edits.push_back(SetValue{pointer + "/at", spot_json(at)});
    };
    for (auto const& [network, at] : positions.places)
        if (std::string const pointer = entry_of(world.networks[network]); scenario.find(pointer)) {
            put(pointer, at);
        } else {
            std::vector<Edit> const entry = entry_for(network, at, scenario, world);
            if (!entry.empty() && changes_nothing_else(entry, scenario, world))
                edits.insert(edits.end(), entry.begin(), entry.end());
        }
    for (auto const& [host, at] : positions.machines)
        if (std::string const pointer = pointer_of(world, host); scenario.find(pointer))
            put(pointer, at);
    return edits;
}

Positions carried_over(Positions const& positions, World const& from, World const& to) {
    Positions there;
    std::unordered_map<std::string, Point> by_name;
    for (auto const& [network, at] : positions.places)
        by_name.emplace(entry_of(from.networks[network]), at);
    for (auto const& [host, at] : positions.machines)
        by_name.emplace(pointer_of(from, host), at);
    if (by_name.empty())
        return there;
    for (std::size_t n = 0; n < to.networks.size(); ++n)
        if (auto const found = by_name.find(entry_of(to.networks[to.networks.id_at(n)]));
            found != by_name.end())
            there.places.emplace(to.networks.id_at(n), found->second);
    for (std::size_t n = 0; n < to.hosts.size(); ++n)
        if (auto const found = by_name.find(pointer_of(to, to.hosts.id_at(n))); found != by_name.end())
            there.machines.emplace(to.hosts.id_at(n), found->second);
    return there;
}

Positions without(Positions all, Positions const& some) {
    auto const same = [](Point a, Point b) {
        return in_thousandths(a.x) == in_thousandths(b.x) && in_thousandths(a.y) == in_thousandths(b.y);
    };
    auto const is_among = [&](auto const& others) {
        return [&](auto const& entry) {
            auto const found = others.find(entry.first);
            return found != others.end() && same(found->second, entry.second);
        };
    };
    std::erase_if(all.places, is_among(some.places));
    std::erase_if(all.machines, is_among(some.machines));
    return all;
}

} // namespace mailflow::viz
