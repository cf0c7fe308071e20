// Measuring: processor time, several rounds in turns, the best of each. Noise of a shared machine only ever
// adds.
#pragma once

#include <algorithm>
#include <ctime>
#include <limits>

namespace mailflow::bench {

inline constexpr int rounds = 3;

/// Processor time of this process so far, in seconds.
[[nodiscard]] inline double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// The time that `work` takes, in seconds.
template<class Work>
[[nodiscard]] double time_of(Work work) {
    double const before = processor_seconds();
    work();
    return processor_seconds() - before;
}

/// The best time of each of the two, which are run in turns, first the own.
struct BestTimes {
    double own = std::numeric_limits<double>::infinity();
    double reference = std::numeric_limits<double>::infinity();
};

template<class Own, class Reference>
[[nodiscard]] BestTimes best_times(int round_count, Own own, Reference reference) {
    BestTimes best;
    for (int round = 0; round < round_count; ++round) {
        best.own = std::min(best.own, time_of(own));
        best.reference = std::min(best.reference, time_of(reference));
    }
    return best;
}

} // namespace mailflow::bench
