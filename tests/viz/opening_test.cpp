// The magic cloud, opened step by step; the card of signs; and pictures in windows of every size.
#include "stage.hpp"

#include "viz/panels/panels.hpp"
#include "viz/scene/scene.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

constexpr int frames_of_opening = 200; // more than it takes

bool says(Stage const& stage, std::string const& words) {
    std::vector<Label> const& labels = stage.app.drawn().labels;
    return std::any_of(labels.begin(), labels.end(), [&](Label const& label) { return label.text == words; });
}

/// Whether the whole words of the refusal stand somewhere on the canvas.
bool says_refusal(Stage const& stage) {
    std::vector<Label> const& labels = stage.app.drawn().labels;
    return std::any_of(labels.begin(), labels.end(), [](Label const& label) {
        return label.text.find("Relaying denied") != std::string::npos;
    });
}

/// As many as `count_pixels` looks at.
int pixels_in(Rect rect) {
    return (static_cast<int>(rect.right()) - static_cast<int>(rect.x)) *
           (static_cast<int>(rect.bottom()) - static_cast<int>(rect.y));
}

/// So many people write through one server to as many others, all at once.
World busy_world(int people) {
    std::string who;
    std::string mail;
    std::string servers =
        R"("mail.isp.example": { "network": "isp", "handles": ["isp.example"], "mailboxes": "*" })";
    for (int i = 0; i < people; ++i) {
        char const* const comma = i == 0 ? "" : ",";
        servers += fmt::format(
            R"(, "mx.firm{0}.example": {{ "network": "firms", "handles": ["firm{0}.example"],
                 "mailboxes": ["info"] }})",
            i);
        who += fmt::format(R"({1} "p{0}": {{ "address": "p{0}@isp.example", "network": "home" }})", i, comma);
        mail += fmt::format(R"({1} {{ "id": "m{0}", "from": "p{0}", "to": ["info@firm{0}.example"] }})", i,
                            comma);
    }
    auto loaded = load_scenario(fmt::format(
        R"({{ "format": 1, "title": "t", "summary": "s",
              "networks": {{ "home": {{}}, "isp": {{}}, "firms": {{}} }},
              "servers": {{ {} }}, "people": {{ {} }}, "mail": [ {} ] }})",
        servers, who, mail));
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(std::move(loaded));
}

} // namespace

TEST_CASE("The cloud opens a step at a time, by key and by button, and closes again") {
    Stage stage{denied};
    stage.key(Key::one);
    stage.frames(frames_of_opening);
    stage.seek(Instant{430ms});
    std::string const envelope = "envelope:hello";
    CHECK(stage.shows("magic:cloud"));

    stage.key(Key::o);
    CHECK(stage.app.view().detail == Detail::servers);
    CHECK(stage.app.is_moving());
    stage.frames(frames_of_opening);
    CHECK_FALSE(stage.app.is_moving());
    CHECK_FALSE(stage.shows("magic:cloud"));
    CHECK(stage.shows("icon:mail.isp.example"));
    CHECK_FALSE(says(stage, "DNS"));
    CHECK_FALSE(stage.shows(envelope));

    stage.click("open cloud");
    stage.frames(frames_of_opening);
    CHECK(says(stage, "DNS"));
    CHECK_FALSE(stage.shows(envelope));

    stage.click("open cloud");
    stage.frames(frames_of_opening);
    CHECK(stage.shows(envelope));
    CHECK(stage.app.drawn().widgets.count("open cloud") == 0);
    stage.key(Key::o);
    CHECK(stage.app.view().detail == Detail::protocol);
    stage.key(Key::o);
    CHECK(stage.app.view().detail == Detail::protocol);

    for (float const stop : {opening::whole, opening::dns_stands, opening::machines_stand}) {
        stage.key(Key::o, {true, false});
        stage.frames(frames_of_opening);
        CHECK(stage.app.view().detail == Detail::servers);
        CHECK(stage.app.view().opened == stop);
    }
    stage.key(Key::o, {true, false});
    stage.frames(frames_of_opening);
    CHECK(stage.shows("magic:cloud"));
    stage.click("magic:cloud");
    CHECK(stage.app.view().detail == Detail::servers);
}

TEST_CASE("The levels can be switched in the middle of the cloud's opening") {
    Stage stage{denied};
    stage.key(Key::one);
    stage.frames(frames_of_opening);
    stage.key(Key::three);
    stage.frames(20);
    CHECK(stage.app.view().opened > opening::closed);
    CHECK(stage.app.view().opened < opening::machines_stand);
    CHECK(stage.shows("gliding:maya"));
    stage.key(Key::one);
    stage.frames(frames_of_opening);
    CHECK(stage.shows("magic:cloud"));
    stage.key(Key::two);
    stage.frames(30);
    stage.key(Key::three);
    stage.frames(frames_of_opening);
    CHECK(stage.app.view().opened == opening::whole);
    CHECK(stage.app.view().detail == Detail::protocol);
}

TEST_CASE("The opening looks the same each time, frame by frame, and each frame differs from the last") {
    std::vector<std::vector<std::uint8_t>> seen[2];
    for (auto& pictures : seen) {
        Stage stage{denied};
        stage.seek(Instant{430ms});
        stage.key(Key::one);
        stage.frames(frames_of_opening);
        stage.key(Key::two);
        for (int i = 0; i < 6; ++i) {
            stage.frames(20);
            stage.window.show(stage.ui);
            pictures.push_back(stage.window.capture().rgba);
        }
    }
    CHECK(seen[0] == seen[1]);
    for (std::size_t i = 1; i < seen[0].size(); ++i)
        CHECK(seen[0][i] != seen[0][i - 1]);
}

TEST_CASE("The card of signs is shown by its button and its key, and shows each sign in every theme") {
    for (ThemeName const name : {ThemeName::light, ThemeName::dark, ThemeName::projector})
        for (PictureSize const size : {small_size, large_size, PictureSize{640, 480}}) {
            Stage stage{denied, size};
            stage.app.carry_out(SetTheme{name});
            stage.frames(2);
            stage.key(Key::s);
            CHECK(stage.app.view().card == Card::signs);
            Colour const surface = theme_of(name).colours.surface;
            std::uint32_t const ground =
                (surface & 0xFFU) << 16U | (surface & 0xFF00U) | (surface >> 16U & 0xFFU);
            std::set<std::string> signs;
            for (int page = 0; page < 12; ++page) { // where the card is longer than the window, it scrolls
                Picture const picture = stage.picture();
                Rect const card = stage.shape("signs");
                Rect const close = stage.widget("close signs");
                Rect const window{0, 0, static_cast<float>(size.width), static_cast<float>(size.height)};
                CHECK(window.contains(card));
                for (auto const& [shape, rect] : stage.app.drawn().shapes) {
                    bool const in_sight = rect.y > close.bottom() + close.h * 0.3F && card.contains(rect);
                    if (shape.rfind("sign:", 0) != 0 || !in_sight || !signs.insert(shape).second)
                        continue;
                    INFO(shape);
                    Rect const sample{rect.x, rect.y, rect.w * 0.3F, rect.h};
                    Rect const words{rect.x + rect.w * 0.32F, rect.y, rect.w * 0.68F, rect.h};
                    CHECK(count_pixels(picture, sample, ground) < pixels_in(sample) - 5);
                    CHECK(count_pixels(picture, words, ground) < pixels_in(words) - 20);
                }
                stage.scroll(card.centre(), -2);
            }
            CHECK(signs.size() >= 42);
            stage.click("close signs");
            CHECK(stage.app.view().card == Card::none);
        }
    Stage stage{denied};
    stage.click("signs");
    CHECK(stage.app.view().card == Card::signs);
    stage.press_at({4, 400}); // beside the card
    CHECK(stage.app.view().card == Card::none);
}

TEST_CASE("The buttons of the header never overlap, and those that are left stay within it") {
    for (unsigned width = 320; width <= 2000; width += 84) {
        Stage stage{denied, {width, 700}};
        INFO(width);
        Rect const header{0, 0, static_cast<float>(width), 80 * stage.ui.ink().scale};
        std::vector<Rect> buttons;
        for (auto const& [name, rect] : stage.app.drawn().widgets)
            if (rect.y < 45 * stage.ui.ink().scale && header.contains(rect.centre()) && rect.h < header.h)
                buttons.push_back(rect);
        CHECK(buttons.size() >= 3); // the panel has its place below the picture of the narrowest
        for (std::size_t i = 0; i < buttons.size(); ++i) {
            CHECK(header.contains(buttons[i]));
            for (std::size_t j = i + 1; j < buttons.size(); ++j)
                CHECK(area_shared(buttons[i], buttons[j]) < 1);
        }
    }
}

TEST_CASE("A refusal is said in words at every size of the window and in every theme") {
    for (ThemeName const name : {ThemeName::light, ThemeName::dark, ThemeName::projector})
        for (PictureSize const size : {small_size, large_size, PictureSize{640, 480}, PictureSize{1024, 768},
                                       PictureSize{3840, 2160}}) {
            Stage stage{denied, size};
            stage.app.carry_out(SetTheme{name});
            stage.seek(stage.app.pace().end());
            INFO(theme_of(name).words << " " << size.width << "x" << size.height);
            CHECK(says_refusal(stage));
        }
}

TEST_CASE("Long words of a refusal are said whole") {
    Stage stage{"30-hotel-refused"};
    stage.seek(stage.app.pace().end());
    std::vector<Label> const& labels = stage.app.drawn().labels;
    CHECK(std::any_of(labels.begin(), labels.end(), [](Label const& label) {
        return label.text.starts_with("The sending machine is on a blocklist");
    }));
}

TEST_CASE("Among many that talk at once only the newest and the chosen one are heard") {
    Stage stage{busy_world(14)};
    auto const tags = [&] {
        int count = 0;
        for (auto const& [name, rect] : stage.app.drawn().shapes)
            count += name.rfind("tag:", 0) == 0 ? 1 : 0;
        return count;
    };
    std::size_t most_talks = 0;
    for (int part = 1; part < 60; ++part) {
        stage.app.seek(stage.app.pace().at_axis(part / 60.0));
        stage.frames(1);
        most_talks = std::max(most_talks, stage.app.state().conversations.size());
        if (stage.app.state().conversations.size() > 5)
            CHECK(tags() <= 1);
    }
    CHECK(most_talks > 5);
}

TEST_CASE("Servers whose names begin alike are told apart where there is room for short names only") {
    Stage stage{busy_world(14)};
    std::set<std::string> names;
    for (Spot const& spot : stage.app.layout().spots)
        CHECK(names.insert(spot.called).second);
    CHECK(names.count("mx.firm3") == 1);
}
