// The source of chance: fixed values, bounds, streams that have nothing to do with each other.
#include "catch.hpp"

#include "base/random.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <vector>

using namespace mailflow;

namespace {

std::vector<std::uint64_t> draws(RandomStream stream, std::size_t count) {
    std::vector<std::uint64_t> drawn(count);
    std::generate(drawn.begin(), drawn.end(), [&] { return stream.next(); });
    return drawn;
}

} // namespace

// The values come from a second implementation of SplitMix64 and xoshiro256**, itself held to the published
// vectors (SplitMix64 from 1234567: 6457827717110365317; xoshiro256** from 1, 2, 3, 4: 11520, 0, 1509978240).
TEST_CASE("a seed and a stream give the same numbers on every machine") {
    using Drawn = std::vector<std::uint64_t>;
    CHECK(draws({0, 0}, 4) ==
          Drawn{0xfb5405f7bd79c540, 0x780c98e26cea5883, 0x2a146e0980febc66, 0x4851477db8791fca});
    CHECK(draws({1, 0}, 4) ==
          Drawn{0xee127fe613436e33, 0xd6dad8d34a1874ea, 0x2a52c16cec1116a9, 0x9af9091d9f77d551});
    CHECK(draws({1, 1}, 4) ==
          Drawn{0x309714ec38d33b4c, 0x1bc11473d28024a0, 0xaa4f7bbef2a5a194, 0xe418b571ccc48341});
    CHECK(draws({42, 7}, 4) ==
          Drawn{0x4150452ab869a892, 0x63980fc0383ce41b, 0x6276ee9c4552e56d, 0x96a8154c710ce93c});
}

TEST_CASE("neighbouring streams and seeds share about half of their bits and no numbers") {
    for (auto const& [one, other] : {std::pair{RandomStream{1, 0}, RandomStream{1, 1}},
                                     std::pair{RandomStream{1, 5}, RandomStream{2, 5}},
                                     std::pair{RandomStream{3, 4}, RandomStream{4, 3}}}) {
        constexpr std::size_t count = 1000;
        std::vector<std::uint64_t> a = draws(one, count);
        std::vector<std::uint64_t> b = draws(other, count);
        int differing_bits = 0;
        for (std::size_t i = 0; i < count; ++i)
            differing_bits += std::popcount(a[i] ^ b[i]);
        CHECK(differing_bits > 31'000);
        CHECK(differing_bits < 33'000);

        std::sort(a.begin(), a.end());
        std::sort(b.begin(), b.end());
        std::vector<std::uint64_t> shared;
        std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(shared));
        CHECK(shared.empty());
    }
}

TEST_CASE("a draw below a bound stays below it and reaches every value") {
    RandomStream stream{7, 0};
    for (std::uint64_t const bound : {1U, 2U, 3U, 6U, 7U, 10U}) {
        std::array<int, 10> hits{};
        constexpr int rounds = 6000;
        for (int i = 0; i < rounds; ++i) {
            std::uint64_t const drawn = stream.below(bound);
            REQUIRE(drawn < bound);
            ++hits[drawn];
        }
        // Five standard deviations of a fair die stay well inside a fifth of the mean.
        auto const fair = rounds / static_cast<int>(bound);
        for (std::uint64_t value = 0; value < bound; ++value) {
            INFO("value " << value << " below " << bound);
            CHECK(hits[value] >= fair - fair / 5);
            CHECK(hits[value] <= fair + fair / 5);
        }
    }
}

TEST_CASE("huge bounds are drawn from without bias") {
    RandomStream stream{7, 1};
    constexpr std::uint64_t bound = 3ULL << 62; // without rejection multiples of three come twice as often
    int multiples = 0;
    constexpr int rounds = 6000;
    for (int i = 0; i < rounds; ++i) {
        std::uint64_t const drawn = stream.below(bound);
        REQUIRE(drawn < bound);
        multiples += drawn % 3 == 0 ? 1 : 0;
    }
    CHECK(multiples > 1800);
    CHECK(multiples < 2200);
    CHECK(stream.below(~std::uint64_t{0}) < ~std::uint64_t{0});
}

TEST_CASE("exponential durations have the mean and the median that they should") {
    RandomStream chance{7, 1};
    constexpr int count = 200'000;
    constexpr std::int64_t mean = 1'000'000'000;
    double sum = 0;
    int above_median = 0;
    int above_twice_the_mean = 0;
    for (int i = 0; i < count; ++i) {
        auto const drawn = static_cast<double>(exponential(chance, Duration{mean}).count());
        REQUIRE(drawn >= 0);
        sum += drawn;
        above_median += drawn > 0.693147 * mean ? 1 : 0;
        above_twice_the_mean += drawn > 2.0 * mean ? 1 : 0;
    }
    CHECK(sum / count / mean == Approx(1.0).margin(0.01));
    CHECK(above_median / double{count} == Approx(0.5).margin(0.005));
    CHECK(above_twice_the_mean / double{count} == Approx(0.135335).margin(0.004));
}

TEST_CASE("exponential durations are the same on every machine") {
    RandomStream chance{1, 0};
    std::vector<std::int64_t> drawn;
    for (int i = 0; i < 4; ++i)
        drawn.push_back(exponential(chance, Duration{1'000'000'000}).count());
    CHECK(drawn == std::vector<std::int64_t>{72603458, 175215221, 1799841593, 501928125});
}

TEST_CASE("a weighted choice draws by weight, and never what weighs nothing") {
    WeightedChoice const choice{{5, 0, 1, 3, 1}};
    RandomStream chance{3, 0};
    std::vector<int> drawn(5);
    constexpr int count = 100'000;
    for (int i = 0; i < count; ++i)
        ++drawn[choice.draw(chance)];
    CHECK(drawn[1] == 0);
    CHECK(drawn[0] / double{count} == Approx(0.5).margin(0.01));
    CHECK(drawn[2] / double{count} == Approx(0.1).margin(0.01));
    CHECK(drawn[3] / double{count} == Approx(0.3).margin(0.01));
    CHECK(drawn[4] / double{count} == Approx(0.1).margin(0.01));
}

TEST_CASE("one weight leaves no choice") {
    RandomStream chance{3, 0};
    CHECK(WeightedChoice{{4}}.draw(chance) == 0);
}
