// Whether a message costs the same, whatever the size of the workload.
#include "catch.hpp"

#include "bench/workload.hpp"

#include <algorithm>

using namespace mailflow::bench;

TEST_CASE("flatness is the dearest message beside the cheapest, once all workloads were measured") {
    Flatness const flatness{"flat", "", {"small", "middle", "large"}};
    CHECK_FALSE(ratio_of(flatness, {{"small", 100}, {"large", 150}}));
    CHECK(ratio_of(flatness, {{"small", 100}, {"middle", 80}, {"large", 160}, {"other", 9000}}) == 2.0);
}

TEST_CASE("flatness is told of workloads that there are") {
    for (Flatness const& flatness : flatnesses())
        for (std::string_view const wanted : flatness.works)
            CHECK(std::any_of(workloads().begin(), workloads().end(),
                              [&](Workload const& work) { return work.name == wanted; }));
}
