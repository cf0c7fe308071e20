// When a world changes a little, its picture does: who was there stays, the newcomer takes free ground.
#include "change_stage.hpp"

#include "viz/layout/ground_memory.hpp"
#include "viz/screen.hpp"
#include "viz/theme.hpp"

#include <cmath>
#include <map>

using namespace mailflow;
using namespace mailflow::viz;

namespace {

HostId add_person(World& world, NetworkId network) {
    HostId const host =
        world.hosts.add({"newcomer", network, world.networks[network].range.machine(9), {}, {}});
    Person person;
    person.host = host;
    person.name = "Nora";
    world.hosts[host].person = world.people.add(person);
    return host;
}

void check_apart(CanvasLayout const& layout) {
    for (Place const& place : layout.places) {
        CHECK(layout.area.inset(-1).contains(place.box));
        CHECK_FALSE(place.box.overlaps(layout.dns));
        for (Place const& other : layout.places)
            if (other.network < place.network)
                CHECK_FALSE(other.box.overlaps(place.box));
    }
    for (Spot const& spot : layout.spots) {
        if (!spot.host.valid())
            continue;
        CHECK(spot.cell.inset(-1).contains(spot.icon));
        CHECK(spot.cell.inset(-1).contains(spot.name));
        for (Spot const& other : layout.spots)
            if (other.host.valid() && other.host < spot.host)
                CHECK_FALSE(other.cell.inset(0.5F).overlaps(spot.cell));
    }
}

/// Whether there is room for a road above all places.
bool has_headroom(CanvasLayout const& layout) {
    return std::none_of(layout.places.begin(), layout.places.end(),
                        [&](Place const& place) { return place.box.y < layout.area.y + 20 * layout.unit; });
}

/// Whether both are drawn as large, with the same things in each column.
bool has_columns_of(CanvasLayout const& one, CanvasLayout const& other) {
    bool const is_like = has_headroom(one) == has_headroom(other) && one.unit == other.unit &&
                         one.standing == other.standing && one.dns.x == other.dns.x &&
                         one.places.size() == other.places.size();
    return is_like && std::all_of(one.places.begin(), one.places.end(), [&](Place const& place) {
               return std::any_of(other.places.begin(), other.places.end(), [&](Place const& same) {
                   return same.network == place.network && same.box.x == place.box.x &&
                          same.box.w == place.box.w;
               });
           });
}

} // namespace

TEST_CASE("Who comes to a place takes free ground, and who was elsewhere stays there") {
    for (auto const& [width, height] :
         {std::pair{800U, 600U}, std::pair{1280U, 720U}, std::pair{1920U, 1080U}}) {
        float const scale = scale_of(width, height);
        Rect const area = plan_screen(static_cast<float>(width), static_cast<float>(height), scale).picture;
        std::size_t tried = 0;
        std::size_t nobody_moved = 0;
        std::size_t only_neighbours_moved = 0;
        for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"}) {
            if (entry.path().extension() != ".json")
                continue;
            World const world = load_lesson(entry.path().stem().string());
            Trace const trace = run(world);
            CanvasLayout const before = plan_canvas(Present{world}, trace, area, scale);
            for (Place const& place : before.places) {
                INFO(entry.path().stem() << ' ' << world.networks[place.network].name << ' ' << width);
                World more = world;
                HostId const newcomer = add_person(more, place.network);
                CanvasLayout const after =
                    plan_canvas(Present{more}, trace, area, scale, {}, {}, before.ground.get());
                check_apart(after);
                REQUIRE(after.spot(newcomer).host.valid());
                bool all_stay = true;
                bool others_stay = true;
                for (Spot const& spot : before.spots)
                    if (spot.host.valid() && after.spot(spot.host).cell != spot.cell) {
                        all_stay = false;
                        others_stay = others_stay && spot.cell.x >= place.box.x &&
                                      spot.cell.right() <= place.box.right();
                    }
                // Where machines have to be drawn smaller, or places or the DNS have to move to other
                // columns, more than that changes.
                bool const is_too_full =
                    !has_columns_of(plan_canvas(Present{more}, trace, area, scale), before);
                CHECK((others_stay || is_too_full));
                ++tried;
                nobody_moved += all_stay ? 1 : 0;
                only_neighbours_moved += others_stay ? 1 : 0;
            }
        }
        INFO(width << ": " << nobody_moved << " and " << only_neighbours_moved << " of " << tried);
        CHECK(5 * nobody_moved >= tried);
        CHECK(5 * only_neighbours_moved >= 3 * tried);
    }
}

TEST_CASE("When the newcomer has gone, or a step is taken back, the picture is what it was") {
    Rect const area = plan_screen(1280, 720, 1).picture;
    for (char const* lesson : {denied, "14-admin-mends-it", "34-open-relay-abused", "40-stolen-account"}) {
        World const world = load_lesson(lesson);
        Trace const trace = run(world);
        GroundMemory memory;
        CHECK(memory.find(world) == nullptr);
        CanvasLayout const before = plan_canvas(Present{world}, trace, area, 1);
        memory.keep(before.ground);
        for (Place const& place : before.places) {
            INFO(lesson << ' ' << world.networks[place.network].name);
            World more = world;
            add_person(more, place.network);
            memory.keep(plan_canvas(Present{more}, trace, area, 1, {}, {}, memory.find(world)).ground);
            CHECK(memory.find(more) != before.ground.get());
            REQUIRE(memory.find(world) == before.ground.get());
            CanvasLayout const back = plan_canvas(Present{world}, trace, area, 1, {}, {}, memory.find(world));
            for (Spot const& spot : before.spots)
                if (spot.host.valid())
                    CHECK(back.spot(spot.host).icon == spot.icon);
        }
    }
}

TEST_CASE("The picture of before is known by who was where, and by the places that there were") {
    World world = load_lesson("23-backup-mx");
    Trace const trace = run(world);
    Rect const area = plan_screen(1280, 720, 1).picture;
    GroundMemory memory;
    auto const plan = [&](World const& of) {
        CanvasLayout const layout = plan_canvas(Present{of}, trace, area, 1, {}, {}, memory.find(of));
        memory.keep(layout.ground);
        return layout;
    };
    (void)plan(world);
    add_person(world, world.hosts[host_named(world, "mx1.shop.example")].network);
    CanvasLayout const before = plan(world); // not what it would be if all were new
    for (std::size_t i = 0; i < world.hosts.size(); ++i) {
        World moved = world;
        HostId const host = moved.hosts.id_at(i);
        moved.hosts[host].network = moved.networks.id_at((moved.hosts[host].network.index + 1) % 3);
        if (moved.hosts[host].network == world.hosts[host].network)
            continue;
        (void)plan(moved);
        for (Spot const& spot : plan(world).spots)
            CHECK(spot.cell == before.spot(spot.host).cell);
    }
    for (int places = 1; places <= 5; ++places) { // at last so many that all is laid out anew
        World more = world;
        for (int i = 0; i < places; ++i) {
            std::string const name = "place" + std::to_string(i);
            Network network = world.networks[world.networks.id_at(0)];
            network.name = network.label = name;
            NetworkId const id = more.networks.add(network);
            if (i % 2 == 0) {
                HostId const host = add_person(more, id);
                more.hosts[host].name = name + "-person";
            }
        }
        (void)plan(more);
        for (Spot const& spot : plan(world).spots)
            CHECK(spot.cell == before.spot(spot.host).cell);
    }
}

TEST_CASE("However long something is dragged, a step back finds the picture of before") {
    World const world = load_lesson("23-backup-mx");
    Trace const trace = run(world);
    Rect const area = plan_screen(1280, 720, 1).picture;
    GroundMemory memory;
    CanvasLayout const before = plan_canvas(Present{world}, trace, area, 1);
    memory.keep(before.ground);
    World more = world;
    HostId const newcomer = add_person(more, world.hosts[host_named(world, "mx1.shop.example")].network);
    for (int frame = 0; frame < 100; ++frame) {
        Positions positions;
        positions.machines[newcomer] = {0.5F, 0.2F + 0.005F * static_cast<float>(frame)};
        memory.keep(plan_canvas(Present{more}, trace, area, 1, positions, {}, memory.find(more)).ground);
    }
    CHECK(memory.find(world) == before.ground.get());
}

TEST_CASE("In a picture of another size, or of a world of other things, all is laid out anew") {
    World const world = load_lesson(denied);
    Trace const trace = run(world);
    Rect const area = plan_screen(1280, 720, 1).picture;
    CanvasLayout const fresh = plan_canvas(Present{world}, trace, area, 1);
    Rect const smaller{area.x, area.y, area.w - 60, area.h};
    CanvasLayout const resized = plan_canvas(Present{world}, trace, smaller, 1, {}, {}, fresh.ground.get());
    CanvasLayout const alone = plan_canvas(Present{world}, trace, smaller, 1);
    for (Spot const& spot : alone.spots)
        CHECK(resized.spot(spot.host).cell == spot.cell);
    World const other = load_lesson("33-names-in-the-dns");
    Trace const other_trace = run(other);
    CanvasLayout const of_other =
        plan_canvas(Present{other}, other_trace, area, 1, {}, {}, fresh.ground.get());
    CanvasLayout const other_alone = plan_canvas(Present{other}, other_trace, area, 1);
    for (Spot const& spot : other_alone.spots)
        if (spot.host.valid())
            CHECK(area.inset(-1).contains(of_other.spot(spot.host).cell));
    check_apart(of_other);
}

TEST_CASE(
    "In the window who is there stays when somebody is added, and all is as before when that is undone") {
    for (char const* lesson : {denied, "05-handled-domain", "23-backup-mx"}) {
        ChangeStage stage{lesson, large_size};
        stage.click("mode:build");
        stage.frames(3);
        std::map<std::string, Rect> icons;
        for (auto const& [name, rect] : stage.app.drawn().shapes)
            if (name.starts_with("icon:"))
                icons[name] = rect;
        REQUIRE(icons.size() >= 3);
        for (char const* what : {"/people", "/networks", "/servers"}) {
            INFO(lesson << ' ' << what);
            std::size_t const machines = stage.app.world().hosts.size();
            std::size_t const places = stage.app.world().networks.size();
            stage.press(std::string{"add:"} + what);
            stage.frames(3);
            CHECK(stage.app.world().hosts.size() + stage.app.world().networks.size() > machines + places);
            float newcomer_x = 0;
            for (auto const& [name, rect] : stage.app.drawn().shapes)
                if (name.starts_with("icon:") && icons.count(name) == 0)
                    newcomer_x = rect.centre().x;
            for (auto const& [name, rect] : icons) {
                Rect const now = stage.shape(name);
                bool const is_neighbour = std::abs(rect.centre().x - newcomer_x) < 5; // in its column
                CHECK((now == rect || (is_neighbour && now.x == rect.x)));
            }
            stage.click("undo");
            stage.frames(3);
            for (auto const& [name, rect] : icons)
                CHECK(stage.shape(name) == rect);
        }
    }
}
