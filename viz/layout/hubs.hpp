// The machines at which roads meet. All roads of a hub go through one lane of the gutters, as the branches of
// one street, and begin at the hub: so the dots of two that run together fall on each other.
#pragma once

#include "world/world.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace mailflow::viz {

class Hubs {
public:
    /// Of roads between these machines, in a world of so many.
    Hubs(std::vector<std::pair<HostId, HostId>> const& ends, std::size_t machines);

    /// The one of the two at which more roads meet.
    [[nodiscard]] HostId hub_of(HostId a, HostId b) const { return lane_of(a) < lane_of(b) ? a : b; }
    /// 0 for the busiest machine, 1 for the next, and so on; equally busy ones in the order of the world.
    [[nodiscard]] std::size_t lane_of(HostId hub) const { return lanes_[hub.index]; }

private:
    std::vector<std::size_t> lanes_; // by machine
};

} // namespace mailflow::viz
