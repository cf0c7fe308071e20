// The one source of chance: the seed of the run, and one integer stream for each actor that draws. No std
// distributions: their results differ between libraries.
#pragma once

#include <array>
#include <cstdint>

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

} // namespace mailflow
