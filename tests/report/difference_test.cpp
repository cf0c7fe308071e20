// Two runs and the first thing that goes another way.
#include "catch.hpp"
#include "library.hpp"

#include "report/difference.hpp"
#include "run/run.hpp"
#include "scenario/load.hpp"

#include <fstream>
#include <iterator>

using namespace mailflow;

namespace {

World lesson(std::string const& name, std::vector<Override> const& changes) {
    std::ifstream file{MAILFLOW_SOURCE_DIR "/scenarios/" + name + ".json"};
    REQUIRE(file);
    std::string const text{std::istreambuf_iterator<char>{file}, {}};
    auto loaded = load_scenario(text, changes);
    REQUIRE(std::holds_alternative<World>(loaded));
    return std::get<World>(std::move(loaded));
}

std::optional<Difference> difference_by(std::string const& name, std::vector<Override> const& changes) {
    World const before = lesson(name, {});
    World const now = lesson(name, changes);
    Trace const a = run(before);
    Trace const b = run(now);
    return first_difference({before, a}, {now, b});
}

} // namespace

TEST_CASE("A server that becomes an open relay decides differently, and says by which rule") {
    auto const difference =
        difference_by("02-relaying-denied", {{"/servers/mail.isp.example/open_relay", "true"}});
    REQUIRE(difference);
    std::string const words =
        "First difference at 0.540 s: before, mail.isp.example refuses leo@shop.example: relaying denied; "
        "now, mail.isp.example lets leo@shop.example pass: 198.51.100.1 may use it like everybody else, "
        "because the rule \"the server relays anything for anyone\" matches.";
    CHECK(to_words(difference) == words);
}

TEST_CASE("Another port is told at the call") {
    auto const difference =
        difference_by("02-relaying-denied", {{"/people/maya/outgoing/authenticate", "true"},
                                             {"/people/maya/password", "blue-bicycle"}});
    REQUIRE(difference);
    CHECK(difference->before == "Maya calls mail.isp.example, port 25");
    CHECK(difference->now == "Maya calls mail.isp.example, port 587");
    CHECK(difference->because.empty());
}

TEST_CASE("The same thing at another time is a difference of time") {
    auto const difference = difference_by("02-relaying-denied", {{"/networks/hotel/latency", "80ms"}});
    REQUIRE(difference);
    CHECK(difference->now == "the same, at 0.085 s");
}

TEST_CASE("A run that ends earlier differs where it ends") {
    auto const difference = difference_by("02-relaying-denied", {{"/until", "200ms"}});
    REQUIRE(difference);
    CHECK(difference->before == "mail.isp.example: 220 mail.isp.example ESMTP Postfix");
    CHECK(difference->now == "nothing more happens");
}

TEST_CASE("Where nothing comes out differently that is said, too") {
    auto const difference = difference_by("02-relaying-denied", {{"/title", "Another title"}});
    CHECK_FALSE(difference);
    CHECK(to_words(difference) == "No difference: both runs are the same from beginning to end.");
}
