#include "viz/ground_memory.hpp"

#include <algorithm>
#include <utility>

namespace mailflow::viz {

GroundPlan const* GroundMemory::find(World const& world) const {
    auto const holds_the_same = [&world](std::shared_ptr<GroundPlan const> const& ground) {
        std::size_t machines = 0;
        for (std::size_t i = 0; i < world.networks.size(); ++i)
            machines += machines_in(world, world.networks.id_at(i)).size();
        for (Plot const& plot : ground->plots)
            for (Cell const& cell : plot.cells) {
                bool const is_there =
                    cell.host.index < world.hosts.size() && world.hosts[cell.host].name == cell.name;
                if (!is_there)
                    return false;
                --machines;
            }
        return machines == 0;
    };
    auto const same = std::find_if(kept_.rbegin(), kept_.rend(), holds_the_same);
    if (same != kept_.rend())
        return same->get();
    return kept_.empty() ? nullptr : kept_.back().get();
}

void GroundMemory::keep(std::shared_ptr<GroundPlan const> ground) {
    if (!kept_.empty() && (kept_.back()->area.w != ground->area.w || kept_.back()->area.h != ground->area.h))
        kept_.clear(); // in a picture of another size nothing of it counts
    if (kept_.size() == most)
        kept_.erase(kept_.begin());
    kept_.push_back(std::move(ground));
}

} // namespace mailflow::viz
