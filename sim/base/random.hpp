// The one source of chance: the seed of the run, and one integer stream for each actor that draws. No std
// distributions: their results differ between libraries.
#pragma once

#include "base/prefetch.hpp"
#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace mailflow {

/// xoshiro256** (Blackman and Vigna 2018), seeded through SplitMix64. The same (seed, stream) gives the same
/// numbers on every machine; two streams of one seed are independent for all practical purposes.
class RandomStream {
public:
    RandomStream(std::uint64_t seed, std::uint64_t stream);

    /// The next 64 random bits.
    std::uint64_t next();

    /// Uniform in [0, bound), without bias (Lemire 2019). `bound` must not be 0.
    std::uint64_t below(std::uint64_t bound);

private:
    std::array<std::uint64_t, 4> state_{};
};

/// Exponentially distributed, in integers throughout. `mean` must not be negative.
[[nodiscard]] Duration exponential(RandomStream& chance, Duration mean);

/// Drawing from a table of weights in constant time (Walker's alias method, after Vose 1991), in integers.
class WeightedChoice {
public:
    /// At least one weight, and not all of them 0.
    explicit WeightedChoice(std::vector<std::uint32_t> const& weights);

    /// A place in the table, by weight.
    [[nodiscard]] std::uint32_t draw(RandomStream& chance) const;
    /// It will be drawn from soon.
    void prepare() const { prefetch(columns_.data()); }

private:
    struct Column {
        std::uint64_t own = 0;   // the part of the column, out of `total_`, that is its own ...
        std::uint32_t other = 0; // ... the rest is that one's
    };

    std::uint64_t total_ = 0;
    std::vector<Column> columns_;
};

} // namespace mailflow
