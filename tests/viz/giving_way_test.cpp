// What stands where it was put by hand or by the scenario: the rest is arranged around it.
#include "nothing_hidden.hpp"
#include "stage.hpp"

#include "viz/layout/detour.hpp"
#include "viz/layout/elbow_room.hpp"
#include "viz/screen.hpp"
#include "viz/theme.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

/// Maya was put to the right, and servers have come since.
World grown_around_maya(std::string const& at) {
    return world_of(R"({ "format": 1, "title": "A new world",
        "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                     "mail.new.example": { "handles": ["new.example"] },
                     "mail2.new.example": {}, "mail3.new.example": {} },
        "people": { "maya": { "at": )" +
                    at + R"(, "address": "maya@isp.example" } },
        "spammers": { "spammer": { "to": ["someone@isp.example"], "count": 10 } },
        "populations": { "crowd": { "server": "mail.isp.example", "people": 100, "at_most": 100 } },
        "mail": [{ "from": "maya", "to": ["someone@isp.example"] }] })");
}

CanvasLayout planned(World const& world, PictureSize size, Positions positions) {
    float const scale = scale_of(size.width, size.height);
    Rect const area =
        plan_screen(static_cast<float>(size.width), static_cast<float>(size.height), scale).picture;
    return plan_canvas(Present{world}, run(world), area, scale, positions);
}

/// Nothing lies under something else, none of it under the DNS, and all of it in sight.
void check_nothing_covered(CanvasLayout const& layout) {
    for (Spot const& spot : layout.spots) {
        INFO(spot.called);
        CHECK(layout.area.inset(-8).contains(body_of(layout, spot)));
        CHECK(area_shared(body_of(layout, spot), layout.dns) < 2);
    }
    check_nothing_hidden(layout);
}

} // namespace

TEST_CASE("No machine is arranged under one that was put somewhere by hand or by the scenario") {
    for (char const* const at : {"[862, 797]", "[862, 300]", "[100, 300]"})
        for (PictureSize const size : {small_size, large_size, PictureSize{1024, 768}}) {
            INFO(at << ' ' << size.width << 'x' << size.height);
            World const world = grown_around_maya(at);
            Positions const positions = positions_in(world, {});
            CanvasLayout const layout = planned(world, size, positions);
            check_nothing_covered(layout);
            // She stands where she was put.
            HostId const maya = host_named(world, "maya");
            Point const put{layout.area.x + positions.machines.at(maya).x * layout.area.w,
                            layout.area.y + positions.machines.at(maya).y * layout.area.h};
            Rect const cell = layout.spot(maya).cell;
            Rect const there = kept_within(around(put, cell.w, cell.h), layout.area);
            CHECK(cell.centre().x == Approx(there.centre().x).margin(1));
            CHECK(cell.centre().y == Approx(there.centre().y).margin(1));
        }
}

TEST_CASE("Nothing gives way to a machine that the hand still holds") {
    World const world = grown_around_maya("[862, 797]");
    Positions positions = positions_in(world, {});
    HostId const maya = host_named(world, "maya");
    positions.held = maya;
    CanvasLayout const usual = planned(world, large_size, {});
    CanvasLayout const layout = planned(world, large_size, positions);
    for (Spot const& spot : layout.spots)
        if (spot.host != maya)
            CHECK(spot.cell == usual.spot(spot.host).cell);
}

TEST_CASE("A road ends at the near side of a machine, wherever the other one was put") {
    World const world = load_lesson("18-hours-of-waiting");
    HostId const sender = host_named(world, "mail.isp.example");
    HostId const target = host_named(world, "mx1.shop.example");
    for (PictureSize const size : {small_size, large_size})
        for (float const across : {0.5F, 0.7F, 0.78F, 0.84F, 0.9F})
            for (float const down : {0.3F, 0.4F, 0.6F, 0.9F}) {
                Positions positions;
                positions.machines[target] = {0.84F, 0.4F};
                positions.machines[sender] = {across, down};
                CanvasLayout const layout = planned(world, size, positions);
                Spot const& from = layout.spot(sender);
                Spot const& to = layout.spot(target);
                if (area_shared(body_of(layout, from), body_of(layout, to)) > 0)
                    continue; // one upon the other: the hand has not let go yet
                INFO(across << ' ' << down << ' ' << size.width);
                Road const* const road = layout.road(sender, target);
                REQUIRE(road != nullptr);
                CHECK_FALSE(runs_through(road->path, from.icon));
                CHECK_FALSE(runs_through(road->path, to.icon));
            }
}
