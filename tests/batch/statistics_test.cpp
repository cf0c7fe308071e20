// Mean, interval and percentiles, held to numbers that are known.
#include "catch.hpp"

#include "batch/statistics.hpp"

using namespace mailflow::batch;

TEST_CASE("Student's t is that of the tables") {
    CHECK(student_t_975(1) == Approx(12.706).margin(0.001));
    CHECK(student_t_975(2) == Approx(4.303).margin(0.001));
    CHECK(student_t_975(5) == Approx(2.571).margin(0.001));
    CHECK(student_t_975(6) == Approx(2.447).margin(0.001));
    CHECK(student_t_975(9) == Approx(2.262).margin(0.001));
    CHECK(student_t_975(30) == Approx(2.042).margin(0.001));
    CHECK(student_t_975(120) == Approx(1.980).margin(0.001));
    CHECK(student_t_975(1'000'000) == Approx(1.960).margin(0.001));
}

TEST_CASE("a sample gives its mean, its interval and its percentiles") {
    std::vector<double> values{8, 2, 4, 4, 5, 5, 7, 9, 4, 2};
    Spread const spread = spread_of(values); // standard deviation 2.3570
    CHECK(spread.count == 10);
    CHECK(spread.mean == Approx(5.0));
    REQUIRE(spread.margin.has_value());
    CHECK(*spread.margin == Approx(1.6861).margin(0.001)); // 2.2622 * 2.3570 / sqrt(10)
    CHECK(spread.p5 == 2);
    CHECK(spread.p50 == 4);
    CHECK(spread.p95 == 9);
}

TEST_CASE("equal values have no width, and a single one has no interval") {
    std::vector<double> same(50, 3.5);
    CHECK(spread_of(same).margin == 0.0);
    std::vector<double> one{7};
    Spread const single = spread_of(one);
    CHECK_FALSE(single.margin.has_value());
    CHECK(single.mean == 7);
    CHECK(single.p5 == 7);
    CHECK(single.p95 == 7);
}

TEST_CASE("percentiles are nearest ranks") {
    std::vector<double> hundred;
    for (int i = 100; i >= 1; --i)
        hundred.push_back(i);
    Spread const spread = spread_of(hundred);
    CHECK(spread.p5 == 5);
    CHECK(spread.p50 == 50);
    CHECK(spread.p95 == 95);
}
