// Where a sequence repeats itself: a, b, a, b, a, b is "a, b" three times.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace mailflow {

/// From `first` on, `period` values stand there `rounds` times, one round behind the other.
struct Repeat {
    std::size_t first = 0;
    std::size_t period = 1;
    std::size_t rounds = 0;

    bool operator==(Repeat const&) const = default;
};

/// Fewer rounds are told one by one.
inline constexpr std::size_t fewest_rounds = 3;
/// Longer circles are not looked for.
inline constexpr std::size_t longest_period = 32;

/// The repeats of at least `fewest_rounds` rounds, from left to right; they do not overlap. Of several that
/// begin at one place it is the one with the shortest period.
[[nodiscard]] std::vector<Repeat> repeats_in(std::span<std::uint32_t const> values);

} // namespace mailflow
