// The window opened, its buttons pressed, and what each of them did.
#include "stage.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

} // namespace

TEST_CASE("A part of the picture has a button that leads back to the whole") {
    Stage stage{denied};
    CHECK(stage.app.drawn().widgets.count("whole picture") == 0);
    stage.scroll(stage.app.picture().centre(), 5);
    REQUIRE(stage.app.view().camera.zoom > 2);
    stage.click("whole picture");
    CHECK(stage.app.view().camera == Camera{});
    stage.frames(1);
    CHECK(stage.app.drawn().widgets.count("whole picture") == 0);
    stage.key(Key::left, {true, false}); // moved by the keyboard
    stage.frames(1);
    CHECK(stage.app.drawn().widgets.count("whole picture") == 1);
}

TEST_CASE("The window opens at the beginning, standing still") {
    Stage stage{denied};
    CHECK(stage.window.size() == small_size);
    CHECK(stage.app.view().now == Instant{});
    CHECK_FALSE(stage.app.view().playing);
    Picture const before = stage.picture();
    stage.frames(30);
    CHECK(stage.picture() == before);
}

TEST_CASE("Play lets the clock run, and pressing it again stops it") {
    Stage stage{denied};
    stage.click("play");
    CHECK(stage.app.view().playing);
    Instant const early = stage.app.view().now;
    stage.frames(60);
    Instant const later = stage.app.view().now;
    double const watched_s = 60.0 * static_cast<double>(tick_s);
    CHECK(seconds(later - early) ==
          Approx(watched_s * speeds[stage.app.view().speed].factor()).epsilon(0.01));
    stage.click("play");
    CHECK_FALSE(stage.app.view().playing);
    Instant const stopped = stage.app.view().now;
    stage.frames(20);
    CHECK(stage.app.view().now == stopped);
}

TEST_CASE("A typical run plays over some twenty seconds and stops at its end") {
    Stage stage{denied};
    stage.key(Key::space);
    int frames = 0;
    while (stage.app.view().playing && frames < 60 * 60) {
        stage.frames(1);
        ++frames;
    }
    CHECK(frames > 8 * 60);
    CHECK(frames < 40 * 60);
    CHECK(stage.app.view().now == stage.app.pace().end());
}

TEST_CASE("Step forward and back go from event to event") {
    Stage stage{denied};
    std::vector<StoryRow> const& rows = stage.app.rows().all();
    auto const is_at = [&](StoryRow const& row, Instant at) {
        return stage.app.trace().events[row.event].at == at;
    };
    stage.click("step forward");
    Instant const first = stage.app.view().now;
    CHECK(first > Instant{});
    CHECK(std::any_of(rows.begin(), rows.end(), [&](StoryRow const& row) { return is_at(row, first); }));
    stage.click("step forward");
    CHECK(stage.app.view().now > first);
    stage.click("step back");
    CHECK(stage.app.view().now == first);
    stage.key(Key::right);
    stage.key(Key::left);
    CHECK(stage.app.view().now == first);
}

TEST_CASE("To end and to start go there") {
    Stage stage{denied};
    stage.click("to end");
    CHECK(stage.app.view().now == stage.app.pace().end());
    stage.click("to start");
    CHECK(stage.app.view().now == Instant{});
    stage.key(Key::end);
    CHECK(stage.app.view().now == stage.app.pace().end());
    stage.key(Key::home);
    CHECK(stage.app.view().now == Instant{});
}

TEST_CASE("The switch changes the level of detail, and so do the keys 1, 2 and 3") {
    Stage stage{denied};
    CHECK(stage.app.view().detail == Detail::protocol);
    stage.click("detail:magic");
    CHECK(stage.app.view().detail == Detail::magic);
    stage.frames(60); // until the cloud has closed
    CHECK(stage.shows("magic:cloud"));
    stage.click("detail:servers");
    CHECK(stage.app.view().detail == Detail::servers);
    CHECK_FALSE(stage.shows("magic:cloud"));
    stage.key(Key::one);
    CHECK(stage.app.view().detail == Detail::magic);
    stage.key(Key::three);
    CHECK(stage.app.view().detail == Detail::protocol);
}

TEST_CASE("Commands cross the canvas only at the level of the protocol") {
    Stage stage{denied};
    Instant const sent = moment_of<CommandSent>(
        stage.app.trace(), [](CommandSent const& command) { return command.verb == Verb::rcpt; });
    stage.seek(sent + 1ms);
    CHECK(stage.shows("tag:0"));
    stage.key(Key::two);
    stage.frames(1);
    CHECK_FALSE(stage.shows("tag:0"));
}

TEST_CASE("The speed buttons change the speed by a step") {
    Stage stage{denied};
    std::size_t const before = stage.app.view().speed;
    stage.click("faster");
    CHECK(stage.app.view().speed == before + 1);
    stage.click("slower");
    stage.click("slower");
    CHECK(stage.app.view().speed == before - 1);
}

TEST_CASE("The timeline can be dragged to any moment") {
    Stage stage{denied};
    Rect const track = stage.shape("track");
    Point const grip{track.x + 1, track.centre().y};
    stage.event(MouseMoved{grip});
    stage.event(MousePressed{grip});
    for (float const part : {0.2F, 0.8F, 0.5F}) {
        stage.event(MouseMoved{{track.x + track.w * part, grip.y}});
        stage.frames(1);
        CHECK(stage.app.pace().axis_of(stage.app.view().now) == Approx(part).margin(0.01));
    }
    stage.event(MouseReleased{{track.x + track.w * 0.5F, grip.y}});
    Instant const released = stage.app.view().now;
    stage.event(MouseMoved{{track.x, grip.y}});
    CHECK(stage.app.view().now == released);
}

TEST_CASE("A click on an event goes to its moment and opens its details") {
    Stage stage{denied};
    stage.key(Key::two);
    stage.frames(2);
    for (StoryRow const& row : stage.app.rows().all()) {
        if (row.mark != Mark::refused)
            continue;
        Instant const at = stage.app.trace().events[row.event].at;
        Subject const behind = subject_of(stage.app.world(), stage.app.trace(), row.event);
        stage.seek(at - 1ms); // so that the list has scrolled to where the row can be seen
        stage.click("event:" + std::to_string(row.event));
        CHECK(stage.app.view().now == at);
        CHECK((stage.app.view().subject == behind));
        CHECK(std::holds_alternative<DecisionId>(behind));
        CHECK(stage.shows("rung:0"));
        return;
    }
    FAIL("there is no refusal in the list");
}

TEST_CASE("A click on a machine opens its details, and the cross closes them") {
    Stage stage{denied};
    stage.click("machine:mail.isp.example");
    REQUIRE(std::holds_alternative<HostId>(stage.app.view().subject));
    HostId const chosen = std::get<HostId>(stage.app.view().subject);
    CHECK(stage.app.world().hosts[chosen].name == "mail.isp.example");
    stage.click("close details");
    CHECK((stage.app.view().subject == Subject{}));
}

TEST_CASE("The envelope in the picture opens what its row opens") {
    Stage stage{denied};
    StoryRow const& row = stage.app.rows().all().front();
    stage.click("event:" + std::to_string(row.event));
    Subject const by_row = stage.app.view().subject;
    stage.key(Key::escape);
    CHECK((stage.app.view().subject == Subject{}));
    std::string const mail = stage.app.world().mail[stage.app.world().mail.id_at(0)].id;
    stage.click("envelope:" + mail);
    CHECK((stage.app.view().subject == by_row));
    CHECK(std::holds_alternative<MessageId>(by_row));
}

TEST_CASE("H shows the card of keys, and a click or Escape takes it away") {
    Stage stage{denied};
    stage.key(Key::h);
    stage.frames(1);
    CHECK(stage.app.view().card == Card::keys);
    Picture const covered = stage.picture();
    stage.click("keys card");
    CHECK(stage.app.view().card == Card::none);
    CHECK_FALSE(stage.picture() == covered);
    stage.key(Key::h);
    stage.key(Key::escape);
    CHECK(stage.app.view().card == Card::none);
    CHECK_FALSE(stage.app.wants_to_close());
}

TEST_CASE("Escape never leaves, and says that Ctrl+Q does") {
    Stage stage{denied};
    for (int i = 0; i < 5; ++i)
        stage.key(Key::escape);
    CHECK_FALSE(stage.app.wants_to_close());
    CHECK(stage.app.view().presenting.notice.find("Ctrl+Q") != std::string::npos);
    CHECK(stage.app.view().presenting.notice_left_s > 0);
    stage.key(Key::q);
    CHECK_FALSE(stage.app.wants_to_close());
    stage.key(Key::q, {false, true});
    CHECK(stage.app.wants_to_close());
}

TEST_CASE("A window of any size is drawn, however little fits") {
    Stage stage{denied};
    stage.seek(stage.app.pace().end());
    for (auto const& [width, height] : {std::pair{120U, 90U}, std::pair{1U, 1U}, std::pair{400U, 1200U},
                                        std::pair{2000U, 200U}, std::pair{1024U, 768U}}) {
        stage.size = {width, height};
        for (Detail const detail : {Detail::magic, Detail::servers, Detail::protocol}) {
            stage.app.set_detail(detail);
            stage.frames(3);
            if (width > 100) // a window of one pixel shows nothing, and breaks nothing
                CHECK(stage.widget("play").w > 0);
        }
    }
}

TEST_CASE("A press and a release that come within one frame count as a click") {
    Stage stage{denied};
    Point const play = stage.widget("play").centre();
    stage.event(MouseMoved{play});
    stage.app.on_event(MousePressed{play}, stage.ui);
    stage.app.on_event(MouseReleased{play}, stage.ui);
    stage.frames(3);
    CHECK(stage.app.view().playing);
}
