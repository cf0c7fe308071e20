// What one value of one parameter does, whatever the others are.
#include "catch.hpp"

#include "batch/totals.hpp"

using namespace mailflow::batch;

namespace {

std::vector<Column> const columns{{"run", ColumnType::whole},
                                  {"/servers/a/greylist", ColumnType::parameter},
                                  {"/servers/a/software", ColumnType::parameter},
                                  {"delivered", ColumnType::whole}};

using Row = std::vector<std::string>;

} // namespace

TEST_CASE("each value of each of several parameters has its total over all others") {
    Totals totals{columns, {3}};
    for (Row const& row :
         {Row{"1", "1m", "exim", "4"}, Row{"2", "1m", "qmail", "6"}, Row{"3", "5m", "exim", "1"},
          Row{"4", "5m", "qmail", ""}, Row{"5", "", "qmail", "9"}})
        totals.see(row);
    auto const all = totals.all();
    REQUIRE(all.size() == 5);
    CHECK(all[0].name == "greylist=1m");
    CHECK(all[0].spreads[0]->count == 2);
    CHECK(all[0].spreads[0]->mean == 5);
    CHECK(all[1].spreads[0]->count == 1); // a run without a number is none
    CHECK(all[2].name == "greylist=as in the file");
    CHECK(all[3].name == "software=exim");
    CHECK(all[3].spreads[0]->mean == 2.5);
    CHECK(all[4].spreads[0]->mean == 7.5);
}

TEST_CASE("where only one parameter has several values, the variations say it all") {
    Totals totals{columns, {3}};
    totals.see({"1", "1m", "exim", "4"});
    totals.see({"2", "5m", "exim", "6"});
    CHECK(totals.all().empty());
}
