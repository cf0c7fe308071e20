// The keys that no other test presses on its way, and the buttons that only copy, close or lead on.
#include "change_stage.hpp"

#include <imgui.h>

#include <cstring>

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("Space and the full stop play and pause") {
    Stage stage{denied};
    for (Key const key : {Key::space, Key::period}) {
        stage.key(key);
        CHECK(stage.app.view().playing);
        stage.key(key);
        CHECK_FALSE(stage.app.view().playing);
    }
}

TEST_CASE("Arrows and the keys of a presenter's remote control step on and back") {
    Stage stage{denied};
    for (auto const& [on, back] : {std::pair{Key::right, Key::left}, std::pair{Key::down, Key::up},
                                   std::pair{Key::page_down, Key::page_up}}) {
        stage.key(Key::home);
        stage.key(on);
        Instant const first = stage.app.view().now;
        stage.key(on);
        CHECK(stage.app.view().now > first);
        stage.key(back);
        CHECK(stage.app.view().now == first);
    }
}

TEST_CASE("F11 asks for the whole screen, and gives it back") {
    Stage stage{denied};
    stage.key(Key::f11);
    CHECK(stage.app.view().presenting.full_screen);
    stage.key(Key::f11);
    CHECK_FALSE(stage.app.view().presenting.full_screen);
}

TEST_CASE("The moment in words can be copied") {
    Stage stage{denied};
    stage.seek(refusal_moment(stage.app.trace()));
    stage.key(Key::t);
    stage.frames(2);
    stage.click("copy text");
    REQUIRE(ImGui::GetClipboardText() != nullptr);
    CHECK(std::strstr(ImGui::GetClipboardText(), "554 5.7.1") != nullptr);
    CHECK(stage.app.view().presenting.notice_left_s > 0); // and it is said
}

TEST_CASE("The sheet of words stays as large as it is while something is said, at its foot") {
    Stage stage{denied};
    stage.key(Key::t);
    stage.frames(2);
    Rect const sheet = stage.shape("text sheet");
    Rect const lines = stage.shape("text lines");
    stage.click("copy text");
    stage.frames(2);
    REQUIRE(stage.shows("notice"));
    CHECK(stage.shape("text sheet") == sheet);
    CHECK(sheet.contains(stage.shape("notice")));
    CHECK(stage.shape("text lines").bottom() <= stage.shape("notice").y);
    stage.app.frame(stage.ui, stage.size.width, stage.size.height, 20); // it goes
    stage.frames(2);
    CHECK_FALSE(stage.shows("notice"));
    CHECK(stage.shape("text lines") == lines);
}

TEST_CASE("The card of keys has a cross that takes it away") {
    Stage stage{denied};
    stage.key(Key::h);
    stage.frames(2);
    CHECK(stage.shape("keys").contains(stage.widget("close keys")));
    stage.click("close keys");
    CHECK(stage.app.view().card == Card::none);
}

TEST_CASE("The cross of a sheet takes it away, and so does Escape") {
    ChangeStage stage{denied};
    stage.click("open");
    stage.frames(2);
    stage.click("close sheet");
    CHECK(stage.app.view().work.sheet == Sheet::none);
    stage.key(Key::o, {false, true});
    CHECK(stage.app.view().work.sheet == Sheet::open);
    stage.key(Key::escape);
    CHECK(stage.app.view().work.sheet == Sheet::none);
    CHECK_FALSE(stage.app.wants_to_close());
}

TEST_CASE("What if leads to all settings, and each can be cleared there") {
    ChangeStage stage{denied};
    stage.click("mode:what if");
    stage.press("thing:/servers/mail.isp.example");
    stage.press("set:/servers/mail.isp.example/open_relay=true");
    stage.press("all settings");
    CHECK(stage.app.view().mode == Mode::build);
    stage.frames(2);
    stage.press("remove:/servers/mail.isp.example/open_relay");
    CHECK_FALSE(stage.says("open_relay"));
    CHECK_FALSE(stage.app.work().is_changed());
}

TEST_CASE("W, I and B change what the window is used for") {
    ChangeStage stage{denied};
    for (auto const& [key, mode] :
         {std::pair{Key::i, Mode::what_if}, std::pair{Key::b, Mode::build}, std::pair{Key::w, Mode::watch}}) {
        stage.key(key);
        CHECK(stage.app.view().mode == mode);
    }
}

TEST_CASE("The card of keys stands whole where its type has room, or scrolls to its last line") {
    Stage stage{denied};
    stage.key(Key::h);
    stage.frames(2);
    std::size_t lines = 0;
    Rect const card = stage.shape("keys");
    CHECK(Rect{0, 0, 1280, 720}.contains(card));
    for (auto const& [name, rect] : stage.app.drawn().shapes)
        if (name.starts_with("key:")) {
            ++lines;
            INFO(name);
            CHECK(card.contains(rect));
        }
    CHECK(lines > 30);
    stage.key(Key::h);
    stage.app.carry_out(SetTheme{ThemeName::projector});
    for (PictureSize const size : {PictureSize{800, 600}, PictureSize{320, 240}}) {
        INFO(size.width << "x" << size.height);
        stage.resize(size);
        stage.key(Key::h);
        stage.frames(2);
        Rect const small = stage.shape("keys");
        CHECK(small.right() <= static_cast<float>(size.width));
        CHECK(small.bottom() <= static_cast<float>(size.height));
        CHECK(stage.shape("key:click").y > small.bottom());
        stage.scroll(small.centre(), -1000);
        CHECK(stage.shape("key:click").bottom() < small.bottom());
        stage.key(Key::h);
    }
}

TEST_CASE("What tells of the way back is gone with the picture alone") {
    Stage stage{denied};
    for (Key const back : {Key::f5, Key::escape}) {
        stage.key(Key::f5);
        CHECK(stage.app.view().presenting.notice_left_s > 0);
        stage.key(back);
        CHECK_FALSE(stage.app.view().presenting.canvas_alone);
        CHECK(stage.app.view().presenting.notice_left_s <= 0);
    }
}

TEST_CASE("The card of keys has those that go from control to control, and those of dialogs") {
    Stage stage{denied, large_size};
    stage.key(Key::h);
    stage.frames(2);
    Rect const card = stage.shape("keys");
    for (char const* const keys : {"Tab  Shift+Tab", "Enter  Space", "Enter", "Esc"}) {
        INFO(keys);
        CHECK(card.contains(stage.shape(std::string{"key:"} + keys)));
    }
}
