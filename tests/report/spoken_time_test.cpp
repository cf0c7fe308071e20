// Times in stories can be said aloud.
#include "catch.hpp"

#include "report/spoken_time.hpp"

using namespace mailflow;
using namespace std::chrono_literals;

TEST_CASE("a story says times as precisely as somebody would who tells it") {
    CHECK(say_roughly(0ns) == "0 s");
    CHECK(say_roughly(45ms) == "0.045 s");
    CHECK(say_roughly(895ms) == "0.9 s");
    CHECK(say_roughly(5s) == "5 s");
    CHECK(say_roughly(9949ms) == "9.9 s");
    CHECK(say_roughly(9950ms) == "10 s");
    CHECK(say_roughly(59'499ms) == "59 s");
    CHECK(say_roughly(59'500ms) == "1 min");
    CHECK(say_roughly(80s) == "1 min 20 s");
    CHECK(say_roughly(16min + 58s) == "17 min");
    CHECK(say_roughly(59min + 30s) == "1 h");
    CHECK(say_roughly(3h + 33min + 2s) == "3 h 33 min");
    CHECK(say_roughly(23h + 59min + 40s) == "1 day");
    CHECK(say_roughly(50h + 29min) == "2 days 2 h");
    CHECK(say_after(Instant{3h}) == "after 3 h");
}
