// What one value of one parameter does, whatever the others are.
#include "catch.hpp"

#include "batch/totals.hpp"

#include <utility>

using namespace mailflow::batch;

namespace {

std::vector<Column> const columns{{"run", ColumnType::whole},
                                  {"/servers/a/greylist", ColumnType::parameter},
                                  {"/servers/a/software", ColumnType::parameter},
                                  {"seed", ColumnType::whole},
                                  {"delivered", ColumnType::whole}};

using Row = std::vector<std::string>;

} // namespace

TEST_CASE("each value of each of several parameters has its total over all others") {
    Totals totals{columns, {4}};
    std::size_t variation = 0;
    for (Row const& row : {Row{"1", "1m", "exim", "7", "4"}, Row{"2", "1m", "qmail", "7", "6"},
                           Row{"3", "5m", "exim", "7", "1"}, Row{"4", "5m", "qmail", "7", ""},
                           Row{"5", "", "qmail", "7", "9"}})
        totals.see(row, variation++);
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
    Totals totals{columns, {4}};
    totals.see({"1", "1m", "exim", "7", "4"}, 0);
    totals.see({"2", "5m", "exim", "7", "6"}, 1);
    CHECK(totals.all().empty());
}

TEST_CASE("the interval of a total is over the seeds, not over the values of the other parameter") {
    std::vector<Row> rows; // the software makes a hundred, the seed one
    for (std::string const greylist : {"1m", "5m"})
        for (auto const& [software, hundreds] : {std::pair{"exim", 1}, std::pair{"qmail", 2}})
            for (int seed = 1; seed <= 3; ++seed)
                rows.push_back({"1", greylist, software, std::to_string(seed),
                                std::to_string(100 * hundreds + (seed == 2 ? 1 : 0) + (seed == 3 ? 5 : 0))});
    auto const totals_of = [&rows] {
        Totals totals{columns, {4}};
        for (std::size_t i = 0; i < rows.size(); ++i)
            totals.see(rows[i], i / 3);
        return totals.all();
    };
    auto const all = totals_of();
    CHECK(all[0].name == "greylist=1m");
    CHECK(all[0].spreads[0]->count == 6);
    CHECK(all[0].spreads[0]->mean == Approx(152));
    REQUIRE(all[0].spreads[0]->margin.has_value()); // of 150, 151 and 155: 4.3027 * 2.6458 / sqrt(3)
    CHECK(*all[0].spreads[0]->margin == Approx(6.572).margin(0.001));
    rows[1].back().clear(); // a seed that is not in every variation
    CHECK_FALSE(totals_of()[0].spreads[0]->margin.has_value());
    CHECK(totals_of()[1].spreads[0]->margin.has_value());
    for (std::size_t i = 0; i < 3; ++i) // a variation without a number
        rows[i].back().clear();
    CHECK(totals_of()[0].spreads[0]->count == 3);
    CHECK_FALSE(totals_of()[0].spreads[0]->margin.has_value());
}
