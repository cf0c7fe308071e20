// Films: chosen on the card, made beside the work, saved, and not given up by a slip.
#include "office.hpp"

using namespace mailflow;
using namespace mailflow::viz;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

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

TEST_CASE("Escape asks before it gives up the film, before anything else") {
    fs::path const folder = fresh_folder("present/escaped");
    Office office{denied, folder};
    office.click("machine:mail.isp.example");
    office.begin_film("film mp4");
    office.turn(KeyPressed{Key::escape});
    REQUIRE(office.desk.is_filming());
    CHECK(office.app.view().work.sheet == Sheet::doubt);
    office.turn();
    office.click("doubt:no");
    office.turn();
    REQUIRE(office.desk.is_filming());
    office.turn(KeyPressed{Key::escape});
    office.turn(KeyPressed{Key::escape}); // closes the question
    CHECK(office.app.view().work.sheet == Sheet::none);
    REQUIRE(office.desk.is_filming());
    office.turn(KeyPressed{Key::escape});
    office.turn();
    office.click("doubt:yes");
    office.turn();
    CHECK_FALSE(office.desk.is_filming());
    CHECK(office.app.view().presenting.notice.find("given up") != std::string::npos);
    CHECK_FALSE((office.app.view().subject == Subject{}));
    CHECK(names_in(folder).empty());
    office.turn(KeyPressed{Key::escape});
    CHECK((office.app.view().subject == Subject{}));
    CHECK_FALSE(office.app.wants_to_close());
}

TEST_CASE("Whoever closes the window while a film is made is asked first, and nothing is left of it") {
    fs::path const folder = fresh_folder("present/leaving");
    Office office{denied, folder};
    office.begin_film("film mp4");
    office.turn(CloseAsked{});
    CHECK_FALSE(office.app.wants_to_close());
    CHECK(office.app.view().work.sheet == Sheet::doubt);
    office.turn();
    office.click("doubt:yes");
    CHECK(office.app.wants_to_close());
    office.attend();
    CHECK_FALSE(office.desk.is_filming());
    CHECK(names_in(folder).empty());
}

TEST_CASE("Whoever changes the world while a film is made is asked, and goes on filming with a no") {
    fs::path const folder = fresh_folder("present/changing");
    Office office{denied, folder};
    office.begin_film("film mp4");
    office.app.carry_out(WorkIntent{Undo{}});
    CHECK(office.app.view().work.sheet == Sheet::doubt);
    office.turn();
    office.click("doubt:no");
    office.turn();
    CHECK(office.desk.is_filming());
    office.app.carry_out(Order{GiveUpFilm{}});
    office.turn();
    CHECK(names_in(folder).empty());
}

TEST_CASE("The question whether to give up a film goes with the film that is ready") {
    fs::path const folder = fresh_folder("present/ready");
    Office office{denied, folder};
    office.seek(Instant{500ms});
    office.click("present");
    office.click("film from here");
    office.seek(Instant{510ms});
    office.click("film to here");
    office.click("film gif");
    office.attend();
    REQUIRE(office.desk.is_filming());
    office.turn(CloseAsked{});
    REQUIRE(office.app.view().work.sheet == Sheet::doubt);
    for (int pictures = 0; office.desk.is_filming() && pictures < 500; ++pictures)
        office.turn();
    CHECK(office.app.view().work.sheet == Sheet::none);
    CHECK_FALSE(office.app.wants_to_close());
    CHECK(names_in(folder) == std::vector<std::string>{"02-relaying-denied-film.gif"});
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
