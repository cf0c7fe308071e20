// Showing a run to a class, and taking it along: looks, the picture alone, words, and pictures.
#include "office.hpp"

#include "base/files.hpp"
#include "report/story/story.hpp"
#include "viz/desk/settings.hpp"
#include "viz/draw/brush.hpp"
#include "viz/panels/panels.hpp"
#include "viz/text_of_moment.hpp"

#include <SFML/Graphics/Image.hpp>
#include <imgui.h>

#include <cstdlib>
#include <filesystem>
#include <sstream>

using namespace mailflow;
using namespace mailflow::viz;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

TEST_CASE("The button Present opens a card, and a press beside it takes it away") {
    Stage stage{denied};
    stage.click("present");
    CHECK(stage.app.view().card == Card::present);
    stage.press_at({stage.widget("present card").x + 4, stage.widget("present card").y + 4});
    CHECK(stage.app.view().card == Card::present);
    stage.press_at({3, 600});
    CHECK(stage.app.view().card == Card::none);
    stage.click("present");
    stage.click("close present");
    CHECK(stage.app.view().card == Card::none);
    stage.click("present");
    stage.key(Key::escape);
    CHECK(stage.app.view().card == Card::none);
    CHECK_FALSE(stage.app.wants_to_close());
}

TEST_CASE("Colours and size are chosen on the card") {
    Stage stage{denied};
    stage.click("present");
    stage.click("theme:Dark");
    CHECK(stage.app.view().looks.theme == ThemeName::dark);
    stage.click("theme:Projector");
    CHECK(stage.app.view().looks.theme == ThemeName::projector);
    stage.click("theme:Light");
    CHECK(stage.app.view().looks.theme == ThemeName::light);
    float const before = stage.ui.scale();
    stage.click("larger");
    CHECK(stage.app.view().looks.ui_scale == Approx(1 + ui_scale_step));
    stage.frames(1);
    CHECK(stage.ui.scale() > before);
    stage.click("smaller");
    stage.click("smaller");
    CHECK(stage.app.view().looks.ui_scale == Approx(1 - ui_scale_step));
    for (int i = 0; i < 10; ++i)
        stage.click("smaller");
    CHECK(stage.app.view().looks.ui_scale == least_ui_scale);
}

TEST_CASE("The picture alone fills the window, and F5 brings the panels back") {
    Stage stage{denied};
    Rect const before = stage.shape("icon:mail.isp.example");
    stage.click("present");
    stage.click("picture alone");
    CHECK(stage.app.view().presenting.canvas_alone);
    stage.frames(1);
    CHECK(stage.app.drawn().widgets.count("play") == 0);
    CHECK(stage.app.drawn().widgets.count("present") == 0);
    CHECK(stage.shape("icon:mail.isp.example").x != before.x);
    stage.key(Key::space);
    CHECK(stage.app.view().playing);
    stage.key(Key::space);
    stage.key(Key::f5);
    stage.frames(1);
    CHECK(stage.app.drawn().widgets.count("play") == 1);
    stage.key(Key::f5);
    stage.key(Key::escape);
    CHECK_FALSE(stage.app.view().presenting.canvas_alone);
    CHECK_FALSE(stage.app.wants_to_close());
}

TEST_CASE("The moment in words is what the command line says of a run until then") {
    Stage stage{denied};
    stage.seek(refusal_moment(stage.app.trace()));
    stage.key(Key::t);
    CHECK(stage.app.view().presenting.text);
    World until = load_lesson(denied);
    until.until = stage.app.view().now.since_start;
    until.expectations = {};
    std::string const expected = story(until, run(until), Detail::protocol, mailflow::Colour::off);
    TextOfMoment teller;
    CHECK(teller.tell(stage.app.world(), stage.app.trace(),
                      {stage.app.world().title, stage.app.world().summary}, Detail::protocol,
                      stage.app.view().now) == expected);
    CHECK(expected.find("554 5.7.1") != std::string::npos);
    // No server has taken it, so no queue holds it; its sender has not heard of the refusal yet.
    CHECK(expected.find("leo@shop.example: still on its way") != std::string::npos);
    CHECK(expected.find("queued") == std::string::npos);
    stage.frames(2);
    stage.click("close text");
    CHECK_FALSE(stage.app.view().presenting.text);
}

TEST_CASE("The end in words says whether it came out as expected, as the command line does") {
    Stage stage{denied};
    World const world = load_lesson(denied);
    Heading const heading{world.title, world.summary};
    TextOfMoment teller;
    std::string const told = teller.tell(stage.app.world(), stage.app.trace(), heading, Detail::protocol,
                                         stage.app.trace().ended_at);
    CHECK(told == story(world, run(world), Detail::protocol, mailflow::Colour::off));
    CHECK(told.find("as expected") != std::string::npos);
}

TEST_CASE("F12 saves the moment as a picture, never over another one, and says where") {
    fs::path const folder = fresh_folder("present/pictures");
    Office office{denied, folder};
    office.seek(Instant{500ms});
    office.key(Key::f12);
    office.attend();
    office.click("present");
    office.click("save picture");
    office.attend();
    CHECK(names_in(folder) ==
          std::vector<std::string>{"02-relaying-denied-500ms-2.png", "02-relaying-denied-500ms.png"});
    CHECK(office.app.view().presenting.notice.find("02-relaying-denied-500ms-2.png") != std::string::npos);
    CHECK(office.app.view().presenting.notice_left_s > 0);
    sf::Image first;
    sf::Image second;
    REQUIRE(first.loadFromFile((folder / "02-relaying-denied-500ms.png").string()));
    REQUIRE(second.loadFromFile((folder / "02-relaying-denied-500ms-2.png").string()));
    CHECK(first.getSize() == sf::Vector2u{1280, 720});
    // Neither the card nor the notice of the first one is on the second.
    std::size_t const bytes = std::size_t{1280} * 720 * 4;
    CHECK(std::equal(first.getPixelsPtr(), first.getPixelsPtr() + bytes, second.getPixelsPtr()));
    office.frames(8 * 60);
    CHECK(office.app.view().presenting.notice_left_s == 0);
}

TEST_CASE("A picture that cannot be written is told of, and the window goes on") {
    Office office{denied, fs::path{MAILFLOW_WORK_DIR} / "no such folder"};
    office.key(Key::f12);
    office.attend();
    CHECK(office.app.view().presenting.notice.find("cannot write") != std::string::npos);
}

TEST_CASE("Settings are kept in the user's directory and come back the same") {
    fs::path const folder = fresh_folder("present/settings") / "deeper" / "mailflow";
    Settings const chosen{{ThemeName::projector, 1.3F}, {1600, 900}, true};
    CHECK_FALSE(keep_settings(chosen, folder));
    CHECK(read_settings(folder) == chosen);
    CHECK(names_in(folder) == std::vector<std::string>{"window.conf"});
    CHECK(read_settings(folder / "nothing here") == Settings{});
}

TEST_CASE("Settings that cannot be are passed over") {
    Settings const read =
        settings_in("theme = plaid\ntext_size_percent = 9000\nwidth = 12\nheight=900\nfuture = 1\n"
                    "no sign at all\nfull_screen = yes\n");
    CHECK(read.looks == Looks{});
    CHECK(read.size == PictureSize{1280, 900});
    CHECK(read.full_screen);
    CHECK(settings_in("") == Settings{});
}

TEST_CASE("Settings may have come from a system whose lines end with CR LF") {
    Settings const read = settings_in("width = 1000\r\n\theight =\t900 \r\n\r\nfull_screen = yes\r\n");
    CHECK(read.size == PictureSize{1000, 900});
    CHECK(read.full_screen);
}

TEST_CASE("The place of settings is the user's own") {
    char const* const config = std::getenv("XDG_CONFIG_HOME");
    std::string const before = config == nullptr ? "" : config;
    ::setenv("XDG_CONFIG_HOME", "/somewhere", 1);
    CHECK(config_directory() == fs::path{"/somewhere/mailflow"});
    ::setenv("XDG_CONFIG_HOME", "not/absolute", 1);
    CHECK(config_directory().filename() == "mailflow");
    CHECK(config_directory().string().find("not/absolute") == std::string::npos);
    config == nullptr ? ::unsetenv("XDG_CONFIG_HOME") : ::setenv("XDG_CONFIG_HOME", before.c_str(), 1);
}

TEST_CASE("The largest text leaves every part of the card within the window") {
    for (PictureSize const size : {small_size, large_size}) {
        Stage stage{load_lesson(denied), size};
        stage.app.carry_out(SetTheme{ThemeName::projector});
        stage.app.carry_out(SetUiScale{most_ui_scale});
        stage.frames(2);
        stage.click("present");
        Rect const whole{0, 0, static_cast<float>(size.width), static_cast<float>(size.height)};
        for (char const* const name :
             {"present card", "close present", "theme:Light", "film gif", "film to here"}) {
            INFO(name);
            Rect const rect = stage.widget(name);
            CHECK(rect.x >= 0);
            CHECK(rect.y >= 0);
            CHECK(rect.right() <= whole.w);
            CHECK(rect.bottom() <= whole.h);
        }
    }
}

TEST_CASE("The moment in words is wrapped once, at the width of its sheet") {
    for (PictureSize const size :
         {PictureSize{500, 400}, PictureSize{640, 480}, PictureSize{800, 600}, large_size}) {
        INFO(size.width);
        Stage stage{denied, size};
        stage.key(Key::end);
        stage.key(Key::t);
        stage.frames(2);
        Ink const ink = stage.ui.ink();
        std::size_t const characters = characters_of_text(ink, stage.shape("text sheet"));
        World const world = load_lesson(denied);
        TextOfMoment teller;
        std::string const told = teller.tell(world, stage.app.trace(), {world.title, world.summary},
                                             Detail::protocol, stage.app.trace().ended_at, characters);
        std::istringstream lines{told};
        std::size_t longest = 0;
        for (std::string line; std::getline(lines, line);) {
            longest = std::max(longest, character_count(line));
            if (size.width >= 640) // in the narrowest a word with its time may be longer than the line
                CHECK(width_of(ink.fonts.mono, line) <= stage.shape("text lines").w);
        }
        CHECK(longest <= Page::width);
        CHECK(longest >= std::min(characters, Page::width) - 12); // as much of the width as words allow
        stage.click("copy text");
        // What is copied is broken as the command line has it, however narrow the sheet is.
        CHECK(std::string{ImGui::GetClipboardText()} ==
              teller.tell(world, stage.app.trace(), {world.title, world.summary}, Detail::protocol,
                          stage.app.trace().ended_at));
    }
}
