// The words below the timeline: the times of a run, from its days down to its milliseconds.
#include "stage.hpp"

#include "viz/panels/panels.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

std::vector<Rect> times_of(Stage const& stage) {
    std::vector<Rect> times;
    for (auto const& [name, rect] : stage.app.drawn().shapes) // each is named after its words
        if (name.starts_with("time:"))
            times.push_back(rect);
    return times;
}

} // namespace

TEST_CASE("However close the timeline is looked at, its times can be told apart") {
    for (auto const& [lesson, key] : {std::pair{"14-admin-mends-it", Key::end}, std::pair{denied, Key::n}}) {
        INFO(lesson);
        Stage stage{lesson};
        stage.key(key);
        for (int closer = 0; closer < 3; ++closer)
            stage.key(Key::k);
        stage.frames(2);
        std::vector<Rect> const times = times_of(stage);
        CHECK(times.size() >= 4);
        Rect const track = stage.shape("track");
        for (std::size_t i = 0; i < times.size(); ++i) {
            CHECK(times[i].x >= track.x);
            CHECK(times[i].right() <= track.right());
            for (std::size_t k = 0; k < i; ++k)
                CHECK_FALSE(times[i].overlaps(times[k]));
        }
    }
}

TEST_CASE("What is told of one event has the milliseconds of its row") {
    Stage stage{"45-a-town-writes"};
    for (int refusals = 0; refusals < 4; ++refusals)
        stage.key(Key::n);
    stage.frames(2);
    Instant const now = stage.app.view().now;
    stage.app.carry_out(Choose{EventSubject{static_cast<EventNumber>(stage.app.state().applied - 1)}});
    stage.frames(3);
    CHECK(stage.shows("note:" + say_clock(now)));
}
