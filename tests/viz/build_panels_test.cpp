// What stands in the panels of Build, and how much room it takes.
#include "change_stage.hpp"

#include <algorithm>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// Where the first widget of that beginning stands in the order in which Tab goes from one to the next.
std::ptrdiff_t place_of(ChangeStage const& stage, std::string const& beginning) {
    std::vector<std::string> const& order = stage.app.drawn().order;
    auto const found = std::find_if(order.begin(), order.end(),
                                    [&](std::string const& name) { return name.starts_with(beginning); });
    REQUIRE(found != order.end());
    return found - order.begin();
}

} // namespace

TEST_CASE("In a form the name comes first, and where the picture shows the thing comes last") {
    ChangeStage stage{denied};
    stage.key(Key::b);
    stage.frames(2);
    for (auto const& [thing, called] :
         {std::pair<std::string, std::string>{"/people/maya", "/name"}, {"/networks/hotel", "/label"}}) {
        INFO(thing);
        stage.app.carry_out(WorkIntent{ShowThing{thing}});
        stage.frames(2);
        std::ptrdiff_t const at = place_of(stage, "field:" + thing + "/at");
        CHECK(place_of(stage, "field:" + thing + called) < at);
        for (std::string const& name : stage.app.drawn().order)
            if (name.starts_with("field:" + thing + "/") && name != "field:" + thing + "/at")
                CHECK(place_of(stage, name) < at);
    }
    // When a message is written is nothing of the picture's.
    stage.app.carry_out(WorkIntent{ShowThing{"/mail/0"}});
    stage.frames(2);
    CHECK(place_of(stage, "field:/mail/0/at") < place_of(stage, "field:/mail/0/from"));
}

TEST_CASE("The ways to take back and to save take one row, and leave the room to the form") {
    for (ThemeName const theme : {ThemeName::light, ThemeName::projector})
        for (PictureSize const size : {small_size, large_size}) {
            INFO(static_cast<int>(theme) << ' ' << size.width);
            ChangeStage stage{denied, size};
            stage.app.carry_out(SetTheme{theme});
            stage.key(Key::b);
            stage.frames(2);
            stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/seed", "9"}}, {}}});
            stage.frames(2);
            float const row = stage.widget("undo").y;
            for (char const* const name : {"back to saved", "save", "save as"})
                CHECK(stage.widget(name).y == row);
            CHECK(stage.shape("history").h < 62 * stage.ui.ink().scale); // with the file's name above them
        }
}

TEST_CASE("The keys that one needs while building stand at the foot of the list") {
    ChangeStage stage{denied};
    CHECK_FALSE(stage.shows("keys hint"));
    stage.key(Key::b);
    stage.frames(2);
    Rect const hint = stage.shape("keys hint");
    CHECK(stage.app.drawn().widgets.at("thing:").bottom() < hint.y);
    for (Label const& label : stage.app.drawn().labels)
        CHECK(area_shared(label.rect, hint) <= 0);
    stage.resize({800, 600});
    stage.key(Key::v);
    stage.frames(2);
    CHECK(stage.shows("keys hint"));
}

TEST_CASE(
    "A new world in the projector's letters shows the buttons with which it begins, and says so whole") {
    for (PictureSize const size : {PictureSize{800, 600}, small_size, large_size})
        for (bool const before : {true, false}) {
            INFO(size.width << ' ' << before);
            ChangeStage stage{denied, size};
            auto const look = [&] {
                stage.app.carry_out(SetTheme{ThemeName::projector});
                stage.app.carry_out(SetUiScale{1.3F});
            };
            if (before)
                look();
            stage.key(Key::n, control);
            stage.frames(2);
            if (!before)
                look();
            stage.frames(3);
            for (char const* const name : {"add:/networks", "add:/servers"})
                CHECK(stage.has(name));
            CHECK_FALSE(stage.shows("caption cut"));
            if (stage.app.drawn().shapes.contains("canvas"))
                CHECK(stage.shows("caption whole"));
            stage.frames(400);       // until the notice has gone
            if (stage.has("list")) { // put away by whoever wants to
                stage.click("list");
                CHECK_FALSE(stage.has("add:/servers"));
            }
        }
}

TEST_CASE("That the window is too small for the letters is said beside the ways to save") {
    for (Mode const mode : {Mode::build, Mode::what_if}) {
        ChangeStage stage{denied, {800, 600}};
        stage.app.carry_out(SetMode{mode});
        stage.frames(2);
        stage.app.carry_out(SetUiScale{1.3F});
        stage.frames(3);
        REQUIRE(stage.shows("notice"));
        Rect const notice = stage.shape("notice");
        CHECK(area_shared(notice, stage.shape("history")) <= 0);
        CHECK(area_shared(notice, stage.widget("save as")) <= 0);
    }
}
