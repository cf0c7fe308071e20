// The plan of the canvas for worlds of many shapes: nothing on top of anything else, nothing outside.
#include "catch.hpp"

#include "viz/camera.hpp"
#include "viz/layout/layout.hpp"
#include "viz/screen.hpp"
#include "viz/theme.hpp"

using namespace mailflow;
using namespace mailflow::viz;

namespace {

struct Built {
    World world;
    Trace trace;
};

NetworkId add_network(World& world, std::string name) {
    std::string const range = "203.0.113." + std::to_string(8 * (world.networks.size() % 32)) + "/29";
    return world.networks.add({name, name, *parse_range(range), std::chrono::milliseconds{10}, {}, {}});
}

HostId add_server(World& world, NetworkId network, std::string const& name) {
    HostId const host = world.hosts.add({name, network, world.networks[network].range.machine(0), {}, {}});
    world.hosts[host].server =
        world.servers.add({.policy = {}, .host = host, .name = world.book.add_domain(name)});
    return host;
}

HostId add_person(World& world, NetworkId network, std::string const& name, ServerId outgoing) {
    HostId const host = world.hosts.add({name, network, world.networks[network].range.machine(1), {}, {}});
    Person person;
    person.host = host;
    person.name = name;
    person.outgoing = outgoing;
    world.hosts[host].person = world.people.add(person);
    return host;
}

void add_session(Built& built, HostId client, HostId server) {
    Session session;
    session.client = client;
    session.server = server;
    built.trace.sessions.add(session);
    Lookup lookup;
    lookup.asker = client;
    built.trace.lookups.add(lookup);
}

/// So many machines: a third of them people who send, a third their servers, the rest the recipients'
/// servers, so many machines to a network.
Built build_world(std::size_t machines, std::size_t to_a_network) {
    Built built;
    World& world = built.world;
    std::size_t const people = std::max<std::size_t>(1, machines / 3);
    std::size_t const outgoing = std::max<std::size_t>(1, machines / 3);
    std::vector<HostId> senders;
    std::vector<HostId> relays;
    std::vector<HostId> exchangers;
    NetworkId network;
    for (std::size_t i = 0; i < outgoing; ++i) {
        if (i % to_a_network == 0)
            network = add_network(world, "provider" + std::to_string(i));
        relays.push_back(add_server(world, network, "mail" + std::to_string(i) + ".isp.example"));
    }
    for (std::size_t i = people + outgoing; i < machines; ++i) {
        if ((i - people - outgoing) % to_a_network == 0)
            network = add_network(world, "shop" + std::to_string(i));
        exchangers.push_back(add_server(world, network, "mx" + std::to_string(i) + ".shop.example"));
    }
    for (std::size_t i = 0; i < people; ++i) {
        if (i % to_a_network == 0)
            network = add_network(world, "home" + std::to_string(i));
        ServerId const server = world.hosts[relays[i % relays.size()]].server;
        senders.push_back(add_person(world, network, "person" + std::to_string(i), server));
        Mail mail;
        mail.from = world.hosts[senders.back()].person;
        world.mail.add(mail);
        add_session(built, senders.back(), relays[i % relays.size()]);
    }
    for (std::size_t i = 0; i < exchangers.size(); ++i)
        add_session(built, relays[i % relays.size()], exchangers[i]);
    add_session(built, senders.front(), exchangers.back()); // past the middle column
    add_network(world, "empty");
    return built;
}

} // namespace

TEST_CASE("Three to twelve machines stand apart, each within its network, at both sizes") {
    for (auto const& [width, height] : {std::pair{1280U, 720U}, std::pair{1920U, 1080U}})
        for (std::size_t machines = 3; machines <= 12; ++machines)
            for (std::size_t to_a_network = 1; to_a_network <= 3; ++to_a_network) {
                INFO(machines << " machines, " << to_a_network << " to a network, " << width << "x"
                              << height);
                Built const built = build_world(machines, to_a_network);
                float const scale = scale_of(width, height);
                Rect const area =
                    plan_screen(static_cast<float>(width), static_cast<float>(height), scale).picture;
                CanvasLayout const layout = plan_canvas(Present{built.world}, built.trace, area, scale);
                REQUIRE(layout.spots.size() == machines);
                for (std::size_t i = 0; i < layout.places.size(); ++i) {
                    Rect const box = layout.places[i].box;
                    CHECK(area.inset(-1).contains(box));
                    CHECK_FALSE(box.overlaps(layout.dns));
                    for (std::size_t j = i + 1; j < layout.places.size(); ++j)
                        CHECK_FALSE(box.overlaps(layout.places[j].box));
                }
                for (Spot const& spot : layout.spots) {
                    CHECK(spot.cell.inset(-1).contains(spot.icon));
                    CHECK(spot.cell.inset(-1).contains(spot.name));
                    CHECK(spot.cell.inset(-1).contains(spot.note));
                    CHECK_FALSE(spot.icon.overlaps(spot.name));
                    CHECK_FALSE(spot.icon.overlaps(spot.note));
                    bool const in_line = spot.standing == Standing::line;
                    if (!in_line) // in a row the name gives way to a number, where there is one
                        CHECK_FALSE(spot.name.overlaps(spot.note));
                    if (!in_line ||
                        is_server(built.world, spot.host)) // a person's row needs no room for a number
                        CHECK(spot.note.w >= (in_line ? 30 : 60) * layout.unit);
                    CHECK(spot.name.w >= 40 * layout.unit);
                    CHECK(spot.icon.h >= 20 * layout.unit);
                    CHECK(spot.name.h >= 15 * layout.unit);
                    CHECK(layout.unit >= 0.75F * scale);
                }
            }
}

TEST_CASE("Roads begin and end at their machines and cross no other machine") {
    for (std::size_t machines = 3; machines <= 12; ++machines) {
        INFO(machines << " machines");
        Built const built = build_world(machines, 1);
        Rect const area = plan_screen(1280, 720, 1).picture;
        CanvasLayout const layout = plan_canvas(Present{built.world}, built.trace, area, 1);
        for (Road const& road : layout.roads) {
            Rect const from = layout.spot(road.from).cell;
            Rect const to = layout.spot(road.to).cell;
            CHECK(from.inset(-20).contains(road.path.front()));
            CHECK(to.inset(-20).contains(road.path.back()));
            for (Spot const& spot : layout.spots)
                if (spot.host != road.from && spot.host != road.to)
                    for (int step = 0; step <= 100; ++step)
                        CHECK_FALSE(spot.icon.contains(along(road.path, step / 100.0)));
        }
    }
}

namespace {

/// A hotel, a home that only a rule speaks of, a provider, a shop: the road from the hotel passes the home.
Built build_past_an_empty_place() {
    Built built;
    World& world = built.world;
    NetworkId const hotel = add_network(world, "hotel");
    NetworkId const home = add_network(world, "home");
    NetworkId const isp = add_network(world, "isp");
    HostId const relay = add_server(world, isp, "mail.isp.example");
    HostId const shop = add_server(world, add_network(world, "shop"), "mx1.shop.example");
    HostId const maya = add_person(world, hotel, "maya", world.hosts[relay].server);
    Mail mail;
    mail.from = world.hosts[maya].person;
    world.mail.add(mail);
    world.servers[world.hosts[relay].server].policy.trusts.push_back(world.networks[home].range);
    add_session(built, maya, relay);
    add_session(built, relay, shop);
    return built;
}

void check_roads(Built const& built, Rect area, float scale) {
    CanvasLayout const layout = plan_canvas(Present{built.world}, built.trace, area, scale);
    for (Road const& road : layout.roads) {
        Rect const from = layout.spot(road.from).cell;
        Rect const to = layout.spot(road.to).cell;
        for (int step = 0; step <= 200; ++step) {
            Point const at = along(road.path, step / 200.0);
            CHECK(area.contains(at));
            for (Place const& place : layout.places)
                if (!place.box.contains(from.centre()) && !place.box.contains(to.centre()))
                    CHECK_FALSE(place.box.contains(at));
        }
    }
}

} // namespace

TEST_CASE("No road runs over a place that it passes or leaves the picture, however low that is") {
    for (auto const& [width, height] : {std::pair{620.0F, 190.0F}, std::pair{830.0F, 205.0F},
                                        std::pair{1000.0F, 330.0F}, std::pair{1000.0F, 500.0F}})
        for (float const scale : {1.0F, 1.3F}) {
            INFO(width << "x" << height << " at " << scale);
            check_roads(build_past_an_empty_place(), {16, 40, width, height}, scale);
            for (std::size_t machines = 3; machines <= 9; ++machines) {
                INFO(machines << " machines");
                check_roads(build_world(machines, 1), {16, 40, width, height}, scale);
            }
        }
}

TEST_CASE("No way leaves the picture at a side, in a column that nothing stands beside, or over the DNS") {
    Built built; // somebody and the server in one column, as they come in a world that is being built
    HostId const relay = add_server(built.world, add_network(built.world, "isp"), "mail.isp.example");
    add_person(built.world, add_network(built.world, "home"), "maya", built.world.hosts[relay].server);
    std::size_t ways = 0;
    auto const check = [&](Built const& world, Rect area, float scale) {
        CanvasLayout const layout = plan_canvas(Present{world.world}, world.trace, area, scale);
        auto const check_way = [&](std::vector<Point> const& path) {
            ++ways;
            for (Point const at : path)
                CHECK(area.inset(-1).contains(at));
        };
        for (Road const& road : layout.roads)
            check_way(road.path);
        for (DnsRoad const& road : layout.dns_roads) {
            check_way(road.path);
            CHECK(layout.dns.inset(-1).contains(road.path.back()));
        }
    };
    for (PictureSize const size : {PictureSize{800, 600}, PictureSize{1280, 720}, PictureSize{3840, 2160}}) {
        float const scale = scale_of(size.width, size.height);
        Rect const area =
            plan_screen(static_cast<float>(size.width), static_cast<float>(size.height), scale).picture;
        INFO(size.width << "x" << size.height);
        check(built, area, scale);
        for (std::size_t const to_a_network : {1U, 4U, 6U, 20U})
            for (std::size_t machines = 3; machines <= 60; machines += 19)
                check(build_world(machines, to_a_network), area, scale);
    }
    CHECK(ways > 1'000);
}

TEST_CASE("All roads of one machine go up and down in one lane of each gutter") {
    Built built;
    World& world = built.world;
    HostId const relay = add_server(world, add_network(world, "isp"), "mail.isp.example");
    NetworkId const far = add_network(world, "far");
    for (int n = 0; n < 6; ++n)
        add_session(built, relay, add_server(world, far, "mx" + std::to_string(n) + ".far.example"));
    HostId const other = add_server(world, far, "other.far.example");
    add_session(built, other, HostId{2});
    CanvasLayout const layout =
        plan_canvas(Present{world}, built.trace, plan_screen(1280, 720, 1).picture, 1);
    std::vector<float> lanes; // of the relay
    std::vector<float> of_the_other;
    REQUIRE(layout.roads.size() == 7);
    for (Road const& road : layout.roads) {
        bool const is_relays = road.from == relay || road.to == relay;
        CHECK((!is_relays || road.from == relay)); // it begins where they meet
        for (std::size_t i = 1; i < road.path.size(); ++i)
            if (std::abs(road.path[i].x - road.path[i - 1].x) < 0.01F &&
                std::abs(road.path[i].y - road.path[i - 1].y) > 20)
                (is_relays ? lanes : of_the_other).push_back(road.path[i].x);
    }
    REQUIRE(lanes.size() >= 4);
    REQUIRE_FALSE(of_the_other.empty());
    std::sort(lanes.begin(), lanes.end());
    for (std::size_t i = 1; i < lanes.size(); ++i)
        CHECK((lanes[i] - lanes[i - 1] < 0.01F || lanes[i] - lanes[i - 1] > 100)); // or the next gutter
    for (float const lane : lanes)
        for (float const other_lane : of_the_other)
            CHECK(std::abs(lane - other_lane) > 3);
}

TEST_CASE("Where it is low, the frame around a server leaves the title of its place free") {
    Built const built = build_past_an_empty_place();
    CanvasLayout const layout = plan_canvas(Present{built.world}, built.trace, {16, 40, 830, 205}, 1);
    for (Spot const& spot : layout.spots)
        if (spot.standing == Standing::upright)
            CHECK(spot.icon.y - spot.cell.y >= 10 * layout.unit);
}

TEST_CASE("Sixty machines stand apart, large enough to be read, in windows of every size") {
    for (auto const& [width, height] :
         {std::pair{1280U, 720U}, std::pair{1920U, 1080U}, std::pair{3840U, 2160U}, std::pair{1024U, 768U}})
        for (std::size_t const to_a_network : {1U, 4U, 8U, 20U}) {
            INFO(to_a_network << " to a network, " << width << "x" << height);
            Built const built = build_world(60, to_a_network);
            float const scale = scale_of(width, height);
            Rect const area =
                plan_screen(static_cast<float>(width), static_cast<float>(height), scale).picture;
            CanvasLayout const layout = plan_canvas(Present{built.world}, built.trace, area, scale);
            CHECK(layout.unit >= 0.5F * scale);
            for (Spot const& spot : layout.spots) {
                CHECK(area.inset(-1).contains(spot.cell));
                CHECK(spot.cell.inset(-1).contains(spot.icon));
                CHECK(spot.cell.inset(-1).contains(spot.name));
                CHECK_FALSE(spot.icon.overlaps(spot.name));
                for (Spot const& other : layout.spots)
                    if (other.host < spot.host)
                        CHECK_FALSE(other.cell.inset(0.5F).overlaps(spot.cell));
            }
            for (Place const& place : layout.places) {
                CHECK_FALSE(place.box.overlaps(layout.dns));
                for (Place const& other : layout.places)
                    if (other.network < place.network)
                        CHECK_FALSE(other.box.overlaps(place.box));
            }
        }
}

TEST_CASE("A place and a machine that were put somewhere stand there, and nothing else moves") {
    Built const built = build_world(6, 1);
    Rect const area = plan_screen(1280, 720, 1).picture;
    CanvasLayout const before = plan_canvas(Present{built.world}, built.trace, area, 1);
    Positions positions;
    positions.places[NetworkId{0}] = {0.5F, 0.4F};
    positions.held = NetworkId{0}; // nothing gives way to it yet
    CanvasLayout const after = plan_canvas(Present{built.world}, built.trace, area, 1, positions);
    for (Place const& place : after.places) {
        Rect const was = std::find_if(before.places.begin(), before.places.end(), [&](Place const& other) {
                             return other.network == place.network;
                         })->box;
        if (place.network == NetworkId{0}) {
            CHECK(place.box.centre().x == Approx(area.x + area.w * 0.5F));
            CHECK(place.box.centre().y == Approx(area.y + area.h * 0.4F).margin(1));
        } else {
            CHECK(place.box == was);
        }
    }
    for (Spot const& spot : after.spots) // its machines went with it
        CHECK(std::any_of(after.places.begin(), after.places.end(), [&](Place const& place) {
            return place.network == built.world.hosts[spot.host].network && place.box.contains(spot.icon);
        }));
    positions = {};
    positions.machines[HostId{0}] = {0.2F, 0.8F};
    positions.held = HostId{0};
    CanvasLayout const moved = plan_canvas(Present{built.world}, built.trace, area, 1, positions);
    CHECK(moved.spot(HostId{0}).cell.contains(Point{area.x + area.w * 0.2F, area.y + area.h * 0.8F}));
    CHECK(moved.spot(HostId{1}).cell == before.spot(HostId{1}).cell);
}

TEST_CASE("The camera keeps what the mouse points at where it is, and shows the whole picture at rest") {
    Built const built = build_world(6, 1);
    Rect const area = plan_screen(1280, 720, 1).picture;
    CanvasLayout const layout = plan_canvas(Present{built.world}, built.trace, area, 1);
    CHECK(seen_through({}, layout).spot(HostId{2}).icon == layout.spot(HostId{2}).icon);
    Point const held = layout.spot(HostId{2}).icon.centre();
    Camera const close = zoomed({}, 3, held, area);
    Point const seen = seen_through(close, layout).spot(HostId{2}).icon.centre();
    CHECK(seen.x == Approx(held.x).margin(0.01));
    CHECK(seen.y == Approx(held.y).margin(0.01));
    CHECK(seen_through(close, layout).spot(HostId{2}).icon.w == Approx(3 * layout.spot(HostId{2}).icon.w));
    Camera const aside = panned(close, {30, -12}, area);
    Point const gone = seen_through(aside, layout).spot(HostId{2}).icon.centre();
    CHECK(gone.x - seen.x == Approx(30).margin(0.01));
    CHECK(gone.y - seen.y == Approx(-12).margin(0.01));
    CHECK(zoomed({}, 1000, held, area).zoom == most_zoom);
}

TEST_CASE("A path is walked by its length") {
    std::vector<Point> const path{{0, 0}, {10, 0}, {10, 30}};
    CHECK(length_of(path) == 40);
    CHECK(along(path, 0) == Point{0, 0});
    CHECK(along(path, 0.25) == Point{10, 0});
    CHECK(along(path, 0.5) == Point{10, 10});
    CHECK(along(path, 1) == Point{10, 30});
}
