// Reading and writing simulated time: the texts of scenario files, the words for people.
#include "catch.hpp"

#include "base/time.hpp"

#include <string>
#include <utility>
#include <vector>

using namespace mailflow;
using namespace std::chrono_literals;

TEST_CASE("durations are read from a number and one unit") {
    std::vector<std::pair<std::string, Duration>> const rows{
        {"250ms", 250ms},  {"90s", 90s},     {"5m", 5min},     {"2h", 2h},          {"5d", 120h},
        {"0s", 0ns},       {"1.5s", 1500ms}, {"0.25h", 15min}, {"0.000001ms", 1ns}, {"007s", 7s},
        {"3650d", 87600h}, {"2.50m", 150s},  {"0.5ms", 500us}, {"604800s", 168h},
    };
    for (auto const& [text, expected] : rows) {
        INFO(text);
        auto const read = parse_duration(text);
        REQUIRE(read.has_value());
        CHECK(read->count() == expected.count());
    }
}

TEST_CASE("what is no duration is not read as one") {
    for (std::string const text : {"",
                                   "s",
                                   "5",
                                   "-5s",
                                   "+5s",
                                   " 5s",
                                   "5 s",
                                   "5s ",
                                   "5S",
                                   "5sec",
                                   "1e3s",
                                   ".5s",
                                   "1.s",
                                   "1.2.3s",
                                   "5m30s",
                                   "3651d",
                                   "99999999999999999999d",
                                   "0.00000000000000001s",
                                   "nan",
                                   "0x5s",
                                   "1,5s"}) {
        INFO(text);
        CHECK_FALSE(parse_duration(text).has_value());
    }
}

TEST_CASE("a duration that is written reads back to the same value") {
    for (Duration const duration : {Duration{0}, Duration{1}, Duration{1'000'001}, Duration{999'999'999},
                                    Duration{250ms}, Duration{90s}, Duration{1min}, Duration{90min},
                                    Duration{24h}, Duration{36h}, longest_run, longest_run - Duration{1}}) {
        INFO(write_duration(duration));
        auto const read = parse_duration(write_duration(duration));
        REQUIRE(read.has_value());
        CHECK(read->count() == duration.count());
    }
}

TEST_CASE("durations are written in the largest unit that needs no fraction") {
    CHECK(write_duration(0ns) == "0s");
    CHECK(write_duration(48h) == "2d");
    CHECK(write_duration(36h) == "36h");
    CHECK(write_duration(90s) == "90s");
    CHECK(write_duration(1500ms) == "1500ms");
    CHECK(write_duration(1500us) == "1.5ms");
    CHECK(write_duration(1ns) == "0.000001ms");
}

TEST_CASE("durations are said as precisely as a reader can use") {
    CHECK(say_duration(0ns) == "0.000 s");
    CHECK(say_duration(164ms) == "0.164 s");
    CHECK(say_duration(12500ms) == "12.5 s");
    CHECK(say_duration(125s) == "2 min 5 s");
    CHECK(say_duration(3h) == "3 h");
    CHECK(say_duration(3h + 59s) == "3 h");
    CHECK(say_duration(28h) == "1 d 4 h");
    CHECK(say_duration(-164ms) == "-0.164 s");
    CHECK(say_instant(Instant{125s}) == "2 min 5 s");
}

TEST_CASE("moments differ by durations and are ordered") {
    Instant const start{2s};
    Instant const end = start + 500ms;
    CHECK((end - start).count() == 500'000'000);
    CHECK(start < end);
    CHECK(end - Duration{500ms} == start);
    CHECK(seconds(end.since_start) == 2.5);
}
