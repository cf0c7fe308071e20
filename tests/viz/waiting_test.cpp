// What waits, what is down, and who has moved: the picture held against the trace.
#include "stage.hpp"

#include "viz/scene/waiting.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

Spot spot_of(Stage const& stage, std::string const& name) {
    return stage.app.layout().spot(host_named(stage.app.world(), name));
}

} // namespace

TEST_CASE("A server is drawn as down as long as it is, and a queue that waits stands beside its server") {
    for (PictureSize const size : {small_size, large_size}) {
        Stage stage{"18-hours-of-waiting", size};
        stage.seek(Instant{150min});
        CHECK(stage.shows("down:mx1.shop.example"));
        CHECK_FALSE(stage.shows("down:mail.isp.example"));
        REQUIRE(stage.app.state().queued.size() == 1);
        CHECK(stage.shows("waits:mail.isp.example"));
        Rect const queue = stage.shape("queue:mail.isp.example");
        CHECK(queue.overlaps(spot_of(stage, "mail.isp.example").cell));
        Picture const picture = stage.picture();
        CHECK(count_pixels(picture, queue, purple_rgb) > 80);
        CHECK(count_pixels(picture, stage.shape("icon:mx1.shop.example"), blue_rgb) == 0);

        stage.seek(stage.app.pace().end());
        CHECK_FALSE(stage.shows("down:mx1.shop.example"));
        CHECK_FALSE(stage.shows("waits:mail.isp.example"));
        CHECK_FALSE(stage.shows("queue:mail.isp.example"));
        CHECK(count_pixels(stage.picture(), stage.shape("icon:mx1.shop.example"), blue_rgb) > 80);
    }
}

TEST_CASE("A message is put off from its deferral on, and the list and the timeline say so") {
    Stage stage{"18-hours-of-waiting"};
    Instant const put_off =
        moment_of<MessageDeferred>(stage.app.trace(), [](MessageDeferred const&) { return true; });
    stage.seek(put_off - 1ns);
    CHECK_FALSE(stage.shows("waits:mail.isp.example"));
    stage.seek(put_off);
    CHECK(stage.shows("waits:mail.isp.example"));
    for (Mark const mark : {Mark::deferred, Mark::changed}) {
        std::vector<StoryRow> const& rows = stage.app.rows().all();
        auto const row =
            std::find_if(rows.begin(), rows.end(), [mark](StoryRow const& r) { return r.mark == mark; });
        REQUIRE(row != rows.end());
        CHECK(stage.shows("mark:" + std::to_string(row->event)));
    }
}

TEST_CASE("The countdown rounds up to what a reader can use") {
    CHECK(next_try_words(Instant{12min}, Instant{1s}) == "next try in 12 min");
    CHECK(next_try_words(Instant{90min}, {}) == "next try in 1 h 30 min");
    CHECK(next_try_words(Instant{12min}, Instant{11min + 30s + 1ms}) == "next try in 30 s");
    CHECK(next_try_words(Instant{12min}, Instant{12min}) == "tries again now");
}

TEST_CASE("Hours and days of waiting play within a minute") {
    for (char const* const lesson : {"18-hours-of-waiting", "19-gave-up"}) {
        World const world = load_lesson(lesson);
        Pace const pace{run(world)};
        INFO(lesson);
        CHECK(pace.end() > Instant{3h});
        CHECK(pace.advance({}, 60, speeds[pace.calm_speed()]) == pace.end());
        CHECK(pace.advance({}, 10, speeds[pace.calm_speed()]) < pace.end());
    }
}

TEST_CASE("A person stands where they are at the moment, and nobody else moves") {
    for (PictureSize const size : {small_size, large_size}) {
        Stage stage{"29-hotels-server", size};
        stage.seek(Instant{1h});
        Spot const before = spot_of(stage, "maya");
        Rect const hotel = spot_of(stage, "mail.hotel.example").icon;
        Rect const shop = spot_of(stage, "mx1.shop.example").icon;
        stage.seek(Instant{22h + 1min});
        Spot const after = spot_of(stage, "maya");
        CHECK_FALSE(after.icon == before.icon);
        CHECK(spot_of(stage, "mail.hotel.example").icon == hotel);
        CHECK(spot_of(stage, "mx1.shop.example").icon == shop);
        for (Place const& place : stage.app.layout().places) {
            std::string const& name = stage.app.world().networks[place.network].name;
            CHECK(place.box.contains(after.cell.centre()) == (name == "cafe"));
            CHECK(place.box.contains(before.cell.centre()) == (name == "hotel"));
        }
        stage.seek(Instant{1h});
        CHECK(spot_of(stage, "maya").icon == before.icon);
    }
}

TEST_CASE("Hours of mail have round times below the timeline, where the marks leave room") {
    Stage stage{"46-half-of-it-is-spam", large_size};
    CHECK(stage.shows("time:2 h"));
    CHECK(stage.shows("time:4 h"));
    std::vector<Rect> words{stage.shape("seen from"), stage.shape("seen to")};
    for (auto const& [name, rect] : stage.app.drawn().shapes)
        if (name.starts_with("time:"))
            words.push_back(rect);
    CHECK(words.size() >= 7);
    for (std::size_t i = 0; i < words.size(); ++i)
        for (std::size_t k = 0; k < i; ++k)
            CHECK_FALSE(words[i].overlaps(words[k]));
    // Whoever predicts is not told how far away what comes is.
    stage.key(Key::home);
    stage.key(Key::q);
    stage.frames(2);
    CHECK_FALSE(stage.shows("time:2 h"));
}
