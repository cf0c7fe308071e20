#include "base/random.hpp"

#include <bit>
#include <cassert>

namespace mailflow {

namespace {

__extension__ using Wide = unsigned __int128;

std::uint64_t split_mix(std::uint64_t& state) {
    std::uint64_t z = (state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

constexpr unsigned table_bits = 8;

/// The binary logarithm of 1 + i / 256, times 2^32.
constexpr std::array<std::uint64_t, (1U << table_bits) + 1> logarithms() {
    std::array<std::uint64_t, (1U << table_bits) + 1> table{};
    for (std::uint64_t i = 0; i < table.size() - 1; ++i) {
        std::uint64_t x = ((1U << table_bits) + i) << (31 - table_bits); // times 2^31
        for (int bit = 0; bit < 32; ++bit) {                             // one bit for each squaring
            x = (x * x) >> 31;
            table[i] <<= 1;
            if ((x >> 32) != 0) {
                x >>= 1;
                table[i] |= 1;
            }
        }
    }
    table.back() = std::uint64_t{1} << 32;
    return table;
}

constexpr auto log_table = logarithms();

/// The same of (2^63 + rest) / 2^63 for any `x` with the highest bit set, between two places of the table.
std::uint64_t log_of_fraction(std::uint64_t x) {
    constexpr unsigned between_bits = 63 - table_bits;
    std::uint64_t const place = (x << 1) >> (64 - table_bits);
    std::uint64_t const between = (x & ((std::uint64_t{1} << between_bits) - 1)) >> (between_bits - 24);
    std::uint64_t const step = log_table[place + 1] - log_table[place];
    return log_table[place] + ((step * between) >> 24);
}

} // namespace

RandomStream::RandomStream(std::uint64_t seed, std::uint64_t stream) {
    std::uint64_t mixer = seed;
    mixer = split_mix(mixer) ^ stream;
    for (std::uint64_t& word : state_)
        word = split_mix(mixer);
}

std::uint64_t RandomStream::next() {
    std::uint64_t const result = std::rotl(state_[1] * 5, 7) * 9;
    std::uint64_t const shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = std::rotl(state_[3], 45);
    return result;
}

std::uint64_t RandomStream::below(std::uint64_t bound) {
    assert(bound != 0);
    auto product = static_cast<Wide>(next()) * bound;
    if (static_cast<std::uint64_t>(product) < bound) {
        std::uint64_t const threshold = (0 - bound) % bound;
        while (static_cast<std::uint64_t>(product) < threshold)
            product = static_cast<Wide>(next()) * bound;
    }
    return static_cast<std::uint64_t>(product >> 64);
}

/// The negative logarithm of a number from (0, 1]: one for each leading zero, and that of the rest.
Duration exponential(RandomStream& chance, Duration mean) {
    constexpr std::uint64_t ln2 = 2977044472U; // times 2^32
    std::uint64_t const drawn = chance.next() | 1;
    auto const zeros = static_cast<unsigned>(std::countl_zero(drawn));
    std::uint64_t const binary_log =
        (std::uint64_t{zeros + 1} << 32) - log_of_fraction(drawn << zeros); // times 2^32, at most 2^38
    auto const natural_log = static_cast<std::uint64_t>((static_cast<Wide>(binary_log) * ln2) >> 32);
    return Duration{static_cast<std::int64_t>(
        (static_cast<Wide>(natural_log) * static_cast<std::uint64_t>(mean.count())) >> 32)};
}

WeightedChoice::WeightedChoice(std::vector<std::uint32_t> const& weights) : columns_(weights.size()) {
    for (std::uint32_t const weight : weights)
        total_ += weight;
    assert(total_ > 0);
    // Each column is `total_` high and is filled by at most two: each weight is spread over its own column,
    // and what is over fills up those that are lower.
    std::uint64_t const count = weights.size();
    std::vector<std::uint64_t> left(count);
    std::vector<std::uint32_t> lower;
    std::vector<std::uint32_t> higher;
    for (std::uint32_t i = 0; i < count; ++i) {
        left[i] = weights[i] * count;
        columns_[i] = {total_, i};
        (left[i] < total_ ? lower : higher).push_back(i);
    }
    while (!lower.empty() && !higher.empty()) {
        std::uint32_t const low = lower.back();
        std::uint32_t const high = higher.back();
        lower.pop_back();
        columns_[low] = {left[low], high};
        left[high] -= total_ - left[low];
        if (left[high] < total_) {
            higher.pop_back();
            lower.push_back(high);
        }
    }
}

std::uint32_t WeightedChoice::draw(RandomStream& chance) const {
    auto const place = static_cast<std::uint32_t>(chance.below(columns_.size()));
    Column const& column = columns_[place];
    return column.own == total_ || chance.below(total_) < column.own ? place : column.other;
}

} // namespace mailflow
