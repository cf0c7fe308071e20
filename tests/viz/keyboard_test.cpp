// The window with the keyboard alone: Tab, Shift+Tab, Enter, Space and Escape reach and press what the mouse
// does.
#include "change_stage.hpp"

#include <algorithm>
#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

void go_to(Stage& stage, std::string const& wanted) {
    for (int n = 0; n < 300 && stage.app.drawn().focus != wanted; ++n)
        stage.key(Key::tab);
    INFO(wanted);
    REQUIRE(stage.app.drawn().focus == wanted);
}

/// What Tab has no part in: the picture's ground, and what asks where it was pressed; their keys do the same.
bool is_for_the_mouse(std::string const& name) {
    static std::set<std::string> const all{"canvas", "timeline",     "marks",         "overview",
                                           "speed",  "present card", "present shade", "filter outside"};
    return all.contains(name) || name.starts_with("envelope:") || name.starts_with("tag:") ||
           name.starts_with("dns:") || name.starts_with("queue:") || name.starts_with("callout:");
}

} // namespace

TEST_CASE("Tab comes to everything that can be pressed, once, and back again") {
    for (Key const mode : {Key::w, Key::i, Key::b}) {
        ChangeStage stage{denied};
        stage.seek(refusal_moment(stage.app.trace()));
        stage.key(mode);
        stage.frames(3);
        std::set<std::string> reached;
        std::vector<std::string> way;
        for (int n = 0; n < 300; ++n) {
            stage.key(Key::tab);
            if (!reached.insert(stage.app.drawn().focus).second)
                break;
            way.push_back(stage.app.drawn().focus);
        }
        REQUIRE(way.size() > 20);
        CHECK(way.front() == "open"); // the top bar first
        for (auto const& [name, rect] : stage.app.drawn().widgets)
            if (!is_for_the_mouse(name)) {
                INFO(name);
                CHECK(reached.contains(name));
            }
        CHECK(reached.contains("machine:mail.isp.example"));
        CHECK(reached.contains("play"));
        stage.key(Key::tab, {true, false});
        CHECK(stage.app.drawn().focus == way.back());
    }
}

TEST_CASE("Space presses what the keyboard is at, and plays where it is at nothing") {
    Stage stage{denied};
    go_to(stage, "detail:magic");
    stage.key(Key::space);
    CHECK(stage.app.view().detail == Detail::magic);
    CHECK_FALSE(stage.app.view().playing);
    stage.press_at({2, static_cast<float>(stage.size.height) - 2}); // the mouse takes it away
    stage.key(Key::space);
    CHECK(stage.app.view().playing);
}

TEST_CASE("A machine is asked from the keyboard") {
    Stage stage{denied};
    go_to(stage, "machine:mail.isp.example");
    stage.key(Key::enter);
    stage.frames(2);
    REQUIRE(std::holds_alternative<HostId>(stage.app.view().subject));
    CHECK(stage.app.world().hosts[std::get<HostId>(stage.app.view().subject)].name == "mail.isp.example");
}

TEST_CASE("What has the keyboard is framed, in every look") {
    for (ThemeName const theme : {ThemeName::light, ThemeName::dark, ThemeName::projector}) {
        Stage stage{denied};
        stage.app.carry_out(SetTheme{theme});
        stage.frames(3);
        Picture const before = stage.picture();
        go_to(stage, "play");
        Picture const after = stage.picture();
        Rect const around_it = stage.widget("play").inset(-5);
        int changed = 0;
        for (auto y = static_cast<unsigned>(around_it.y); y < static_cast<unsigned>(around_it.bottom()); ++y)
            for (auto x = static_cast<unsigned>(around_it.x); x < static_cast<unsigned>(around_it.right());
                 ++x)
                changed += before.rgb_at(x, y) != after.rgb_at(x, y) ? 1 : 0;
        CHECK(changed > 200);
    }
}

TEST_CASE("Keys that type nothing work while a field has the keyboard") {
    ChangeStage stage{denied};
    stage.key(Key::o, {false, true});
    stage.frames(3);
    stage.key(Key::f11);
    CHECK(stage.app.view().presenting.full_screen);
    stage.key(Key::f11);
    CHECK_FALSE(stage.app.view().presenting.full_screen);
}

TEST_CASE("Tab takes the keyboard out of a field of text again, and Enter presses what it has come to") {
    ChangeStage stage{denied};
    stage.key(Key::b);
    stage.frames(2);
    go_to(stage, "field:/title");
    stage.frames(2);
    stage.type("x");
    CHECK(stage.app.work().is_changed());
    go_to(stage, "play");
    std::string const text = stage.text();
    stage.type("y");
    CHECK(stage.text() == text);
    stage.key(Key::enter);
    CHECK(stage.app.view().playing);
}

TEST_CASE("Tab goes on from the field that was clicked into") {
    ChangeStage stage{denied};
    stage.key(Key::b);
    stage.frames(2);
    stage.press("thing:/people/maya");
    stage.press("field:/people/maya/address");
    stage.type("x");
    std::vector<std::string> const order = stage.app.drawn().order;
    auto const here = std::find(order.begin(), order.end(), "field:/people/maya/address");
    REQUIRE(here != order.end());
    REQUIRE(here + 1 != order.end());
    stage.key(Key::tab);
    stage.frames(2);
    CHECK(stage.app.drawn().focus == *(here + 1));
    stage.key(Key::tab, {true, false});
    CHECK(stage.app.drawn().focus == "field:/people/maya/address");
}

TEST_CASE("Plus and minus are known by what they type, wherever a keyboard has them") {
    Stage stage{denied};
    std::size_t const usual = stage.app.view().speed;
    stage.event(TextTyped{U'+'});
    CHECK(stage.app.view().speed == usual + 1);
    stage.event(TextTyped{U'='}); // the same key, where + needs Shift
    CHECK(stage.app.view().speed == usual + 2);
    stage.event(TextTyped{U'-'});
    CHECK(stage.app.view().speed == usual + 1);
    CHECK(stage.app.view().timeline == TimeWindow{});
}
