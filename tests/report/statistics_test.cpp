#include "catch.hpp"

#include "report/summary.hpp"

#include <vector>

using namespace mailflow;

TEST_CASE("a percentile is the value at the nearest rank") {
    std::vector<Duration> delays;
    CHECK_FALSE(percentile(delays, 0.5));
    for (int i = 1; i <= 10; ++i)
        delays.push_back(std::chrono::seconds{i});
    CHECK(percentile(delays, 0.5) == Duration{std::chrono::seconds{5}});
    CHECK(percentile(delays, 0.9) == Duration{std::chrono::seconds{9}});
    CHECK(percentile(delays, 0.99) == Duration{std::chrono::seconds{10}});
}
