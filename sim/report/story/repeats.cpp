#include "report/story/repeats.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// How often the first values of that number stand there one round behind the other, at least once.
std::size_t rounds_of(std::span<std::uint32_t const> values, std::size_t period) {
    std::size_t same = 0;
    while (period + same < values.size() && values[same] == values[period + same])
        ++same;
    return 1 + same / period;
}

} // namespace

std::vector<Repeat> repeats_in(std::span<std::uint32_t const> values) {
    std::vector<Repeat> repeats;
    for (std::size_t i = 0; i + fewest_rounds <= values.size();) {
        std::span const rest = values.subspan(i);
        std::size_t const longest = std::min(longest_period, rest.size() / fewest_rounds);
        std::size_t period = 1;
        while (period <= longest && rounds_of(rest, period) < fewest_rounds)
            ++period;
        if (period > longest) {
            ++i;
            continue;
        }
        repeats.push_back({.first = i, .period = period, .rounds = rounds_of(rest, period)});
        i += period * repeats.back().rounds;
    }
    return repeats;
}

} // namespace mailflow
