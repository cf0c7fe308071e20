// The plan of the canvas for worlds of many shapes: nothing on top of anything else, nothing outside.
#include "catch.hpp"

#include "viz/layout.hpp"
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
    std::string const range = "203.0.113." + std::to_string(8 * world.networks.size()) + "/29";
    return world.networks.add({name, name, *parse_range(range), std::chrono::milliseconds{10}, {}, {}});
}

HostId add_server(World& world, NetworkId network, std::string const& name) {
    HostId const host = world.hosts.add({name, network, world.networks[network].range.machine(0), {}, {}});
    world.hosts[host].server = world.servers.add({host, world.book.add_domain(name), {}});
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
                    CHECK_FALSE(spot.name.overlaps(spot.note));
                    CHECK(spot.note.w >= 60 * scale);
                    CHECK(spot.icon.h >= 20 * scale);
                    CHECK(spot.name.h >= 15 * scale);
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

TEST_CASE("A path is walked by its length") {
    std::vector<Point> const path{{0, 0}, {10, 0}, {10, 30}};
    CHECK(length_of(path) == 40);
    CHECK(along(path, 0) == Point{0, 0});
    CHECK(along(path, 0.25) == Point{10, 0});
    CHECK(along(path, 0.5) == Point{10, 10});
    CHECK(along(path, 1) == Point{10, 30});
}
