// Logarithms and powers in whole numbers: the same on every machine, which those of the mathematical library
// are not.
#pragma once

#include <cstdint>

namespace mailflow {

/// The binary logarithm of `x`, times 2^32, rounded down. `x` must not be 0.
[[nodiscard]] std::uint64_t binary_log(std::uint64_t x);

/// `scale` times 2^(exponent / 2^32), rounded down, to about eight digits; the largest number where it would
/// be more.
[[nodiscard]] std::uint64_t scaled_power_of_two(std::uint64_t scale, std::int64_t exponent);

} // namespace mailflow
