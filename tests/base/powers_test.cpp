#include "catch.hpp"

#include "base/powers.hpp"

#include <cmath>
#include <limits>

using namespace mailflow;

namespace {

constexpr std::int64_t one = std::int64_t{1} << 32U;

} // namespace

TEST_CASE("binary logarithms are exact for powers of two and near for the rest") {
    CHECK(binary_log(1) == 0);
    CHECK(binary_log(2) == static_cast<std::uint64_t>(one));
    CHECK(binary_log(std::uint64_t{1} << 63U) == static_cast<std::uint64_t>(63 * one));
    for (std::uint64_t const x : {3ULL, 10ULL, 1000ULL, 12'345'678'901ULL, ~0ULL})
        CHECK(static_cast<double>(binary_log(x)) / static_cast<double>(one) ==
              Approx(std::log2(static_cast<double>(x))).epsilon(1e-9));
}

TEST_CASE("powers of two are what logarithms come from") {
    CHECK(scaled_power_of_two(1000, 0) == 1000);
    CHECK(scaled_power_of_two(1000, 3 * one) == 8000);
    CHECK(scaled_power_of_two(1000, -2 * one) == 250);
    CHECK(scaled_power_of_two(1000, -40 * one) == 0);
    CHECK(scaled_power_of_two(1000, -200 * one) == 0);
    CHECK(scaled_power_of_two(0, 100 * one) == 0);
    CHECK(scaled_power_of_two(3, 80 * one) == std::numeric_limits<std::uint64_t>::max());
    CHECK(scaled_power_of_two(1'000'000'000, one / 2) == 1'414'213'562);
    for (std::uint64_t const x : {3ULL, 10ULL, 999ULL})
        CHECK(static_cast<double>(
                  scaled_power_of_two(1'000'000'000, -static_cast<std::int64_t>(binary_log(x)))) ==
              Approx(1e9 / static_cast<double>(x)).epsilon(1e-8));
}
