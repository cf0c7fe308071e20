// Machines and places that are dropped onto others: nothing is hidden.
#include "stage.hpp"

#include "viz/elbow_room.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

constexpr char const* denied = "02-relaying-denied";

/// Whether no machine covers another or the title of a place, and no place another.
void check_nothing_hidden(Stage const& stage) {
    CanvasLayout const& layout = stage.app.layout();
    for (Spot const& spot : layout.spots)
        for (Spot const& other : layout.spots)
            if (spot.host < other.host)
                CHECK(area_shared(body_of(layout, spot), body_of(layout, other)) < 2);
    for (Place const& place : layout.places)
        for (Place const& other : layout.places)
            if (place.network < other.network)
                CHECK(area_shared(place.box, other.box) < 2);
}

} // namespace

TEST_CASE("A machine that is dropped onto another stands beside it, on ground of its own") {
    Stage stage{denied};
    Rect const home = stage.shape("place:isp");
    Point const grip = stage.shape("icon:mx1.shop.example").centre();
    stage.drag(grip, stage.shape("icon:mail.isp.example").centre());
    stage.frames(3);
    check_nothing_hidden(stage);
    CHECK(stage.shape("place:isp") == home);
    CHECK(stage.shows("outpost:" +
                      stage.app.world().networks[stage.app.world().hosts[HostId{1}].network].name));
    // There it stays, and can be taken up again.
    Rect const there = stage.shape("icon:mx1.shop.example");
    stage.frames(3);
    CHECK(stage.shape("icon:mx1.shop.example") == there);
    stage.drag(there.centre(), grip);
    stage.frames(3);
    CHECK(stage.shape("icon:mx1.shop.example").centre().x == Approx(grip.x).margin(20));
    check_nothing_hidden(stage);
}

TEST_CASE("A place that is dropped onto others covers none of them") {
    Stage stage{denied};
    Rect const hotel = stage.shape("place:hotel");
    Point const grip{hotel.x + 30, hotel.bottom() - 20};
    stage.drag(grip, stage.shape("place:isp").centre());
    stage.frames(3);
    check_nothing_hidden(stage);
}
