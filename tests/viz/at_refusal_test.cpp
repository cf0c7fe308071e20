// What stands beside a refusal: the rules, with the decision found by its record, and who has to mend it.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

void at_refusal(ChangeStage& stage, int which) {
    for (int n = 0; n < which; ++n)
        stage.key(Key::n);
    stage.frames(3);
}

void project(ChangeStage& stage) {
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.frames(3);
}

/// The recipient as the client said it.
bool is_plain(Trace const& trace, Refusal const& refusal) {
    for (auto const& record : trace.decisions)
        if (record.session == refusal.session && record.recipient == refusal.recipient)
            return true;
    return false;
}

} // namespace

TEST_CASE("Each refusal and each bounce of a population's mail says who has to mend it") {
    ChangeStage stage{"45-a-town-writes", large_size};
    std::size_t said = 0;
    for (int n = 1; n <= 6; ++n) {
        at_refusal(stage, 1);
        INFO(n);
        CHECK(stage.shows("advice"));
        said += stage.app.state().refusals.size();
    }
    CHECK(said > 0);
}

TEST_CASE("A refused address with a trick in it has the ladder by which it was refused") {
    ChangeStage stage{"43-probing", large_size};
    int tricks = 0;
    for (int n = 1; n <= 5; ++n) {
        at_refusal(stage, 1);
        REQUIRE_FALSE(stage.app.state().refusals.empty());
        INFO(n);
        tricks += is_plain(stage.app.trace(), stage.app.state().refusals.back()) ? 0 : 1;
        CHECK(stage.shows("ladder"));
        CHECK(stage.shows("rung:0"));
    }
    CHECK(tricks > 0);
}

TEST_CASE("On a projector the reasons, the reply and the answer who mends it are all seen") {
    for (char const* const lesson : {denied, "34-open-relay-abused", "43-probing"}) {
        INFO(lesson);
        ChangeStage stage{lesson, large_size};
        project(stage);
        at_refusal(stage, 1);
        Rect const panel = stage.shape("details");
        int rungs = 0;
        for (; stage.shows("rung:" + std::to_string(rungs)); ++rungs)
            CHECK(stage.shows("reason:" + std::to_string(rungs)));
        CHECK(rungs > 1);
        CHECK(panel.contains(stage.shape("ladder")));
        REQUIRE(stage.shows("advice"));
        CHECK_FALSE(stage.shows("advice words")); // which are scrolled
        CHECK(panel.contains(stage.shape("advice")));
    }
}

TEST_CASE("On a small projector the heading stays, and the answer begins with a whole sentence") {
    for (char const* const lesson : {denied, "34-open-relay-abused", "43-probing", "14-admin-mends-it"}) {
        INFO(lesson);
        ChangeStage stage{lesson, small_size};
        project(stage);
        at_refusal(stage, 1);
        Rect const panel = stage.shape("details");
        CHECK(stage.shape("ladder").y >= panel.y);
        REQUIRE(stage.shows("advice"));
        CHECK(panel.contains(stage.shape("advice")));
        bool const is_whole = !stage.shows("advice words"); // else it is scrolled
        CHECK((is_whole || stage.shape("advice").h >= 4.5F * stage.ui.ink().fonts.small.size));
    }
}
