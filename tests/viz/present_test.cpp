// Showing a run to a class, and taking it along: looks, the picture alone, words, pictures and films.
#include "stage.hpp"

#include "base/files.hpp"
#include "report/story.hpp"
#include "viz/desk/desk.hpp"
#include "viz/desk/settings.hpp"

#include <SFML/Graphics/Image.hpp>

#include <cstdlib>
#include <filesystem>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

std::vector<std::string> names_in(fs::path const& folder) {
    std::vector<std::string> names;
    for (fs::directory_entry const& entry : fs::directory_iterator{folder})
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

/// The window with a desk, whose files go into a folder of the test's own.
struct Office : Stage {
    Office(std::string const& lesson, fs::path const& folder) : Stage(lesson), desk(folder, lesson) {}

    void attend() { desk.attend(app, ui, size); }

    /// As the program does it: what the user did, a frame of the window, a picture of the film.
    void turn(std::optional<InputEvent> const& input = {}) {
        if (input)
            app.on_event(*input, ui);
        frames(1);
        attend();
    }
    void begin_film(std::string const& button) {
        click("present");
        click(button);
        for (int i = 0; i < 5; ++i)
            turn();
        INFO(app.view().presenting.notice);
        REQUIRE(desk.is_filming());
    }
    /// One slow click on Cancel, between the film's pictures.
    void cancel_film() {
        Point const cancel = widget("give up film").centre();
        turn(MouseMoved{cancel});
        turn(MousePressed{cancel});
        turn();
        turn(MouseReleased{cancel});
        turn();
    }

    Desk desk;
};

} // namespace

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

TEST_CASE("A film is chosen, made with its progress shown, and saved") {
    fs::path const folder = fresh_folder("present/film");
    Office office{denied, folder};
    office.seek(Instant{500ms});
    office.click("present");
    office.click("film from here");
    CHECK(office.app.view().presenting.film_from == Instant{500ms});
    office.seek(Instant{510ms});
    office.click("film to here");
    office.click("film gif");
    office.attend();
    INFO(office.app.view().presenting.notice);
    REQUIRE(office.desk.is_filming());
    office.frames(1);
    CHECK(office.app.drawn().widgets.count("give up film") == 1);
    int pictures = 1;
    while (office.desk.is_filming() && pictures < 500) {
        office.frames(1);
        office.attend();
        ++pictures;
    }
    CHECK(names_in(folder) == std::vector<std::string>{"02-relaying-denied-film.gif"});
    CHECK(office.app.view().presenting.notice.find("Saved") == 0);
    CHECK(office.app.view().now == Instant{510ms});
    CHECK_FALSE(office.app.view().presenting.film_done);
    office.click("present");
    office.click("film from start");
    office.click("film to end");
    CHECK_FALSE(office.app.view().presenting.film_from);
    CHECK_FALSE(office.app.view().presenting.film_to);
}

TEST_CASE("A film is given up with a press, and nothing is kept of it") {
    fs::path const folder = fresh_folder("present/given-up");
    Office office{denied, folder};
    office.click("present");
    office.click("film mp4");
    office.attend();
    office.frames(1);
    office.attend();
    REQUIRE(office.desk.is_filming());
    office.click("give up film");
    office.attend();
    CHECK_FALSE(office.desk.is_filming());
    CHECK(names_in(folder).empty());
}

TEST_CASE("One click on Cancel between the pictures of a film gives it up, and says so") {
    fs::path const folder = fresh_folder("present/cancelled");
    Office office{denied, folder};
    office.begin_film("film gif");
    CHECK(names_in(folder).size() == 1); // what there is of it
    office.cancel_film();
    CHECK_FALSE(office.desk.is_filming());
    CHECK(office.app.view().presenting.notice.find("given up") != std::string::npos);
    CHECK(names_in(folder).empty());
}

TEST_CASE("Escape gives up the film before anything else, and says so") {
    fs::path const folder = fresh_folder("present/escaped");
    Office office{denied, folder};
    office.click("machine:mail.isp.example");
    office.begin_film("film mp4");
    office.turn(KeyPressed{Key::escape});
    CHECK_FALSE(office.desk.is_filming());
    CHECK(office.app.view().presenting.notice.find("given up") != std::string::npos);
    CHECK_FALSE((office.app.view().subject == Subject{}));
    CHECK(names_in(folder).empty());
    office.turn(KeyPressed{Key::escape});
    CHECK((office.app.view().subject == Subject{}));
    CHECK_FALSE(office.app.wants_to_close());
}

TEST_CASE("Escape closes the words of the moment before it gives up a film, whose progress stays seen") {
    fs::path const folder = fresh_folder("present/words");
    Office office{denied, folder};
    office.begin_film("film mp4");
    office.turn(KeyPressed{Key::t});
    office.turn();
    REQUIRE(office.app.view().presenting.text);
    CHECK(office.widget("close text").bottom() < office.widget("give up film").y);
    office.turn(KeyPressed{Key::escape});
    CHECK(office.desk.is_filming());
    CHECK_FALSE(office.app.view().presenting.text);
    office.turn(KeyPressed{Key::t});
    office.turn();
    office.cancel_film(); // can be pressed beside the words
    CHECK_FALSE(office.desk.is_filming());
    CHECK(office.app.view().presenting.text);
    CHECK(names_in(folder).empty());
}

TEST_CASE("Whoever asks for a second film is told that one is being made, which goes on") {
    fs::path const folder = fresh_folder("present/second");
    Office office{denied, folder};
    office.begin_film("film gif");
    office.click("present");
    office.click("film mp4");
    office.turn();
    CHECK(office.desk.is_filming());
    CHECK(office.app.view().presenting.notice.find("A film is being made") == 0);
    CHECK(office.app.view().presenting.notice_left_s > 0);
    CHECK(office.app.drawn().widgets.count("give up film") == 1);
    CHECK(names_in(folder).size() == 1);
}

TEST_CASE("While a film is made, the window keeps its moment, its lists and its marks") {
    Office office{denied, fresh_folder("present/apart")};
    office.seek(office.app.pace().end());
    Rect const row = office.widget("event:" + std::to_string(office.app.rows().all().back().event));
    Rect const machine = office.shape("icon:mail.isp.example");
    std::size_t const applied = office.app.state().applied;
    office.begin_film("film gif");
    for (int i = 0; i < 5; ++i) {
        office.turn();
        Rect const now = office.widget("event:" + std::to_string(office.app.rows().all().back().event));
        CHECK(now == row);
        CHECK(office.shape("icon:mail.isp.example") == machine);
        CHECK(office.app.state().applied == applied);
    }
    // A list follows what happens, as it does without a film.
    office.app.on_event(KeyPressed{Key::home}, office.ui);
    for (int i = 0; i < 4; ++i)
        office.turn();
    CHECK(office.app.drawn().widgets.count("event:" +
                                           std::to_string(office.app.rows().all().front().event)) == 1);
    Point const button = office.widget("play").centre();
    office.turn(MouseMoved{button});
    office.turn(MousePressed{button});
    office.turn(MouseReleased{button});
    CHECK(office.app.view().playing);
}

TEST_CASE("A window that closes in the middle of a film leaves nothing of it") {
    fs::path const folder = fresh_folder("present/closed");
    {
        Office office{denied, folder};
        office.click("present");
        office.click("film mp4");
        office.attend();
        REQUIRE(office.desk.is_filming());
        office.event(CloseAsked{});
        CHECK(office.app.wants_to_close());
    }
    CHECK(names_in(folder).empty());
}

TEST_CASE("A film whose end lies before its beginning is refused in words") {
    Office office{denied, fresh_folder("present/empty")};
    office.seek(Instant{500ms});
    office.click("present");
    office.click("film from here");
    office.seek(Instant{100ms});
    office.click("film to here");
    office.click("film mp4");
    office.attend();
    CHECK_FALSE(office.desk.is_filming());
    CHECK(office.app.view().presenting.notice.find("beginning") != std::string::npos);
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
