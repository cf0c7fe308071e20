// Machines and places that are dropped onto others: nothing is hidden.
#include "nothing_hidden.hpp"
#include "stage.hpp"

#include "viz/layout/elbow_room.hpp"

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("A machine that is dropped onto another stands beside it, in its own place") {
    Stage stage{denied};
    Rect const home = stage.shape("place:isp");
    Point const grip = stage.shape("icon:mx1.shop.example").centre();
    stage.drag(grip, stage.shape("icon:mail.isp.example").centre());
    stage.frames(3);
    check_nothing_hidden(stage.app.layout());
    CHECK(stage.shape("place:isp") == home);
    HostId const shop = host_named(stage.app.world(), "mx1.shop.example");
    std::string const own = stage.app.world().networks[stage.app.world().hosts[shop].network].name;
    CHECK(stage.shape("place:" + own).contains(stage.shape("icon:mx1.shop.example").centre()));
    // There it stays, and can be taken up again.
    Rect const there = stage.shape("icon:mx1.shop.example");
    stage.frames(3);
    CHECK(stage.shape("icon:mx1.shop.example") == there);
    stage.drag(there.centre(), grip);
    stage.frames(3);
    CHECK(stage.shape("icon:mx1.shop.example").centre().x == Approx(grip.x).margin(20));
    check_nothing_hidden(stage.app.layout());
}

TEST_CASE("A machine that is dropped into another place stands beside it, and covers nothing of it") {
    for (char const* const lesson : {"01-magic", denied})
        for (Point const within : {Point{0.5F, 0.9F}, Point{0.1F, 0.5F}, Point{0.5F, 0.02F}}) {
            Stage stage{lesson, large_size};
            stage.seek(stage.app.trace().ended_at);
            Rect const shop = stage.shape("place:shop");
            Point const to{shop.x + within.x * shop.w, shop.y + within.y * shop.h};
            INFO(lesson << " at " << within.x << ", " << within.y);
            stage.drag(stage.shape("icon:mail.isp.example").centre(), to);
            stage.frames(3);
            CanvasLayout const& plan = stage.app.layout();
            check_nothing_hidden(plan);
            for (Place const& place : plan.places)
                for (Rect const& outpost : place.outposts)
                    for (Place const& other : plan.places)
                        CHECK((other.network == place.network || area_shared(outpost, other.box) <= 1));
            Rect const server = stage.shape("icon:mail.isp.example");
            CHECK(area_shared(server, stage.shape("place:shop")) <= 1);
        }
}

TEST_CASE("Whoever drags a person into another place is told that they are still where they were") {
    Stage stage{"03-authenticated"};
    Rect const hotel = stage.shape("place:hotel");
    Point const maya = stage.shape("icon:maya").centre();
    REQUIRE(hotel.contains(maya));
    stage.drag(maya, maya + Point{6, 8}); // within her own place
    CHECK(stage.app.view().presenting.notice.empty());
    stage.drag(stage.shape("icon:maya").centre(), stage.shape("place:home").centre());
    CHECK(stage.app.view().presenting.notice == "Dragging only arranges the picture: Maya is still in Hotel "
                                                "Wi-Fi. Build has the Network of each among "
                                                "its settings.");
}

TEST_CASE("A place that is dropped onto others covers none of them") {
    Stage stage{denied};
    Rect const hotel = stage.shape("place:hotel");
    Point const grip{hotel.x + 30, hotel.bottom() - 20};
    stage.drag(grip, stage.shape("place:isp").centre());
    stage.frames(3);
    check_nothing_hidden(stage.app.layout());
}

TEST_CASE("A place that is dragged lies over the others, and is dropped at the nearest free spot") {
    Stage stage{denied, large_size};
    Rect const hotel = stage.shape("place:hotel");
    Rect const shop = stage.shape("place:shop");
    Rect const isp = stage.shape("place:isp");
    Point const grip{hotel.x + 30, hotel.bottom() - 20};
    Point const by = isp.centre() - hotel.centre();
    stage.event(MouseMoved{grip});
    stage.event(MousePressed{grip});
    for (int step = 1; step <= 4; ++step)
        stage.event(MouseMoved{grip + by * (static_cast<float>(step) / 4)});
    // What it lies on does not shine through: the server of the provider is not to be seen.
    Rect const held = stage.shape("place:hotel");
    Rect const server = stage.shape("icon:mail.isp.example");
    Rect const maya = stage.shape("icon:maya");
    REQUIRE(held.contains(server));
    REQUIRE(area_shared(server, maya) < 1);
    int const blue = count_pixels(stage.picture(), server, blue_rgb);
    CHECK(blue < 20);
    Point const end = grip + by;
    stage.event(MouseReleased{end});
    stage.frames(4);
    check_nothing_hidden(stage.app.layout());
    // It does not end up at a third one: on one side it touches what it was dropped on.
    Rect const there = stage.shape("place:hotel");
    Rect const on = stage.shape("place:isp");
    float const gap = 12 * stage.app.layout().unit;
    CHECK(there.inset(-gap).overlaps(on));
    CHECK(stage.shape("place:shop") == shop);
    CHECK_FALSE(there.overlaps(shop));
}

TEST_CASE("Roads go round a machine that was put in their way") {
    for (char const* const lesson : {denied, "24-backup-not-told", "07-two-devices", "17-tester-inside"}) {
        Stage stage{lesson};
        CanvasLayout const laid_out = stage.app.layout();
        // Each machine in turn is put into the middle of each road of the others.
        for (Spot const& spot : laid_out.spots)
            for (Road const& road : laid_out.roads) {
                if (!spot.host.valid() || spot.host == road.from || spot.host == road.to)
                    continue;
                Point const middle = along(road.path, 0.5);
                Positions positions;
                positions.machines[spot.host] = {(middle.x - laid_out.area.x) / laid_out.area.w,
                                                 (middle.y - laid_out.area.y) / laid_out.area.h};
                CanvasLayout const plan = plan_canvas(present_in(stage.app.world(), stage.app.state()),
                                                      stage.app.trace(), laid_out.area, 1, positions);
                for (Road const& way : plan.roads)
                    for (Spot const& other : plan.spots) {
                        if (!other.host.valid() || other.host == way.from || other.host == way.to)
                            continue;
                        Rect const body = body_of(plan, other);
                        if (body.contains(way.path.front()) || body.contains(way.path.back()))
                            continue; // the hand has not let go yet
                        INFO(lesson << ' ' << other.called << ' ' << spot.called);
                        CHECK_FALSE(runs_through(way.path, body));
                    }
            }
    }
}

TEST_CASE("A path that is led round keeps off the blocks, and stays where nothing is in its way") {
    Rect const area{0, 0, 400, 300};
    std::vector<Point> const straight{{10, 150}, {390, 150}};
    CHECK(led_round(straight, {{100, 10, 50, 50}}, area, 8) == straight);
    Rect const block{150, 100, 60, 90};
    std::vector<Point> const way = led_round(straight, {block}, area, 8);
    CHECK(way.front() == straight.front());
    CHECK(way.back() == straight.back());
    CHECK_FALSE(runs_through(way, block));
    CHECK(length_of(way) < 440); // not further round than it has to be
    // From side to side there is no way round.
    CHECK(led_round(straight, {{150, -10, 60, 400}}, area, 8) == straight);
}
