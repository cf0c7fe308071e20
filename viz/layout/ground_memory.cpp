#include "viz/layout/ground_memory.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>

namespace mailflow::viz {

namespace {

/// Whether just those machines are ever there that have a cell in the plot.
bool has_machines_of(World const& world, Plot const& plot) {
    for (std::size_t i = 0; i < world.networks.size(); ++i) {
        NetworkId const network = world.networks.id_at(i);
        if (world.networks[network].name != plot.name)
            continue;
        std::vector<HostId> const machines = machines_in(world, network);
        return machines.size() == plot.cells.size() &&
               std::all_of(plot.cells.begin(), plot.cells.end(), [&](Cell const& cell) {
                   return std::any_of(machines.begin(), machines.end(),
                                      [&](HostId host) { return world.hosts[host].name == cell.name; });
               });
    }
    return false;
}

/// Whether each place of the ground is there with the same machines, and no other machine is anywhere.
bool is_ground_of(GroundPlan const& ground, World const& world) {
    std::size_t machines = 0;
    for (std::size_t i = 0; i < world.networks.size(); ++i)
        machines += machines_in(world, world.networks.id_at(i)).size();
    std::size_t cells = 0;
    for (Plot const& plot : ground.plots)
        cells += plot.cells.size();
    return cells == machines && std::all_of(ground.plots.begin(), ground.plots.end(),
                                            [&](Plot const& plot) { return has_machines_of(world, plot); });
}

/// Whether the same machines have cells in the same places.
bool are_of_the_same(GroundPlan const& a, GroundPlan const& b) {
    auto const names_of = [](GroundPlan const& ground) {
        std::map<std::string, std::set<std::string>> names;
        for (Plot const& plot : ground.plots)
            for (std::set<std::string>& machines = names[plot.name]; Cell const& cell : plot.cells)
                machines.insert(cell.name);
        return names;
    };
    return names_of(a) == names_of(b);
}

} // namespace

GroundPlan const* GroundMemory::find(World const& world) const {
    auto const same = std::find_if(kept_.rbegin(), kept_.rend(),
                                   [&](auto const& ground) { return is_ground_of(*ground, world); });
    if (same != kept_.rend())
        return same->get();
    return kept_.empty() ? nullptr : kept_.back().get();
}

void GroundMemory::keep(std::shared_ptr<GroundPlan const> ground) {
    if (!kept_.empty() && (kept_.back()->area.w != ground->area.w || kept_.back()->area.h != ground->area.h))
        kept_.clear(); // in a picture of another size nothing of it counts
    // While something is dragged there is a new one of the same world for each picture.
    std::erase_if(kept_, [&](auto const& other) { return are_of_the_same(*other, *ground); });
    if (kept_.size() == most)
        kept_.erase(kept_.begin());
    kept_.push_back(std::move(ground));
}

} // namespace mailflow::viz
