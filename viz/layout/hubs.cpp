#include "viz/layout/hubs.hpp"

#include <algorithm>
#include <numeric>

namespace mailflow::viz {

Hubs::Hubs(std::vector<std::pair<HostId, HostId>> const& ends, std::size_t machines) : lanes_(machines) {
    std::vector<std::size_t> roads(machines);
    for (auto const& [from, to] : ends) {
        ++roads[from.index];
        ++roads[to.index];
    }
    std::vector<std::size_t> busiest_first(machines);
    std::iota(busiest_first.begin(), busiest_first.end(), std::size_t{0});
    std::stable_sort(busiest_first.begin(), busiest_first.end(),
                     [&](std::size_t a, std::size_t b) { return roads[a] > roads[b]; });
    for (std::size_t lane = 0; lane < machines; ++lane)
        lanes_[busiest_first[lane]] = lane;
}

} // namespace mailflow::viz
