#include "base/powers.hpp"

#include <array>
#include <bit>
#include <cassert>
#include <limits>

namespace mailflow {

namespace {

__extension__ using Wide = unsigned __int128;

constexpr unsigned fraction_bits = 32;
constexpr unsigned root_bits = 62;

constexpr std::uint64_t square_root(Wide of) {
    std::uint64_t root = 0;
    for (std::uint64_t bit = std::uint64_t{1} << 63U; bit != 0; bit >>= 1U)
        if (static_cast<Wide>(root | bit) * (root | bit) <= of)
            root |= bit;
    return root;
}

/// 2^(1/2), 2^(1/4), 2^(1/8), ..., each times 2^62.
constexpr std::array<std::uint64_t, fraction_bits> roots_of_two() {
    std::array<std::uint64_t, fraction_bits> roots{};
    std::uint64_t last = std::uint64_t{2} << root_bits;
    for (std::uint64_t& root : roots)
        last = root = square_root(static_cast<Wide>(last) << root_bits);
    return roots;
}

constexpr auto roots = roots_of_two();

} // namespace

std::uint64_t binary_log(std::uint64_t x) {
    assert(x != 0);
    auto const whole = static_cast<unsigned>(std::bit_width(x)) - 1;
    std::uint64_t rest = x << (63U - whole); // from 2^63 to 2^64
    std::uint64_t log = whole;
    for (unsigned bit = 0; bit < fraction_bits; ++bit) { // one bit for each squaring
        auto const square = static_cast<Wide>(rest) * rest;
        bool const doubled = (square >> 127U) != 0;
        rest = static_cast<std::uint64_t>(square >> (doubled ? 64U : 63U));
        log = log << 1U | (doubled ? 1U : 0U);
    }
    return log;
}

std::uint64_t scaled_power_of_two(std::uint64_t scale, std::int64_t exponent) {
    std::int64_t const whole = exponent >> fraction_bits; // rounded down
    auto const fraction = static_cast<std::uint32_t>(exponent);
    std::uint64_t power = std::uint64_t{1} << root_bits;
    for (unsigned i = 0; i < fraction_bits; ++i)
        if ((fraction >> (fraction_bits - 1 - i) & 1U) != 0)
            power = static_cast<std::uint64_t>(static_cast<Wide>(power) * roots[i] >> root_bits);
    auto const product = static_cast<Wide>(scale) * power; // times 2^62
    std::int64_t const shift = static_cast<std::int64_t>(root_bits) - whole;
    if (shift >= 127)
        return 0;
    constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
    if (shift < 0)
        return scale == 0 ? 0 : most;
    Wide const result = product >> static_cast<unsigned>(shift);
    return result > most ? most : static_cast<std::uint64_t>(result);
}

} // namespace mailflow
