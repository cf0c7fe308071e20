// The table for people, of rows that are made up.
#include "catch.hpp"

#include "batch/formats/formats.hpp"

#include <cstdlib>
#include <filesystem>
#include <map>
#include <unistd.h>

using namespace mailflow;
using namespace mailflow::batch;

namespace {

/// Of runs that came out as expected; what is not said of them is 0.
class MadeUpRows final : public Rows {
public:
    MadeUpRows(std::vector<std::map<std::string, std::string>> const& runs,
               std::vector<std::string> const& parameters, std::uint64_t missing)
        : columns_{columns_with(parameters)}
        , missing_{missing} {
        for (std::size_t run = 0; run < runs.size(); ++run) {
            std::string row;
            for (Column const& column : columns_) {
                auto const said = runs[run].find(column.name);
                row += row.empty()                ? std::to_string(run + 1)
                       : said != runs[run].end()  ? "," + said->second
                       : column.name == "status"  ? std::string{",met"}
                       : column.name == "trouble" ? std::string{","}
                                                  : std::string{",0"};
            }
            rows_.push_back(row + "\n");
        }
    }

    [[nodiscard]] std::vector<Column> const& columns() const override { return columns_; }
    [[nodiscard]] std::string_view next() override {
        return next_ < rows_.size() ? std::string_view{rows_[next_++]} : std::string_view{};
    }
    void rewind() override { next_ = 0; }
    [[nodiscard]] std::uint64_t whole_count() const override { return rows_.size() + missing_; }
    [[nodiscard]] std::string const& trouble() const override { return trouble_; }

private:
    std::vector<Column> columns_;
    std::vector<std::string> rows_;
    std::size_t next_ = 0;
    std::uint64_t missing_;
    std::string trouble_;
};

std::string table_of(std::vector<std::map<std::string, std::string>> const& runs, std::uint64_t missing = 0,
                     std::vector<std::string> const& parameters = {}) {
    std::string name = (std::filesystem::temp_directory_path() / "mailflow-test-XXXXXX").string();
    Descriptor const made{::mkstemp(name.data())};
    REQUIRE(made.open());
    MadeUpRows rows{runs, parameters, missing};
    PackedOutput to{name, Compression::none};
    write_table(rows, to);
    CHECK(to.commit().empty());
    std::string const text = std::get<std::string>(read_file(name));
    ::unlink(name.c_str());
    return text;
}

bool contains(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

TEST_CASE("large numbers have all their whole digits") {
    std::string const table =
        table_of({{{"delivered", "161457"}, {"refused", "99999"}, {"bounced", "1234567"}},
                  {{"delivered", "161925"}, {"refused", "100001"}, {"bounced", "1234569"}}});
    CHECK(contains(table, " 161691 "));
    CHECK(contains(table, " 158718 .. 164664 "));
    CHECK(contains(table, " 100000 "));
    CHECK(contains(table, "   1234567   1234567   1234569\n"));
    CHECK_FALSE(contains(table, "e+"));
}

TEST_CASE("numbers that are not whole have the digits that matter") {
    std::string const table = table_of({{{"delay_mean_s", "0.483053"}}, {{"delay_mean_s", "0.487690"}}});
    CHECK(contains(table, " 0.48537 "));
    CHECK(contains(table, "  0.483053  0.483053   0.48769\n"));
}

TEST_CASE("a table of which runs are missing says so first") {
    std::vector<std::map<std::string, std::string>> const two{{{"delivered", "3"}}, {{"delivered", "4"}}};
    CHECK(table_of(two, 998).starts_with("Interrupted: only 2 of 1000 runs are in this table.\n2 runs of "));
    CHECK(table_of(two).starts_with("2 runs of "));
    CHECK(table_of({}, 7).starts_with("Interrupted: only 0 of 7 runs are in this table.\n"));
}

TEST_CASE("a delay that is always the same is that of the runs which have one") {
    std::map<std::string, std::string> const late{{"delay_mean_s", "2"}};
    CHECK(contains(table_of({late, late}), "\nmean delay of the delivered, s: 2 in every run\n"));
    CHECK(contains(table_of({late, {{"delay_mean_s", ""}}}),
                   "\nmean delay of the delivered, s: 2 in every run that has one\n"));
}

TEST_CASE("an interval of what cannot be negative does not reach below 0") {
    std::string const table = table_of({{{"refused", "0"}}, {{"refused", "0"}}, {{"refused", "9"}}});
    CHECK(
        contains(table, "  all runs      3         3           0 .. 15.908         0         0         9\n"));
    CHECK_FALSE(contains(table, "-"));
}

TEST_CASE("the delays of honest mail have a block of their own where spam is among the others") {
    std::map<std::string, std::string> const plain{{"delay_mean_s", "3"}, {"honest_delay_mean_s", "3"}};
    std::map<std::string, std::string> const spam{{"delay_mean_s", "2"}, {"honest_delay_mean_s", "5"}};
    CHECK_FALSE(contains(table_of({plain, plain}), "spam left out"));
    CHECK(contains(table_of({plain, spam}), "\nmean delay of the delivered, spam left out, s\n"));
    CHECK(contains(table_of({spam, spam}),
                   "\nmean delay of the delivered, spam left out, s: 5 in every run\n"));
}

TEST_CASE("troubles that differ in their numbers alone are one line of the table") {
    std::string const table = table_of({{{"trouble", "came out 1"}}, {{"trouble", "came out 2"}}});
    CHECK(contains(table, "\n2 runs, first run 1: came out 1 (and other numbers)\n"));
}

TEST_CASE("a long name leaves out its middle, and says where its rows are") {
    std::string const beginning(80, 'x');
    std::string umlauts;
    for (int i = 0; i < 60; ++i)
        umlauts += "ü";
    std::string const table = table_of({{{"/a", beginning + "1"}, {"delivered", "1"}},
                                        {{"/a", beginning + "2"}, {"delivered", "2"}},
                                        {{"/a", umlauts.substr(4)}, {"delivered", "3"}},
                                        {{"/a", umlauts}, {"delivered", "4"}}},
                                       0, {"/a"});
    std::string const shown = "a=" + std::string(21, 'x') + "…" + std::string(22, 'x');
    CHECK(contains(table, "\n  " + shown + "1 (from run 1)      1         1 "));
    CHECK(contains(table, "\n  " + shown + "2 (from run 2)      1         2 "));
    CHECK(contains(table, "\n  a=" + umlauts.substr(4) + "      1         3 ")); // of sixty letters
    CHECK(contains(table, "ü (from run 4)      1         4 "));
}

TEST_CASE("what a table says of every run is true of those, too, that it has no room for") {
    std::vector<std::map<std::string, std::string>> runs;
    for (int i = 0; i < 250; ++i)
        runs.push_back({{"/a", std::to_string(i)},
                        {"refused", i < 120 ? "1" : "0"},
                        {"delivered", i < 120 ? "0" : "1"},
                        {"bounced", "7"},
                        {"delay_mean_s", "2"},
                        {"honest_delay_mean_s", i < 120 ? "2" : "3"}});
    std::string const table = table_of(runs, 0, {"/a"});
    CHECK_FALSE(contains(table, "refused, recipients of a run: "));
    CHECK(contains(table, "\ndelivered, recipients of a run\n"));
    CHECK(contains(table, "\nbounced, recipients of a run: 7 in every run\n"));
    CHECK(contains(table, "\nmean delay of the delivered, spam left out, s\n"));
    CHECK(contains(table, "\n  a=99 "));
    CHECK_FALSE(contains(table, "\n  a=100 "));
    CHECK(contains(table, "\n  ... and 150 more variations; --format csv has them all\n"));
}

TEST_CASE("variations without a number take no room from those that have one") {
    std::vector<std::map<std::string, std::string>> runs;
    for (int i = 0; i < 136; ++i)
        runs.push_back({{"/a", std::to_string(i)},
                        {"status", i < 40 ? "invalid" : "met"},
                        {"delivered", i < 40 ? "" : std::to_string(i)},
                        {"delay_mean_s", i < 130 ? "" : std::to_string(i)}});
    std::string const table = table_of(runs, 0, {"/a"});
    CHECK_FALSE(contains(table, "\n  a=39 "));
    CHECK(contains(table, "\n  a=40 "));
    CHECK(contains(table, "\n  a=135 "));
    CHECK_FALSE(contains(table, "... and"));
    CHECK(table.find("mean delay") < table.rfind("\n  a=130 "));
}

TEST_CASE("totals that a table has no room for are told of") {
    std::vector<std::map<std::string, std::string>> runs;
    for (int i = 0; i < 120; ++i)
        for (std::string const b : {"x", "y"})
            runs.push_back({{"/a", std::to_string(i)}, {"/b", b}, {"delivered", std::to_string(i)}});
    std::string const table = table_of(runs, 0, {"/a", "/b"});
    CHECK(contains(table, "\n  ... and 140 more variations; --format csv has them all\n  all with a=0 "));
    CHECK(contains(table, "\n  ... and 22 more single values\n"));
}

TEST_CASE("a variation that was cut off leaves no interval to the total over it") {
    std::vector<std::map<std::string, std::string>> runs;
    for (std::string const a : {"10", "15"})
        for (std::string const b : {"20%", "60%"})
            for (int seed = 1; seed <= 3; ++seed)
                runs.push_back({{"/a", a},
                                {"/b", b},
                                {"seed", std::to_string(seed)},
                                {"status", a + b == "1560%" ? "limit" : "met"},
                                {"delivered", std::to_string(100 + seed)}});
    std::string const table = table_of(runs, 0, {"/a", "/b"});
    CHECK(contains(table, "\n  all with a=10       6       102      99.516 .. 104.48 "));
    CHECK(contains(table, "\n  all with a=15       3       102                     - "));
    CHECK(contains(table, "\n  all with b=60%      3       102                     - "));
}
