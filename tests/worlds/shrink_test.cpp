// A property that is broken on purpose is found, and the world in which it is gets small.
#include "catch.hpp"
#include "worlds/apart.hpp"
#include "worlds/random_world.hpp"
#include "worlds/shrink.hpp"

#include "run/run.hpp"
#include "scenario/load.hpp"

#include <cstdlib>

using namespace mailflow;
using namespace mailflow::worlds;

namespace {

/// The number of keys, items and plain values.
std::size_t size_of(Json const& value) {
    std::size_t size = 1;
    if (value.is_structured())
        for (Json const& child : value)
            size += size_of(child);
    return size;
}

/// What is not so: that no mail is ever put off because of greylisting.
std::optional<Violation> nobody_is_greylisted(std::string const& scenario) {
    auto loaded = load_scenario(scenario);
    if (!std::holds_alternative<World>(loaded))
        return std::nullopt;
    Trace const trace = run(std::get<World>(loaded));
    for (Deferral const& deferral : trace.deferrals)
        if (deferral.saying == Saying::greylisted)
            return Violation{"nobody is greylisted", "somebody is"};
    return std::nullopt;
}

} // namespace

TEST_CASE("a scenario is shrunk to what makes it fail, and no further") {
    Json const scenario =
        Json::parse(R"({ "a": [1, 2, { "b": 77, "c": "x" }, 4], "d": { "e": {}, "f": 3 } })");
    auto const fails = [](Json const& candidate) {
        if (!candidate.contains("a"))
            return false;
        for (Json const& item : candidate["a"])
            if (item.is_object() && item.contains("b") && item["b"] > 9)
                return true;
        return false;
    };
    CHECK(shrink(scenario, fails) == Json::parse(R"({ "a": [ { "b": 19 } ] })"));
}

TEST_CASE("a broken property is found in some world, and the world gets small") {
    auto const finding = look_at_worlds(1, 500, nobody_is_greylisted);
    REQUIRE(finding);
    Json const world = random_world(finding->seed);
    Json const small = shrink(
        world, [](Json const& candidate) { return nobody_is_greylisted(candidate.dump()).has_value(); });
    CAPTURE(small.dump());
    CHECK(size_of(small) < size_of(world) / 2);
    CHECK(small.at("servers").dump().find("greylist") != std::string::npos);
    CHECK_FALSE(small.contains("changes"));
    CHECK(nobody_is_greylisted(small.dump()));
    std::string const told = shrunk(*finding, nobody_is_greylisted);
    CHECK(told.find(small.dump(2)) != std::string::npos);
    CHECK(told.find("World " + std::to_string(finding->seed)) == 0);
}

TEST_CASE("a crash, an exception and a bad exit are findings like any other") {
    CHECK(look_apart("{}", [](auto const&) -> std::optional<Violation> { std::abort(); })->property ==
          "no run crashes");
    CHECK(look_apart("{}", [](auto const&) -> std::optional<Violation> {
              throw std::runtime_error{"no\nluck"};
          }) == Violation{"nothing is thrown", "no luck"});
    CHECK(look_apart("{}", [](auto const&) -> std::optional<Violation> { std::_Exit(3); })->trouble ==
          "exit status 3");
    CHECK_FALSE(look_apart("{}", [](auto const&) -> std::optional<Violation> { return std::nullopt; }));
}

TEST_CASE("the same seed makes the same world, and another seed another one") {
    CHECK(random_world(7).dump() == random_world(7).dump());
    CHECK(random_world(7).dump() != random_world(8).dump());
}
