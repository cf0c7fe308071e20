// On a projector the type is larger; the panels and cards keep their places and their type all the same.
#include "change_stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

void project(ChangeStage& stage) {
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.frames(3);
}

int rungs_of(ChangeStage const& stage) {
    int rungs = 0;
    while (stage.shows("rung:" + std::to_string(rungs)))
        ++rungs;
    return rungs;
}

bool has_value(ChangeStage& stage, int rung) {
    return stage.shows("reason:" + std::to_string(rung));
}

/// The last one up to the moment that is shown.
DecisionId decision_at(ChangeStage const& stage) {
    DecisionId last{};
    for (Event const& event : stage.app.trace().events)
        if (auto const* made = std::get_if<DecisionMade>(&event.happening);
            made != nullptr && event.at <= stage.app.view().now)
            last = made->decision;
    return last;
}

} // namespace

TEST_CASE("On a projector of 1920x1080 all panels stand beside the picture") {
    ChangeStage stage{denied, large_size};
    project(stage);
    CHECK(stage.has("filter"));
    stage.click("mode:build");
    CHECK(stage.has("add:/networks"));
    CHECK(stage.has("machine:mail.isp.example"));
}

TEST_CASE("On a projector of 1280x720 the list that is built from stands beside the form") {
    ChangeStage stage{denied};
    project(stage);
    stage.click("mode:build");
    stage.press("add:/networks");
    CHECK(stage.app.work().is_changed());
    CHECK(stage.has("remove:" + stage.app.view().work.thing));
    CHECK(stage.has("machine:mail.isp.example"));
}

TEST_CASE("The card of signs has the type of the rest of the window, and scrolls where it is longer") {
    ChangeStage stage{denied, small_size};
    stage.key(Key::s);
    stage.frames(2);
    float const usual = stage.shape("sign:a mail server").h;
    stage.key(Key::s);
    project(stage);
    stage.key(Key::s);
    stage.frames(2);
    CHECK(stage.shape("sign:a mail server").h == Approx(usual * 1.16F).epsilon(0.02));
    Rect const card = stage.shape("signs");
    CHECK(Rect{0, 0, 1280, 720}.contains(card));
    stage.scroll(card.centre(), -1000);
    CHECK(stage.shape("sign:a mailbox with two messages").bottom() <= card.bottom());
    CHECK(stage.shape("sign:put off: it is tried again later").bottom() <= card.bottom());
    stage.click("close signs");
    CHECK(stage.app.view().card == Card::none);
}

TEST_CASE("At the refusal the ladder stands first, from its head to the rule that decided, at every size") {
    for (char const* const lesson : {denied, "14-admin-mends-it"})
        for (PictureSize const size : {small_size, large_size})
            for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
                INFO(lesson << " " << size.width << " " << theme_of(theme).words);
                ChangeStage stage{lesson, size};
                stage.app.carry_out(SetTheme{theme});
                stage.frames(3);
                stage.key(Key::n);
                stage.frames(4);
                int const rungs = rungs_of(stage);
                REQUIRE(rungs > 1);
                // Each has its value, too; but in large letters in a small window only the one that decided,
                // as long as nobody has chosen the decision.
                bool const has_room = theme == ThemeName::light || size == large_size;
                for (int i = has_room ? 0 : rungs - 1; i < rungs; ++i)
                    CHECK(has_value(stage, i));
                Rect const panel = stage.shape("details");
                CHECK(stage.shape("ladder").y >= panel.y);
                CHECK(stage.shape("rung:" + std::to_string(rungs - 1)).bottom() <= panel.bottom());
                Rect const box = stage.shape("advice");
                CHECK(box.y >= stage.shape("rung:" + std::to_string(rungs - 1)).bottom());
                stage.app.carry_out(Choose{decision_at(stage)});
                stage.frames(3);
                for (int i = 0; i < rungs; ++i)
                    CHECK(has_value(stage, i));
            }
}
