// Small and narrow windows: what has no place beside the rest can be brought out, and every control is within
// reach, in the header, in the bar of time, or on the card of what has no place.
#include "change_stage.hpp"

#include <algorithm>
#include <array>
#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr std::array all_themes{ThemeName::light, ThemeName::dark, ThemeName::projector};
constexpr std::array all_modes{Mode::watch, Mode::what_if, Mode::build};

std::set<std::string> const everywhere{"open",
                                       "mode:watch",
                                       "mode:what if",
                                       "mode:build",
                                       "detail:magic",
                                       "detail:servers",
                                       "detail:protocol",
                                       "present",
                                       "signs",
                                       "keys",
                                       "to start",
                                       "refusal before",
                                       "step back",
                                       "play",
                                       "step forward",
                                       "refusal after",
                                       "to end",
                                       "slower",
                                       "faster",
                                       "step:event",
                                       "step:decision",
                                       "step:hop",
                                       "step:message",
                                       "predict",
                                       "timeline",
                                       "machine:mail.isp.example"};
std::set<std::string> const to_watch{"filter"};
std::set<std::string> const to_ask{"filter", "save as", "thing:/servers/mail.isp.example"};
std::set<std::string> const to_build{"save as", "thing:/servers/mail.isp.example", "add:/networks"};

std::set<std::string> wanted_in(Mode mode) {
    std::set<std::string> wanted = everywhere;
    wanted.merge(std::set<std::string>{mode == Mode::watch     ? to_watch
                                       : mode == Mode::what_if ? to_ask
                                                               : to_build});
    return wanted;
}

/// What of it can be pressed at once, or after a press on what brings it out.
std::set<std::string> out_of_reach(ChangeStage& stage) {
    std::set<std::string> missing = wanted_in(stage.app.view().mode);
    auto const look = [&] {
        std::erase_if(missing, [&](std::string const& name) { return stage.has(name); });
    };
    look();
    for (char const* way : {"list", "panel", "more"})
        if (stage.has(way)) {
            stage.click(way);
            look();
            if (stage.app.view().card == Card::none)
                stage.click(way);
            else
                stage.key(Key::escape);
            stage.frames(2);
        }
    return missing;
}

/// The header's buttons and those of the bar of time lie within the window and apart from each other.
void check_bars(ChangeStage const& stage) {
    Rect const window{0, 0, static_cast<float>(stage.size.width), static_cast<float>(stage.size.height)};
    std::vector<std::pair<std::string, Rect>> bars;
    for (std::string const& name : everywhere)
        if (stage.has(name) && name != "timeline" && !name.starts_with("machine:"))
            bars.emplace_back(name, stage.widget(name));
    for (char const* name : {"list", "panel", "more"})
        if (stage.has(name))
            bars.emplace_back(name, stage.widget(name));
    for (std::size_t i = 0; i < bars.size(); ++i) {
        INFO(bars[i].first);
        CHECK(window.contains(bars[i].second));
        for (std::size_t j = 0; j < i; ++j) {
            INFO(bars[j].first);
            CHECK_FALSE(bars[i].second.overlaps(bars[j].second));
        }
    }
}

bool shows_events(ChangeStage const& stage) {
    auto const& widgets = stage.app.drawn().widgets;
    return std::any_of(widgets.begin(), widgets.end(),
                       [](auto const& widget) { return widget.first.starts_with("event:"); });
}

void check_reach(ChangeStage& stage) {
    for (ThemeName const theme : all_themes)
        for (Mode const mode : all_modes) {
            INFO(stage.size.width << "x" << stage.size.height << " " << theme_of(theme).words << " mode "
                                  << static_cast<int>(mode));
            stage.app.carry_out(SetTheme{theme});
            stage.app.carry_out(SetMode{mode});
            stage.frames(3);
            check_bars(stage);
            std::set<std::string> const missing = out_of_reach(stage);
            INFO((missing.empty() ? std::string{} : "first out of reach: " + *missing.begin()));
            CHECK(missing.empty());
        }
}

} // namespace

TEST_CASE("At every size from 640x400 on each control can be pressed or brought out") {
    ChangeStage stage{denied};
    for (unsigned width = 640; width <= 1280; width += 80)
        for (unsigned height = 400; height <= 720; height += 80) {
            stage.resize({width, height});
            check_reach(stage);
        }
}

TEST_CASE("In windows of very odd sizes nothing overlaps, and what has no place is on the card of it") {
    ChangeStage stage{denied};
    for (PictureSize const size : {PictureSize{1900, 200}, PictureSize{300, 1000}, PictureSize{320, 240},
                                   PictureSize{480, 360}, PictureSize{560, 400}}) {
        stage.resize(size);
        for (Mode const mode : all_modes) {
            INFO(size.width << "x" << size.height << " mode " << static_cast<int>(mode));
            stage.app.carry_out(SetMode{mode});
            stage.frames(3);
            check_bars(stage);
            std::set<std::string> missing = out_of_reach(stage);
            INFO((missing.empty() ? std::string{} : "first out of reach: " + *missing.begin()));
            CHECK(missing.empty());
        }
    }
}

TEST_CASE("Where the list of what happens has no place a button or V brings it out, and puts it away") {
    ChangeStage stage{denied};
    CHECK_FALSE(stage.has("list")); // it has its place
    for (PictureSize const size : {PictureSize{640, 400}, PictureSize{800, 600}})
        for (Mode const mode : {Mode::watch, Mode::what_if}) {
            INFO(size.width << "x" << size.height << " mode " << static_cast<int>(mode));
            stage.resize(size);
            stage.app.carry_out(SetMode{mode});
            stage.frames(2);
            CHECK_FALSE(shows_events(stage));
            stage.click("list");
            CHECK(shows_events(stage));
            stage.click("list");
            CHECK_FALSE(shows_events(stage));
            stage.key(Key::v);
            stage.frames(2);
            CHECK(shows_events(stage));
            stage.key(Key::escape);
            stage.frames(2);
            CHECK_FALSE(shows_events(stage));
            CHECK(stage.app.view().mode == mode);
            stage.click("list");
            StoryRow const& row = stage.app.rows().all().front();
            stage.click("event:" + std::to_string(row.event));
            CHECK_FALSE(shows_events(stage));
            CHECK(stage.app.view().now == stage.app.trace().events[row.event].at);
            CHECK_FALSE((stage.app.view().subject == Subject{}));
            stage.app.carry_out(Choose{});
        }
}

TEST_CASE("In a small window the list of Build is brought out, and a choice from it opens its form") {
    ChangeStage stage{denied};
    for (PictureSize const size : {PictureSize{640, 400}, PictureSize{800, 600}}) {
        INFO(size.width << "x" << size.height);
        stage.resize(size);
        stage.app.carry_out(SetMode{Mode::build});
        stage.frames(2);
        CHECK_FALSE(stage.has("add:/networks"));
        stage.click("list");
        stage.press("thing:/people/maya");
        CHECK_FALSE(stage.has("add:/networks"));
        CHECK(stage.has("remove:/people/maya"));
        stage.key(Key::v);
        stage.frames(2);
        stage.press("add:/networks");
        CHECK_FALSE(stage.app.view().list_out);
        CHECK(stage.has("remove:" + stage.app.view().work.thing));
        CHECK(stage.app.work().is_changed());
        stage.app.carry_out(WorkIntent{Undo{}});
    }
}

TEST_CASE("Where only one has room, a button or R changes between the picture and the panel") {
    ChangeStage stage{denied};
    stage.resize({640, 400});
    stage.seek(refusal_moment(stage.app.trace()));
    CHECK_FALSE(stage.shows("rung:0"));
    stage.click("panel");
    CHECK(stage.shows("rung:0"));
    CHECK_FALSE(stage.has("machine:mail.isp.example"));
    stage.key(Key::escape);
    stage.frames(2);
    CHECK(stage.has("machine:mail.isp.example"));
    stage.click("machine:mail.isp.example"); // its details are seen at once
    CHECK_FALSE(stage.has("machine:mail.isp.example"));
    stage.click("panel");
    CHECK(stage.has("machine:mail.isp.example"));
    for (char const* mode : {"mode:build", "mode:what if"}) {
        INFO(mode);
        stage.click(mode);
        CHECK(stage.has("save as"));
        stage.key(Key::r);
        stage.frames(2);
        CHECK_FALSE(stage.has("save as"));
        stage.click("machine:mx1.shop.example");
        CHECK(stage.has("save as"));
        CHECK(stage.app.view().work.thing == "/servers/mx1.shop.example");
    }
}

TEST_CASE("What was brought out is forgotten once all has its place") {
    ChangeStage stage{denied};
    stage.resize({800, 600});
    stage.click("list");
    stage.resize(small_size);
    CHECK_FALSE(stage.app.view().list_out);
    stage.key(Key::v);
    stage.key(Key::r);
    stage.frames(1);
    stage.key(Key::escape); // has nothing of this to put away
    CHECK(stage.app.view().presenting.notice.find("Ctrl+Q") != std::string::npos);
}

TEST_CASE("The card of what has no place does what its buttons say, and goes away") {
    ChangeStage stage{denied};
    stage.resize({320, 240});
    stage.click("more");
    Rect const card = stage.shape("more");
    CHECK(Rect{0, 0, 320, 240}.contains(card));
    stage.press("mode:build");
    CHECK(stage.app.view().mode == Mode::build);
    CHECK(stage.app.view().card == Card::none);
    std::size_t const speed = stage.app.view().speed;
    stage.click("more");
    stage.scroll(card.centre(), -3);
    stage.press("faster");
    stage.press("faster"); // it stays for the next press
    CHECK(stage.app.view().speed == speed + 2);
    stage.key(Key::escape);
    CHECK(stage.app.view().card == Card::none);
    stage.click("more");
    stage.press("signs");
    CHECK(stage.app.view().card == Card::signs);
    stage.key(Key::escape);
    stage.click("more");
    stage.resize(small_size);
    CHECK(stage.app.view().card == Card::none); // nothing is left out
}

TEST_CASE("The row of this moment is still in sight in a window that has become smaller") {
    ChangeStage stage{denied, {800, 900}};
    stage.seek(stage.app.pace().end());
    stage.click("list");
    stage.resize({800, 400});
    std::string const last = "event:" + std::to_string(stage.app.rows().all().back().event);
    CHECK(stage.widget(last).bottom() < stage.widget("play").y);
    stage.seek({});
    std::string const first = "event:" + std::to_string(stage.app.rows().all().front().event);
    CHECK(stage.widget(first).y > stage.widget("list").bottom());
}

TEST_CASE("In a low window the details scroll as a whole, and a form keeps room beside its buttons") {
    ChangeStage stage{denied};
    stage.resize({320, 240});
    stage.seek(refusal_moment(stage.app.trace()));
    stage.click("panel");
    REQUIRE(stage.shows("advice"));
    Rect const advice = stage.shape("advice");
    for (int rung = 0; stage.shows("rung:" + std::to_string(rung)); ++rung) {
        Rect const rect = stage.shape("rung:" + std::to_string(rung));
        CHECK((rect.bottom() <= advice.y || rect.y >= advice.bottom()));
    }
    stage.app.carry_out(WorkIntent{MakeEdits{{SetValue{"/seed", "7"}}, {}}});
    for (PictureSize const size : {PictureSize{320, 240}, PictureSize{1900, 200}}) {
        stage.resize(size);
        stage.app.carry_out(SetMode{Mode::build});
        stage.frames(3);
        float const top = stage.widget("more").bottom() + 12; // of the panel
        CHECK(stage.widget("undo").y > top + 36);
    }
}

TEST_CASE("In a small window a film that is made can be given up whatever the panel hides") {
    ChangeStage stage{denied};
    stage.resize({640, 400});
    stage.app.carry_out(SetMode{Mode::build});
    stage.app.carry_out(FilmAt{0.4});
    stage.frames(2);
    stage.click("give up film");
    std::vector<Order> const orders = stage.app.take_orders();
    REQUIRE(orders.size() == 1);
    CHECK(std::holds_alternative<GiveUpFilm>(orders.front()));
}

TEST_CASE("The cards lie within a small window with all that can be pressed on them, or scroll") {
    ChangeStage stage{denied};
    for (PictureSize const size : {PictureSize{640, 400}, PictureSize{320, 240}})
        for (ThemeName const theme : {ThemeName::light, ThemeName::projector}) {
            INFO(size.width << "x" << size.height << " " << theme_of(theme).words);
            stage.resize(size);
            stage.app.carry_out(SetTheme{theme});
            stage.app.carry_out(ShowCard{Card::present});
            stage.frames(3);
            stage.scroll({static_cast<float>(size.width) / 2, static_cast<float>(size.height) / 2}, 100);
            Rect const window{0, 0, static_cast<float>(size.width), static_cast<float>(size.height)};
            for (char const* name : {"close present", "theme:Light", "theme:Projector", "larger"}) {
                INFO(name);
                CHECK(window.contains(stage.widget(name)));
            }
            stage.scroll(window.centre(), -100);
            for (char const* name : {"film mp4", "film gif"}) {
                INFO(name);
                CHECK(window.contains(stage.widget(name)));
            }
            stage.key(Key::escape);
        }
}

TEST_CASE("A size that a small window has no room for is told once, when it is wished") {
    Stage stage{denied, {820, 520}};
    auto const notice = [&] { return stage.app.view().presenting.notice; };
    stage.app.carry_out(SetUiScale{1.1F});
    stage.frames(2);
    float const most = stage.ui.ink().scale;
    stage.app.carry_out(SetUiScale{2});
    stage.frames(2);
    CHECK(notice() == "This window is too small for 200 %: all is as large as it has room for.");
    CHECK(stage.ui.ink().scale >= most);
    stage.app.carry_out(Tell{"Another word."});
    stage.app.carry_out(SetUiScale{1.6F});
    stage.frames(2);
    CHECK(notice() == "Another word."); // it was said
    stage.resize({1920, 1200});
    CHECK(notice() == "Another word.");
    stage.resize({820, 520});
    CHECK(notice() == "This window is too small for 160 %: all is as large as it has room for.");
}
