// Handing out pieces, and what becomes of those that are still out when the batch is over.
#include "catch.hpp"

#include "batch/dispatch.hpp"

using namespace mailflow::batch;

TEST_CASE("what comes back after the close is dropped, and nothing more is handed out") {
    Plan const plan{
        .files = {{"a.json", "{}"}, {"b.json", "{}"}, {"c.json", "{}"}}, .factors = {}, .seeds = {}};
    Pieces const pieces{plan, {}};
    auto made = Spool::create("", head_of(plan, pieces, {}, "1"));
    auto& spool = std::get<Spool>(made);
    Dispatch dispatch{pieces, spool, 10};
    auto const first = dispatch.next();
    auto const second = dispatch.next();
    REQUIRE(first);
    REQUIRE(second);
    dispatch.put(*first, "1,a.json\n");
    CHECK(spool.row_count() == 1);
    dispatch.close();
    CHECK(dispatch.stopped());
    dispatch.put(*second, "2,b.json\n");
    CHECK(spool.row_count() == 1);
    CHECK_FALSE(dispatch.next());
}
