// The looks of the window: themes, scale, and the one list of keys.
#include "stage.hpp"

#include "viz/shortcuts.hpp"

#include <cmath>
#include <set>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// WCAG 2 relative luminance, and contrast.
double luminance(Colour colour) {
    double sum = 0;
    double const weights[] = {0.2126, 0.7152, 0.0722};
    for (unsigned i = 0; i < 3; ++i) {
        double const part = static_cast<double>(colour >> (8 * i) & 0xFFU) / 255;
        sum += weights[i] * (part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4));
    }
    return sum;
}

double contrast(Colour a, Colour b) {
    double const high = std::max(luminance(a), luminance(b));
    double const low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

std::uint32_t rgb_of(Colour colour) {
    return (colour & 0xFFU) << 16U | (colour & 0xFF00U) | (colour >> 16U & 0xFFU);
}

} // namespace

TEST_CASE("Text can be read on every ground of every theme") {
    for (ThemeName const name : {ThemeName::light, ThemeName::dark, ThemeName::projector}) {
        Palette const& p = theme_of(name).colours;
        INFO(theme_of(name).words);
        for (Colour const ground : {p.surface, p.canvas, p.place, p.accent_fill, p.advice_fill}) {
            CHECK(contrast(p.ink, ground) >= 10);
            CHECK(contrast(p.quiet, ground) >= 4.5);
        }
        CHECK(contrast(p.on_accent, p.accent) >= 4.5);
        CHECK(contrast(p.accent, p.surface) >= 4.5);
        CHECK(contrast(p.refused, p.surface) >= 3.5); // bold, and never without its cross
        CHECK(contrast(p.deferred, p.surface) >= 4);
    }
}

TEST_CASE("A theme changes the colours of the window and nothing of its plan") {
    Stage stage{"02-relaying-denied"};
    Picture const before = stage.picture();
    Rect const server = stage.shape("icon:mail.isp.example");
    stage.app.carry_out(SetTheme{ThemeName::dark});
    Picture const after = stage.picture();
    CHECK(stage.shape("icon:mail.isp.example") == server);
    Palette const& dark = theme_of(ThemeName::dark).colours;
    Rect const whole{0, 0, 1280, 720};
    CHECK(count_pixels(after, whole, rgb_of(dark.surface)) > 50'000);
    CHECK(count_pixels(before, whole, rgb_of(dark.backdrop)) < 1'000);
    CHECK(count_pixels(after, whole, 0xFFFFFF) < 1'000);
}

TEST_CASE("The scale of the user interface enlarges text and buttons") {
    Stage stage{"02-relaying-denied", large_size};
    Rect const before = stage.widget("play");
    stage.app.carry_out(SetUiScale{1.3F});
    stage.frames(2);
    CHECK(stage.widget("play").w == Approx(before.w * 1.3F).epsilon(0.03));
    stage.app.carry_out(SetUiScale{99});
    CHECK(stage.app.view().looks.ui_scale == most_ui_scale);
}

TEST_CASE("No key means two things, and each is named on the card or beside one that is") {
    std::set<std::pair<int, int>> seen;
    for (Shortcut const& shortcut : shortcuts()) {
        int const with = (shortcut.with.shift ? 1 : 0) + (shortcut.with.control ? 2 : 0);
        CHECK(seen.insert({static_cast<int>(shortcut.key), with}).second);
        CHECK(shortcut.keys.empty() == shortcut.words.empty());
        CHECK(intent_of({shortcut.key, shortcut.with}) == &shortcut.intent);
    }
    CHECK_FALSE(shortcuts().front().keys.empty());
    CHECK(intent_of({Key::f12, {true, true}}) == nullptr);
}

TEST_CASE("What is said beside the magic picture does not run into the advice") {
    Stage stage{"13-domain-not-set-up"};
    stage.app.carry_out(SetTheme{ThemeName::projector});
    stage.seek(stage.app.pace().end());
    stage.app.set_detail(Detail::magic);
    stage.frames(2);
    REQUIRE(stage.shows("advice"));
    CHECK(stage.shape("notes").bottom() < stage.shape("advice").y);
    // Of its words nothing is drawn between the two, where they would stand if they were not held back.
    Rect const notes = stage.shape("notes");
    Rect const between{notes.x, notes.bottom() + 1, notes.w, stage.shape("advice").y - notes.bottom() - 3};
    Picture const picture = stage.picture();
    Colour const ground = theme_of(ThemeName::projector).colours.surface;
    CHECK(count_pixels(picture, between, rgb_of(ground)) >= static_cast<int>(between.w * between.h * 0.85F));
}

TEST_CASE("A text that has no room is cut after a word, but where that would lose most of it") {
    Stage const stage{"02-relaying-denied"};
    Face const font = stage.ui.ink().fonts.small;
    CHECK(elided(font, "the server cannot be reached", width_of(font, "the server cannot be reac")) ==
          "the server cannot be …");
    constexpr char const* one_long = "a mailbox@shop.example";
    std::string const address = elided(font, one_long, width_of(font, one_long) * 0.8F);
    CHECK(address.starts_with("a mailbox@sh"));
    CHECK(address.ends_with("…"));
}
