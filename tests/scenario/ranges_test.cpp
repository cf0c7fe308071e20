// Address ranges: those of the file, and those that the loader chooses.
#include "loading.hpp"

#include <fmt/format.h>

#include <set>

using namespace mailflow;
using namespace mailflow::test;

namespace {

std::vector<std::string> ranges_of(World const& world) {
    std::vector<std::string> ranges;
    for (Network const& network : world.networks)
        ranges.push_back(to_text(network.range));
    return ranges;
}

/// Servers s0.example, s1.example ... in the network.
std::string servers_in(std::string_view network, std::size_t count) {
    std::string text;
    for (std::size_t n = 0; n < count; ++n)
        text += fmt::format("{}\"s{}.{}.example\": {{ \"network\": \"{}\" }}", n ? ", " : "", n, network,
                            network);
    return text;
}

std::string scenario_of(std::string_view networks, std::string_view servers) {
    return fmt::format("{{ \"format\": 1, \"networks\": {{ {} }}, \"servers\": {{ {} }} }}", networks,
                       servers);
}

} // namespace

TEST_CASE("Ranges are chosen in the order of the file, just large enough") {
    World const world =
        world_of(scenario_of(R"("a": {}, "b": {}, "c": {}, "d": {}, "e": {})",
                             servers_in("a", 3) + ", " + servers_in("b", 15) + ", " + servers_in("d", 254)));
    CHECK(ranges_of(world) == std::vector<std::string>{"203.0.113.0/28", "203.0.113.32/27", "203.0.113.16/28",
                                                       "198.51.100.0/24", "203.0.113.64/28"});
    CHECK(to_text(world.hosts[host_named(world, "s0.a.example")].address) == "203.0.113.1");
    CHECK(to_text(world.hosts[host_named(world, "s2.a.example")].address) == "203.0.113.3");
    CHECK(to_text(world.hosts[host_named(world, "s253.d.example")].address) == "198.51.100.254");
}

TEST_CASE("Chosen ranges keep away from the ranges of networks and of trusted strangers") {
    World const world =
        world_of(scenario_of(R"("a": {}, "home": { "range": "203.0.113.0/28" }, "b": {})",
                             R"("m.example": { "trusts": ["203.0.113.32/28", "203.0.113.50", "home"] })"));
    CHECK(ranges_of(world) == std::vector<std::string>{"203.0.113.16/28", "203.0.113.0/28", "203.0.113.64/28",
                                                       "203.0.113.80/28"});
}

TEST_CASE("A server that trusts the whole internet trusts the chosen ranges too") {
    World const world = world_of(scenario_of(R"("a": {})", R"("m.example": { "trusts": ["0.0.0.0/0"] })"));
    CHECK(ranges_of(world).front() == "203.0.113.0/28");
}

TEST_CASE("When the blocks for examples are used up, IPv6 goes on") {
    std::string networks = R"("taken": { "range": "2001:db8::/63" })";
    for (int n = 0; n < 60; ++n)
        networks += fmt::format(", \"n{}\": {{}}", n);
    World const world = world_of(scenario_of(networks, servers_in("n59", 2)));
    auto const ranges = ranges_of(world);
    CHECK(ranges[48] == "192.0.2.240/28");
    CHECK(ranges[49] == "2001:db8:0:2::/64");
    CHECK(ranges[60] == "2001:db8:0:d::/64");
    CHECK(to_text(world.hosts[host_named(world, "s0.n59.example")].address) == "2001:db8:0:d::1");
    CHECK(to_text(world.hosts[host_named(world, "s1.n59.example")].address) == "2001:db8:0:d::2");
    CHECK(std::set<std::string>(ranges.begin(), ranges.end()).size() == ranges.size());
}

TEST_CASE("More machines than an IPv4 block holds get an IPv6 network") {
    World const world = world_of(scenario_of(R"("big": {})", servers_in("big", 255)));
    CHECK(ranges_of(world) == std::vector<std::string>{"2001:db8::/64"});
}

TEST_CASE("A range that is too small for its machines is refused") {
    CHECK(complaints_about(scenario_of(R"("a": { "range": "192.0.2.0/30" })", servers_in("a", 3))) ==
          std::vector<std::string>{
              "1:46: /networks/a/range: 192.0.2.0/30 has room for 2 machines, but 3 stand in \"a\"; "
              "give it a larger range, or leave the range out"});
    CHECK(complaints_about(scenario_of(R"("a": { "range": "192.0.2.0/30" })", servers_in("a", 2))).empty());
    CHECK(complaints_about(scenario_of(R"("a": { "range": "192.0.2.7" })", servers_in("a", 1))).empty());
}

TEST_CASE("Ranges that overlap or are none are refused") {
    CHECK(
        complaints_about(scenario_of(
            R"("a": { "range": "192.0.2.128/25" }, "b": {}, "c": { "range": "192.0.2.0/24" })", "")) ==
        std::vector<std::string>{"1:91: /networks/c/range: 192.0.2.0/24 overlaps with 192.0.2.128/25 of the "
                                 "network \"a\"; choose another range, or leave it out: then one is chosen"});
    CHECK(complaints_about(
              scenario_of(R"("a": { "range": "192.0.2.0/25" }, "b": { "range": "192.0.2.128/25" })", ""))
              .empty());
    CHECK(complaints_about(scenario_of(
              R"("a": { "range": "2001:db8::/32" }, "b": { "range": "192.0.2.0/24" }, "c": { "range": )"
              R"("2001:db8:5::/48" })",
              "")) ==
          std::vector<std::string>{
              "1:115: /networks/c/range: 2001:db8:5::/48 overlaps with 2001:db8::/32 of the network "
              "\"a\"; choose another range, or leave it out: then one is chosen"});
    CHECK(complaints_about(scenario_of(R"("a": { "range": "192.0.2.1/24" })", "")) ==
          std::vector<std::string>{"1:46: /networks/a/range: \"192.0.2.1/24\" has bits set behind its "
                                   "prefix; did you mean \"192.0.2.0/24\"?"});
    for (char const* range :
         {"192.0.2", "192.0.2.0/33", "home", "", "192.0.2.0/", "2001:db8::/129", "192.0.2.0/24 "}) {
        INFO(range);
        auto const complaints =
            complaints_about(scenario_of(fmt::format("\"a\": {{ \"range\": \"{}\" }}", range), ""));
        REQUIRE(complaints.size() == 1);
        CHECK(contains(complaints[0],
                       fmt::format("\"{}\" is no address range; it reads like 192.0.2.0/24", range)));
    }
}

TEST_CASE("Where no address is left, the scenario is refused") {
    CHECK(complaints_about(scenario_of(R"("a": { "range": "2001:db8::/32" }, "b": { "range": "192.0.2.0/24" },
              "d": { "range": "198.51.100.0/24" }, "e": { "range": "203.0.113.0/24" }, "c": {})",
                                       "")) ==
          std::vector<std::string>{
              "1:1: /: no addresses are left for the networks without a range; name narrower "
              "ranges, or one for each network"});
}

TEST_CASE("No machine of a network stands in a range that is no ground for one") {
    for (std::string const range : {"127.0.0.0/24", "224.0.0.0/24", "0.0.0.0/0", "0.0.0.0/32",
                                    "255.255.255.255/32", "::1", "ff02::/16", "::/0"}) {
        INFO(range);
        auto const complaints =
            complaints_about(scenario_of(R"("a": { "range": ")" + range + R"(" })", R"("m.example": {})"));
        REQUIRE(complaints.size() == 1);
        CHECK(contains(complaints[0], "/networks/a/range: no machine of a network stands in " + range));
        CHECK(contains(complaints[0], "choose a range such as 192.0.2.0/24"));
    }
    for (std::string const range : {"192.0.2.0/24", "203.0.113.255/32", "2001:db8::/32", "2001:db8::1/128"}) {
        INFO(range);
        CHECK(complaints_about(scenario_of(R"("a": { "range": ")" + range + R"(" })", R"("m.example": {})"))
                  .empty());
    }
}
