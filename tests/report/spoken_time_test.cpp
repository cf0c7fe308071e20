// Times in stories can be said aloud.
#include "catch.hpp"

#include "report/words/spoken_time.hpp"

#include <string>

using namespace mailflow;
using namespace std::chrono_literals;

TEST_CASE("a story says times as precisely as somebody would who tells it") {
    CHECK(say_roughly(0ns) == "0 s");
    CHECK(say_roughly(5ms) == "0.005 s");
    CHECK(say_roughly(45ms) == "0.05 s");
    CHECK(say_roughly(94ms) == "0.09 s");
    CHECK(say_roughly(95ms) == "0.1 s");
    CHECK(say_roughly(895ms) == "0.9 s");
    CHECK(say_roughly(5s) == "5 s");
    CHECK(say_roughly(9949ms) == "9.9 s");
    CHECK(say_roughly(9950ms) == "10 s");
    CHECK(say_roughly(59'499ms) == "59 s");
    CHECK(say_roughly(59'500ms) == "1 min");
    CHECK(say_roughly(80s) == "1 min 20 s");
    CHECK(say_roughly(8min + 59'140ms) == "9 min");
    CHECK(say_roughly(599'960ms) == "10 min");
    CHECK(say_roughly(14min + 600ms) == "14 min");
    CHECK(say_roughly(16min + 58s) == "17 min");
    CHECK(say_roughly(26min + 43s) == "26 min 40 s");
    CHECK(say_roughly(59min + 30s) == "59 min 30 s");
    CHECK(say_roughly(59min + 56s) == "1 h");
    CHECK(say_roughly(3h + 33min + 2s) == "3 h 33 min");
    CHECK(say_roughly(2h + 26min + 50s) == "2 h 27 min");
    CHECK(say_roughly(23h + 59min + 20s) == "23 h 59 min");
    CHECK(say_roughly(23h + 59min + 40s) == "1 day");
    CHECK(say_roughly(119h + 45min) == "4 days 23 h 45 min");
    CHECK(say_roughly(50h) == "2 days 2 h");
    CHECK(say_roughly(120h + 20s) == "5 days");
    CHECK(say_after(Instant{3h}) == "after 3 h");
}

TEST_CASE("from a minute on a time is said as it stands in the margin, in the same minutes or hours") {
    for (Duration time = 1min; time < 30h; time += 7777ms) {
        CAPTURE(time.count());
        std::string spoken = say_roughly(time);
        if (std::size_t const day = spoken.find(" day"); day != std::string::npos)
            spoken.replace(day, spoken.find("days") == day + 1 ? 5 : 4, " d");
        CHECK(spoken == say_clock(time));
    }
}

TEST_CASE("below a minute the margin is exact") {
    CHECK(say_clock(164ms) == "0.164 s");
    CHECK(say_clock(59'940ms) == "59.9 s");
    CHECK(say_clock(59'960ms) == "1 min");
    CHECK(say_clock(5min + 800ms) == "5 min");
    CHECK(say_clock(28h) == "1 d 4 h");
    CHECK(say_clock(28h + 7min) == "1 d 4 h 7 min");
    CHECK(say_clock(24h + 7min) == "1 d 7 min");
}

TEST_CASE("a time between two of the margin leads from the one to the other") {
    CHECK(say_between(119h + 7min + 10s, 120h + 20s) == "53 min");
    CHECK(say_between(1h + 29s, 2h + 58s) == "1 h 1 min");
    CHECK(say_between(40min + 9s, 80min + 18s) == "40 min 10 s");
    CHECK(say_between(6h + 40ms, 6h + 845ms) == "0.8 s"); // the margin shows the same for both
}

TEST_CASE("a round time is said with the digits that it has") {
    CHECK(say_exactly(0s) == "0 s");
    CHECK(say_exactly(475ms) == "0.475 s");
    CHECK(say_exactly(3h) == "3 h");
    CHECK(say_exactly(3h + 10min) == "3 h 10 min");
    CHECK(say_exactly(3h + 950ms) == "3 h 0.95 s");
    CHECK(say_exactly(51h + 30s) == "2 d 3 h 30 s");
}

TEST_CASE("no moment of a run is later than the run is said to be long") {
    CHECK(say_length(690ms) == "0.690 s");
    CHECK(say_length(30'180ms) == "30.2 s");
    CHECK(say_length(5min + 1ms) == "5 min 1 s");
    CHECK(say_length(3h) == "3 h");
    CHECK(say_length(3h + 950ms) == "3 h 1 s");
    CHECK(say_length(3h + 10min) == "3 h 10 min");
    CHECK(say_length(26h + 1s) == "1 d 2 h 1 min");
}
