#include "bench/patterns.hpp"

#include "base/random.hpp"

#include <cmath>

namespace mailflow::bench {

std::vector<std::uint64_t> exponential_delays(std::size_t count, double mean_ns) {
    RandomStream chance{1, 0};
    std::vector<std::uint64_t> delays(count);
    for (std::uint64_t& delay : delays) {
        double const uniform = (static_cast<double>(chance.below(std::uint64_t{1} << 53)) + 0.5) * 0x1p-53;
        delay = static_cast<std::uint64_t>(-std::log(uniform) * mean_ns);
    }
    return delays;
}

} // namespace mailflow::bench
