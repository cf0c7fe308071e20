// The animation's clock and the timeline's axis.
#include "catch.hpp"

#include "viz/shown/pace.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

/// A tenth of a second of talk, two hours of nothing, and as much talk again.
Trace waiting_trace() {
    Trace trace;
    for (Duration const from : {Duration{0}, Duration{2h}})
        for (Duration at = from; at <= from + 100ms; at += 10ms)
            trace.events.push_back({Instant{at}, MessageSubmitted{}});
    trace.ended_at = Instant{2h + 100ms};
    return trace;
}

} // namespace

TEST_CASE("Hours in which nothing happens are one idle stretch, and short on the timeline") {
    Pace const pace{waiting_trace()};
    REQUIRE(pace.stretches().size() == 3);
    Stretch const& idle = pace.stretches()[1];
    CHECK(idle.idle);
    CHECK(idle.from == Instant{100ms});
    CHECK(idle.to == Instant{2h});
    CHECK(idle.axis_to - idle.axis_from < 0.2);
    CHECK(pace.idle_at(Instant{1h}) == &idle);
    CHECK(pace.idle_at(Instant{50ms}) == nullptr);
}

TEST_CASE("The timeline's axis goes from 0 to 1, rises, and can be read both ways") {
    Pace const pace{waiting_trace()};
    CHECK(pace.axis_of({}) == 0);
    CHECK(pace.axis_of(pace.end()) == 1);
    double last = -1;
    for (int part = 0; part <= 100; ++part) {
        Instant const at = pace.at_axis(part / 100.0);
        CHECK(pace.axis_of(at) == Approx(part / 100.0).margin(0.001));
        CHECK(pace.axis_of(at) > last);
        last = pace.axis_of(at);
    }
}

TEST_CASE("Two idle hours take two seconds to watch, and talk takes the time that the speed gives it") {
    Pace const pace{waiting_trace()};
    Speed const tenth{1, 10};
    CHECK(pace.advance({}, 0.5, tenth) == Instant{50ms});
    CHECK(pace.advance({}, 1.0, tenth) == Instant{100ms});
    CHECK(seconds(pace.advance({}, 2.0, tenth).since_start) == Approx(3600.05).epsilon(0.001));
    CHECK(pace.advance({}, 3.5, tenth) == Instant{2h + 50ms});
    CHECK(pace.advance({}, 60, tenth) == pace.end());
}

TEST_CASE("The clock advances the same however the watching is cut into frames") {
    Pace const pace{waiting_trace()};
    Speed const tenth{1, 10};
    Instant stepped;
    for (int frame = 0; frame < 30; ++frame)
        stepped = pace.advance(stepped, 1.0 / 60, tenth);
    CHECK(seconds(stepped - pace.advance({}, 0.5, tenth)) == Approx(0).margin(1e-6));
}

TEST_CASE("An empty run has an end and a timeline") {
    Pace const pace{Trace{}};
    CHECK(pace.end() == Instant{});
    CHECK(pace.advance({}, 1, {1, 1}) == Instant{});
    CHECK(pace.at_axis(0.5) == Instant{});
}
