// What the picture shows, held against what the trace says is there.
#include "stage.hpp"

#include "viz/scene/envelopes.hpp"

#include <algorithm>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

using namespace std::chrono_literals;

std::vector<std::string> all_lessons() {
    return {"01-magic",
            "02-relaying-denied",
            "03-authenticated",
            "04-trusted-network",
            "05-handled-domain",
            "06-open-relay",
            "13-domain-not-set-up",
            "24-backup-not-told",
            "18-hours-of-waiting",
            "19-gave-up",
            "14-admin-mends-it",
            "29-hotels-server"};
}

std::string first_mail(Stage const& stage) {
    return stage.app.world().mail[stage.app.world().mail.id_at(0)].id;
}

/// How many pixels differ by more than the rounding of a blended edge.
int differing_pixels(Picture const& a, Picture const& b) {
    int count = 0;
    for (std::size_t i = 0; i < a.rgba.size(); i += 4)
        for (std::size_t channel = 0; channel < 3; ++channel)
            if (std::abs(a.rgba[i + channel] - b.rgba[i + channel]) > 3) {
                ++count;
                break;
            }
    return count;
}

bool in_a_mailbox(Stage const& stage) {
    return !stage.app.state().mailboxes.empty();
}

} // namespace

TEST_CASE("A moment looks the same however it is reached") {
    for (PictureSize const size : {small_size, large_size}) {
        Stage stage{denied, size};
        Instant const moment{430ms};
        stage.seek(moment);
        Picture const direct = stage.picture();
        stage.seek(stage.app.pace().end());
        stage.seek(moment);
        CHECK(stage.picture() == direct);
        stage.seek({});
        stage.seek(Instant{100ms});
        stage.seek(moment);
        CHECK(stage.picture() == direct);
        stage.seek(moment + 30ms);
        CHECK_FALSE(stage.picture() == direct);
    }
}

TEST_CASE("What is painted into memory is what the window shows") {
    Stage stage{denied};
    stage.seek(refusal_moment(stage.app.trace()));
    Picture const shown = stage.picture();
    std::optional<Picture> const painted = paint(stage.ui, small_size);
    REQUIRE(painted);
    CHECK(painted->size == shown.size);
    CHECK(differing_pixels(*painted, shown) == 0);
}

TEST_CASE("The envelope is drawn where the trace says that it is") {
    for (PictureSize const size : {small_size, large_size}) {
        Stage stage{denied, size};
        Instant const sent = moment_of<CommandSent>(
            stage.app.trace(), [](CommandSent const& command) { return command.verb == Verb::mail; });
        Duration const way = stage.app.trace().sessions[SessionId{0}].one_way;
        Road const& laid = stage.app.layout().roads.front();
        std::vector<Point> road = laid.path; // from the client, wherever it begins
        if (laid.from != stage.app.trace().sessions[SessionId{0}].client)
            std::reverse(road.begin(), road.end());
        float last_x = 0;
        for (int quarter = 1; quarter <= 3; ++quarter) {
            stage.seek(sent + way * quarter / 4);
            Picture const picture = stage.picture();
            Rect const envelope = stage.shape("envelope:" + first_mail(stage));
            float const margin = (envelope_width / 2 + 2) * stage.ui.ink().scale;
            float const length = length_of(road);
            Point const expected =
                along(road, (margin + (length - 2 * margin) * 0.25F * static_cast<float>(quarter)) / length);
            CHECK(envelope.centre().x == Approx(expected.x).margin(1.0));
            CHECK(envelope.centre().y == Approx(expected.y).margin(1.0));
            CHECK(envelope.x > last_x);
            last_x = envelope.x;
            CHECK(count_pixels(picture, envelope, ink_rgb) > 80);
        }
    }
}

TEST_CASE("The refusal is marked from its moment on, and not before") {
    for (PictureSize const size : {small_size, large_size}) {
        Stage stage{denied, size};
        Instant const refused = refusal_moment(stage.app.trace());
        std::string const mark = "callout:mail.isp.example";

        stage.seek(refused);
        REQUIRE(stage.shows(mark));
        Rect const callout = stage.shape(mark);
        Rect const envelope = stage.shape("envelope:" + first_mail(stage));
        int const orange = count_pixels(stage.picture(), callout, vermillion_rgb);
        CHECK(orange > 400);
        CHECK(count_pixels(stage.picture(), envelope, vermillion_rgb) > 80);

        stage.seek(refused - 1ns);
        CHECK_FALSE(stage.shows(mark));
        CHECK(count_pixels(stage.picture(), callout, vermillion_rgb) == 0);

        stage.seek(stage.app.pace().end());
        CHECK(stage.shape(mark) == callout);
        CHECK(count_pixels(stage.picture(), callout, vermillion_rgb) == orange);
        // The envelope stands at the door: beside the server that refused, on the sender's side.
        Rect const server = stage.shape("icon:mail.isp.example");
        Rect const stopped = stage.shape("envelope:" + first_mail(stage));
        CHECK(stopped.right() <= server.x);
        CHECK(server.x - stopped.right() < 24 * stage.ui.ink().scale);
        CHECK(stage.shows("rung:3"));
        CHECK(stage.shows("advice"));
    }
}

TEST_CASE("The mailbox shows that something lies in it once the trace has filed it") {
    Stage stage{"01-magic"};
    Instant const filed =
        moment_of<MessageFiled>(stage.app.trace(), [](MessageFiled const&) { return true; });
    stage.seek(filed - 1ns);
    Rect const mailbox = stage.shape("mailbox:mx1.shop.example");
    CHECK_FALSE(in_a_mailbox(stage));
    CHECK(count_pixels(stage.picture(), mailbox, green_rgb) == 0);
    stage.seek(filed);
    CHECK(in_a_mailbox(stage));
    CHECK(count_pixels(stage.picture(), mailbox, green_rgb) > 200);
}

TEST_CASE("A bounce comes back to the sender's mailbox") {
    Stage stage{"13-domain-not-set-up"};
    stage.seek(stage.app.pace().end());
    CHECK(stage.shows("callout:mx1.shop.example"));
    Rect const mailbox = stage.shape("mailbox:mail.isp.example");
    CHECK(count_pixels(stage.picture(), mailbox, green_rgb) > 200);
}

TEST_CASE("The magic picture shows the outcome and none of the machines between") {
    Stage arrived{"01-magic"};
    arrived.key(Key::one);
    arrived.frames(60); // until the cloud has closed
    arrived.seek(arrived.app.pace().end());
    CHECK(arrived.shows("arrived:" + first_mail(arrived)));
    CHECK_FALSE(arrived.shows("icon:mail.isp.example"));
}

TEST_CASE("The magic picture shows a refusal as what it is") {
    Stage stage{denied};
    stage.key(Key::one);
    stage.frames(60);
    stage.seek(stage.app.pace().end());
    CHECK(stage.shows("callout:magic"));
    CHECK_FALSE(stage.shows("arrived:" + first_mail(stage)));
}

TEST_CASE("No text on the canvas covers another or leaves it, at any moment of any lesson") {
    for (PictureSize const size : {small_size, large_size})
        for (std::string const& lesson : all_lessons()) {
            Stage stage{lesson, size};
            Rect const canvas = stage.app.layout().area.inset(-8 * stage.ui.ink().scale);
            for (Detail const detail : {Detail::magic, Detail::servers, Detail::protocol}) {
                stage.app.set_detail(detail);
                for (int part = 0; part <= 40; ++part) {
                    stage.app.seek(stage.app.pace().at_axis(part / 40.0));
                    stage.frames(1);
                    std::vector<Label> const& labels = stage.app.drawn().labels;
                    for (std::size_t i = 0; i < labels.size(); ++i) {
                        INFO(lesson << " at " << say_instant(stage.app.view().now) << ": " << labels[i].text);
                        CHECK(canvas.contains(labels[i].rect));
                        for (std::size_t j = i + 1; j < labels.size(); ++j) {
                            INFO("and " << labels[j].text);
                            CHECK(area_shared(labels[i].rect, labels[j].rect) < 1);
                        }
                    }
                }
            }
        }
}
