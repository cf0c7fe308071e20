#include "catch.hpp"

#include "viz/geometry.hpp"

using namespace mailflow::viz;

TEST_CASE("A rectangle kept within another moves only as far as it must") {
    Rect const outer{0, 0, 100, 100};
    CHECK(kept_within({10, 10, 20, 20}, outer) == Rect{10, 10, 20, 20});
    CHECK(kept_within({95, -5, 20, 20}, outer) == Rect{80, 0, 20, 20});
}

TEST_CASE("Rectangles that only touch share no area") {
    Rect const left{0, 0, 10, 10};
    CHECK_FALSE(left.overlaps({10, 0, 10, 10}));
    CHECK(area_shared(left, {10, 0, 10, 10}) == 0);
    CHECK(left.overlaps({9, 9, 10, 10}));
    CHECK(area_shared(left, {9, 9, 10, 10}) == 1);
}
