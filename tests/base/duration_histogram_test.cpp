#include "catch.hpp"

#include "base/duration_histogram.hpp"

#include <chrono>

using namespace mailflow;
using namespace std::chrono_literals;

TEST_CASE("of nothing there is no mean and no percentile") {
    DurationHistogram const empty;
    CHECK(empty.count() == 0);
    CHECK_FALSE(empty.mean());
    CHECK_FALSE(empty.least());
    CHECK_FALSE(empty.most());
    CHECK_FALSE(empty.percentile(0.5));
}

TEST_CASE("count, mean, least and most of durations are exact") {
    DurationHistogram delays;
    for (Duration const delay : {Duration{1s}, Duration{2s}, Duration{6s}, Duration{3ns}})
        delays.add(delay);
    CHECK(delays.count() == 4);
    CHECK((*delays.mean() == (9s + 3ns) / 4));
    CHECK((*delays.least() == 3ns));
    CHECK((*delays.most() == 6s));
}

TEST_CASE("the mean of many long durations does not overflow") {
    DurationHistogram delays;
    for (int i = 0; i < 100'000; ++i)
        delays.add(Duration{longest_run});
    CHECK((*delays.mean() == Duration{longest_run}));
}

TEST_CASE("a percentile is off by no more than its bucket") {
    DurationHistogram delays;
    for (std::int64_t ms = 1; ms <= 1000; ++ms)
        delays.add(std::chrono::milliseconds{ms});
    for (double const share : {0.01, 0.25, 0.5, 0.9, 0.99}) {
        CAPTURE(share);
        double const exact = share * 1000;
        double const found = seconds(*delays.percentile(share)) * 1000;
        CHECK(found > exact * 0.93);
        CHECK(found < exact * 1.07);
    }
    CHECK((*delays.percentile(1.0) == 1000ms));
    CHECK((*delays.percentile(0.0) == 1ms));
}

TEST_CASE("small durations and none at all have buckets of their own") {
    DurationHistogram delays;
    for (int i = 0; i < 100; ++i)
        delays.add(Duration{i % 10});
    CHECK((*delays.percentile(0.1) == 0ns));
    CHECK((*delays.percentile(0.5) == 4ns));
}

TEST_CASE("histograms add up") {
    DurationHistogram one;
    DurationHistogram other;
    DurationHistogram both;
    for (int i = 1; i < 1000; ++i) {
        (i % 3 == 0 ? one : other).add(i * 7ms);
        both.add(i * 7ms);
    }
    one.add(other);
    CHECK((one == both));
}
