// What a batch plays, in which order, and what it is cut into.
#include "catch.hpp"

#include "batch/pieces.hpp"

#include <set>

using namespace mailflow;
using namespace mailflow::batch;

namespace {

SeedList seeds(std::string_view text) {
    auto read = SeedList::parse(text);
    REQUIRE(std::holds_alternative<SeedList>(read));
    return std::get<SeedList>(read);
}

std::vector<std::uint64_t> all(SeedList const& list) {
    std::vector<std::uint64_t> values;
    for (std::uint64_t i = 0; i < list.size(); ++i)
        values.push_back(list.at(i));
    return values;
}

Factor factor(std::string_view text) {
    auto read = parse_factor(text);
    REQUIRE(std::holds_alternative<Factor>(read));
    return std::get<Factor>(read);
}

std::vector<std::string> values(Factor const& read) {
    std::vector<std::string> values;
    for (Factor::Level const& level : read.levels)
        values.push_back(level.at(0).value());
    return values;
}

Factor table(std::string_view csv) {
    auto read = parse_variations(csv, "v.csv");
    REQUIRE(std::holds_alternative<Factor>(read));
    return std::get<Factor>(read);
}

std::string complaint_about_table(std::string_view csv) {
    auto const read = parse_variations(csv, "v.csv");
    return std::holds_alternative<std::string>(read) ? std::get<std::string>(read) : "";
}

Plan plan() {
    return {.files = {{"a.json", "{}"}, {"b.json", "{ }"}},
            .factors = {factor("/x=1,2,3"), factor("/y=p,q")},
            .seeds = seeds("10..14")};
}

} // namespace

TEST_CASE("seeds are numbers and ranges in the order in which they are written") {
    using Values = std::vector<std::uint64_t>;
    CHECK(all(seeds("7")) == Values{7});
    CHECK(all(seeds("1..4")) == Values{1, 2, 3, 4});
    CHECK(all(seeds("9,1..3,5")) == Values{9, 1, 2, 3, 5});
    CHECK(seeds("0..999999").size() == 1'000'000);
    CHECK(seeds("0..999999").at(999'999) == 999'999);
    CHECK(seeds("18446744073709551615").at(0) == 18446744073709551615U);
}

TEST_CASE("seeds that are none are complained about") {
    for (std::string const text : {"", "1..", "..3", "a", "1,,2", "1-5", "1...5", "-1", "5..1", "1,", "1.5",
                                   "0..18446744073709551615", "1..1000000001", "99999999999999999999"}) {
        CAPTURE(text);
        CHECK(std::holds_alternative<std::string>(SeedList::parse(text)));
    }
    CHECK(std::get<std::string>(SeedList::parse("5..1")) == "5..1 ends before it begins; write 1..5");
}

TEST_CASE("what is given twice would count double, and is complained about") {
    CHECK(std::get<std::string>(SeedList::parse("1,2,1")) == "seed 1 is given twice");
    CHECK(std::get<std::string>(SeedList::parse("1..9,5..12")) == "seed 5 is given twice");
    CHECK(std::get<std::string>(SeedList::parse("5..12,1..9")) == "seed 5 is given twice");
    CHECK(all(seeds("5..9,1..4")).size() == 9);
    CHECK(std::get<std::string>(parse_factor("/a=1,2,1")) == "/a: the value 1 is given twice");
    CHECK(complaint_about_table("/a,/b\n1,2\n1,\n1,2\n") == "v.csv:4: is the variation of line 2 once more");
}

TEST_CASE("rows have a text in its own words, whichever way it was given") {
    using Words = std::vector<std::string>;
    CHECK(values(factor(R"(/a="a,b","1m",2m)")) == Words{"a,b", "1m", "2m"});
    // But as JSON where it would mean something else.
    for (std::string const value : {R"("")", R"("1")", R"("true")", R"("[1]")", R"(" a")", R"("a\nb")"}) {
        CAPTURE(value);
        CHECK(values(factor("/a=" + value)) == Words{value});
    }
}

TEST_CASE("what is given twice in other words is complained about, too") {
    CHECK(std::get<std::string>(parse_factor("/a=1m,60s")) == "/a: the values 1m and 60s are the same");
    for (std::string const values : {"50%,50.0%", R"(postfix,"postfix")", R"(60s,"1m")", "1, 1.0", "0,-0",
                                     R"(["isp.example"],[ "isp.example" ])", "1000B,1kB", R"(true, true)",
                                     R"({"a": 1, "b": ["1m"]},{"b":["60s"],"a":1.0})", R"("x","\u0078")"}) {
        CAPTURE(values);
        CHECK(std::holds_alternative<std::string>(parse_factor("/a=" + values)));
    }
    for (std::string const values : {R"(1,"1")", R"(true,"true")", "[1,2],[2,1]", "x, x", "1m,1MB", "50%,50",
                                     "[],{}", R"("",null)", "9007199254740993,9007199254740992",
                                     R"(["1,2"],["1","2"])", R"({"a":1},{"a":2})", "{,[", "Leo,leo"}) {
        CAPTURE(values);
        CHECK(std::holds_alternative<Factor>(parse_factor("/a=" + values)));
    }
    CHECK(complaint_about_table("/a\n1m\n\"\"\"1m\"\"\"\n") ==
          "v.csv:3: is the variation of line 2 once more");
}

TEST_CASE("values are split at commas that belong to no value") {
    using Values = std::vector<std::string>;
    CHECK(factor("/a/b=1m,5m,1h").pointers == Values{"/a/b"});
    CHECK(values(factor("/a=1m,5m,1h")) == Values{"1m", "5m", "1h"});
    CHECK(values(factor("/a=true")) == Values{"true"});
    CHECK(values(factor(R"(/a=[1,2],["x,y"],{"k": [1,2]})")) ==
          Values{"[1,2]", R"(["x,y"])", R"({"k": [1,2]})"});
    CHECK(values(factor(R"(/a="x,y",z)")) == Values{"x,y", "z"});
    CHECK(values(factor(R"(/a="say \",\"",z)")) == Values{R"(say ",")", "z"});
    CHECK(values(factor("/a=it's 5\" wide,b")) == Values{"it's 5\" wide", "b"});
    CHECK(values(factor("/a=,x")) == Values{"", "x"});
    CHECK(std::holds_alternative<std::string>(parse_factor("a=1,2")));
    CHECK(std::holds_alternative<std::string>(parse_factor("/a")));
}

TEST_CASE("a table of variations has pointers above and a variation in each line") {
    Factor const read = table("\xef\xbb\xbf/a,/b/c\r\n5m,true\r\n,\"[1, 2]\"\r\n\r\n\"say \"\"hi\"\"\",\r\n");
    CHECK(read.pointers == std::vector<std::string>{"/a", "/b/c"});
    REQUIRE(read.levels.size() == 3);
    CHECK(read.levels[0] == Factor::Level{"5m", "true"});
    CHECK(read.levels[1] == Factor::Level{std::nullopt, "[1, 2]"});
    CHECK(read.levels[2] == Factor::Level{"say \"hi\"", std::nullopt});
}

TEST_CASE("a table of variations may end its lines in CR alone, and begin with empty ones") {
    Factor const read = table("\r\r/a,/b\r1,\"x\ry\"\r\r2,\r");
    CHECK(read.pointers == std::vector<std::string>{"/a", "/b"});
    REQUIRE(read.levels.size() == 2);
    CHECK(read.levels[0] == Factor::Level{"1", R"("x\u000dy")"});
    CHECK(read.levels[1] == Factor::Level{"2", std::nullopt});
    CHECK(read.lines == std::vector<std::size_t>{4, 7});
    CHECK(complaint_about_table("\n\n").starts_with("v.csv:"));
    CHECK(complaint_about_table("\n/a,b\n1,2\n").starts_with("v.csv:2: column 2 is \"b\""));
    CHECK(complaint_about_table("/a\r1\r\xc3\r").starts_with("v.csv:3: is not UTF-8"));
}

TEST_CASE("a value with line breaks is the same value on one line") {
    Factor const read = table("/a\n\"two\nlines\"\n\"[1,\r\n2]\"\n\"{\n\"\ntwo lines\n");
    REQUIRE(read.levels.size() == 4);
    CHECK(read.levels[0] == Factor::Level{R"("two\u000alines")"});
    CHECK(read.levels[1] == Factor::Level{"[1,  2]"});
    CHECK(read.levels[2] == Factor::Level{"{ "}); // no text, but JSON with a mistake
    CHECK(read.levels[3] == Factor::Level{"two lines"});
    CHECK(values(factor("/a=two\nlines")) == std::vector<std::string>{R"("two\u000alines")"});
}

TEST_CASE("a variation that leaves all as it is has quotes in its line") {
    Factor const read = table("/title\n\"\"\n\nx\n");
    REQUIRE(read.levels.size() == 2);
    CHECK(read.levels[0] == Factor::Level{std::nullopt});
    CHECK(read.lines == std::vector<std::size_t>{2, 4});
    CHECK(table("/a,/b\n1,\n\n\"\",\n").levels.size() == 2);
    // Whether a line of commas is one, nobody can tell.
    CHECK(complaint_about_table("/a,/b\n1,\n,\n2,\n").starts_with("v.csv:3: has only empty cells; "));
    CHECK(complaint_about_table("/a\n\"\"\nx\n\"\"\n") == "v.csv:4: is the variation of line 2 once more");
}

TEST_CASE("a table of variations that is none is complained about with its line") {
    CHECK(complaint_about_table("").starts_with("v.csv:1: is empty"));
    CHECK(complaint_about_table("/a,b\n1,2\n")
              .starts_with("v.csv:1: column 2 is \"b\", which is no JSON pointer"));
    CHECK(complaint_about_table("/a,/a\n1,2\n") == "v.csv:1: /a heads two columns");
    CHECK(complaint_about_table("/a,/b\n1,2\n3\n") == "v.csv:3: has 1 column, the first line has 2");
    CHECK(complaint_about_table("/a;/b\n1;2\n").starts_with("v.csv:1: has semicolons between its columns"));
    CHECK(complaint_about_table("/a\n") == "v.csv:1: has no variation below its first line");
    CHECK(complaint_about_table("/a\n1\n\"2\n") == "v.csv:3: a quote that opens a field is never closed");
    CHECK(complaint_about_table("/a,/b\n\"1\"x,2\n").starts_with("v.csv:2: something stands between"));
    CHECK(complaint_about_table("/a\t/b\n1\t2\n").starts_with("v.csv:1: has tabs between its columns"));
    CHECK(complaint_about_table("/a\n\xff\n").starts_with("v.csv:2: is not UTF-8"));
    CHECK(complaint_about_table("/a\xff\n1").starts_with("v.csv:1: is not UTF-8"));
    CHECK(complaint_about_table("/a\n1\n\xc3").starts_with("v.csv:3: is not UTF-8"));
}

TEST_CASE("the product runs over files, then factors with the last one fastest, then seeds") {
    Plan const all = plan();
    CHECK(runs(all) == 2 * 6 * 5);
    std::vector<std::string> order;
    for (std::uint64_t run = 0; run < runs(all); run += 5) {
        Place const place = place_of(all, run);
        CHECK(place.seed == 0);
        std::string word = all.files[place.file].name.substr(0, 1);
        for (Override const& put : overrides_of(all, place.variation))
            word += put.value;
        order.push_back(word);
    }
    CHECK(order == std::vector<std::string>{"a1p", "a1q", "a2p", "a2q", "a3p", "a3q", "b1p", "b1q", "b2p",
                                            "b2q", "b3p", "b3q"});
    CHECK(all.seeds.at(place_of(all, 59).seed) == 14);
}

TEST_CASE("an empty cell puts nothing in") {
    Plan const two{.files = {{"a", ""}}, .factors = {table("/a,/b\n1,\n,2\n")}, .seeds = {}};
    CHECK(overrides_of(two, 0) == std::vector<Override>{{"/a", "1"}});
    CHECK(overrides_of(two, 1) == std::vector<Override>{{"/b", "2"}});
    CHECK(runs(two) == 2);
}

TEST_CASE("a plan that contradicts itself is none") {
    Plan twice = plan();
    CHECK(trouble_with(twice).empty());
    twice.factors.push_back(factor("/x=4"));
    CHECK(trouble_with(twice) == "/x is set twice; give all its values at once: /x=VALUE,VALUE");
    for (bool const inner_first : {false, true}) {
        Plan nested = plan();
        nested.factors = {factor("/servers/a.b=1"), table("/servers/a,/servers/a~1/b/c\n1,2\n")};
        CHECK(trouble_with(nested).empty());
        nested.factors.insert(inner_first ? nested.factors.begin() : nested.factors.end(),
                              factor("/servers/a.b/greylist=1m"));
        CHECK(trouble_with(nested) ==
              "/servers/a.b is set, and /servers/a.b/greylist within it; leave one of them out");
    }
    Plan columns = plan();
    columns.factors = {table("/x/y/z,/x\n1,2\n")};
    CHECK(trouble_with(columns) == "/x is set, and /x/y/z within it; leave one of them out");
    Plan seeded = plan();
    seeded.factors.push_back(factor("/seed=1,2"));
    CHECK(trouble_with(seeded).starts_with("/seed is set, and --seeds given"));
    Plan timed = plan();
    timed.factors.push_back(factor("/until=1m,1h"));
    CHECK(trouble_with(timed).empty());
    timed.until = std::chrono::hours{2};
    CHECK(trouble_with(timed).starts_with("/until is set, and --until given"));
    Plan vast = plan();
    vast.seeds = seeds("1..1000000000");
    CHECK(trouble_with(vast).starts_with("this makes 1.2e+10 runs; a batch has at most 1000000000"));
}

TEST_CASE("the shards of a plan have every run once, in order, within one variation") {
    for (std::string const list : {"1", "1..5", "1..64", "1..65", "1..1000"})
        for (std::uint32_t const of : {1U, 2U, 7U, 16U, 500U}) {
            Plan all = plan();
            all.seeds = seeds(list);
            std::set<std::uint64_t> seen;
            for (std::uint32_t number = 1; number <= of; ++number) {
                Pieces const pieces{all, {number, of}};
                std::uint64_t next = 0;
                std::uint64_t count = 0;
                for (std::uint64_t i = 0; i < pieces.size(); ++i) {
                    Piece const piece = pieces.at(i);
                    REQUIRE(piece.count > 0);
                    REQUIRE(piece.first >= next);
                    next = piece.first + piece.count;
                    count += piece.count;
                    CHECK(place_of(all, piece.first).variation == place_of(all, next - 1).variation);
                    for (std::uint64_t run = piece.first; run < next; ++run)
                        REQUIRE(seen.insert(run).second);
                }
                CHECK(count == pieces.run_count());
            }
            CAPTURE(list, of);
            CHECK(seen.size() == runs(all));
            CHECK(*seen.rbegin() == runs(all) - 1);
        }
}

TEST_CASE("shards are written as a number out of so many") {
    CHECK(std::get<Shard>(parse_shard("3/16")) == Shard{3, 16});
    for (std::string const text : {"", "3", "0/4", "5/4", "/", "1/", "/4", "1/4x", "a/b", "-1/4", "1/0"}) {
        CAPTURE(text);
        CHECK(std::holds_alternative<std::string>(parse_shard(text)));
    }
}

TEST_CASE("the fingerprint of a plan changes with everything that its rows depend on") {
    std::set<std::string> prints{fingerprint(plan(), "1")};
    auto const differs = [&](auto change) {
        Plan changed = plan();
        change(changed);
        return prints.insert(fingerprint(changed, "1")).second;
    };
    CHECK(fingerprint(plan(), "1") == fingerprint(plan(), "1"));
    CHECK(prints.insert(fingerprint(plan(), "2")).second);
    CHECK(differs([](Plan& p) { p.files[0].text = "{ } "; }));
    CHECK(differs([](Plan& p) { p.files[0].name = "c.json"; }));
    CHECK(differs([](Plan& p) { p.seeds = seeds("10..15"); }));
    CHECK(differs([](Plan& p) { p.factors[0].levels.pop_back(); }));
    CHECK(differs([](Plan& p) { p.factors[0].levels[0][0] = std::nullopt; }));
    CHECK(differs([](Plan& p) { std::swap(p.factors[0], p.factors[1]); }));
    CHECK(differs([](Plan& p) { p.factors[0].table = "v.csv"; }));
    CHECK(differs([](Plan& p) { p.factors[0].lines = {2, 3, 5}; }));
    CHECK(differs([](Plan& p) { p.until = std::chrono::hours{1}; }));
    CHECK(differs([](Plan& p) { p.limits.events = 5; }));
    CHECK(differs([](Plan& p) { p.limits.bytes = 5; }));
    CHECK(differs([](Plan& p) { p.limits.simulated_time = std::chrono::hours{1}; }));
}
