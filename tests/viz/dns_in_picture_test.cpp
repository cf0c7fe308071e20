// The DNS in the picture: it lies under nothing, and the roads to it run over nothing.
#include "stage.hpp"

#include "viz/layout/detour.hpp"
#include "viz/layout/elbow_room.hpp"

using namespace mailflow;
using namespace mailflow::viz;

TEST_CASE("The roads to the DNS run over no place that they pass") {
    for (char const* lesson : {"25-early-internet", "33-names-in-the-dns"})
        for (PictureSize const size : {small_size, PictureSize{1600, 900}, large_size}) {
            INFO(lesson << ' ' << size.width);
            Stage stage{lesson, size};
            CanvasLayout const& layout = stage.app.layout();
            REQUIRE_FALSE(layout.dns_roads.empty());
            for (DnsRoad const& road : layout.dns_roads) {
                Rect const own = layout.spot(road.asker).cell;
                for (Place const& place : layout.places) {
                    INFO(layout.spot(road.asker).called << " past " << place.box.x << ' ' << place.box.y);
                    if (!place.box.contains(own.centre()))
                        CHECK_FALSE(runs_through(road.path, place.box.inset(1)));
                }
            }
        }
}

TEST_CASE("Wherever a machine is put, the DNS lies beside it") {
    World const world = load_lesson("18-hours-of-waiting");
    Trace const trace = run(world);
    for (char const* name : {"mail.isp.example", "mx1.shop.example", "maya"})
        for (float const across : {0.1F, 0.3F, 0.5F, 0.7F, 0.9F})
            for (float const down : {0.2F, 0.4F, 0.5F, 0.7F, 0.85F, 0.95F}) {
                Positions positions;
                HostId const host = host_named(world, name);
                positions.machines[host] = {across, down};
                for (Rect const area : {Rect{250, 140, 660, 430}, Rect{370, 210, 1010, 640}}) {
                    float const scale = area.w > 700 ? 1.4F : 1.0F;
                    CanvasLayout const layout = plan_canvas(Present{world}, trace, area, scale, positions);
                    INFO(name << ' ' << across << ' ' << down << ' ' << area.w);
                    Rect const seen = body_of(layout, layout.spot(host)).inset(5 * layout.unit);
                    CHECK(area_shared(seen, layout.dns) < 2); // but for the air around it
                }
            }
}

TEST_CASE("A place goes along with its only machine") {
    Stage stage{"02-relaying-denied", large_size};
    Rect const before = stage.shape("place:hotel");
    Point const grip = stage.shape("icon:maya").centre();
    Point const by{30, 60};
    stage.drag(grip, grip + by);
    stage.frames(3);
    Rect const after = stage.shape("place:hotel");
    CHECK(after.w == Approx(before.w).margin(1));
    CHECK(after.x > before.x + 10);
    CHECK(after.h <= before.h + 1);
    CHECK(after.contains(stage.shape("icon:maya").centre()));
    for (auto const& [name, rect] : stage.app.drawn().shapes)
        CHECK_FALSE(name.starts_with("outpost:"));
}
