// Settings that lead in circles, and long ways: every run ends, and every recipient has an outcome.
#include "engine/play.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// A ring of servers, each with the settings that the function gives for its number and the next one's.
template<class Settings>
std::string ring(int count, Settings settings, std::string_view to) {
    std::string servers;
    for (int n = 0; n < count; ++n)
        servers += fmt::format(R"({}"m{}.example": {{ "handles": ["d{}.example"], {} }})", n == 0 ? "" : ",",
                               n, n, settings((n + 1) % count));
    return fmt::format(R"({{ "format": 1, "servers": {{ {} }},
      "people": {{ "maya": {{ "address": "maya@d0.example" }} }},
      "mail": [ {{ "from": "maya", "to": "{}" }} ] }})",
                       servers, to);
}

void must_bounce_as_loop(std::string const& scenario) {
    INFO(scenario);
    auto const lines = settlements(play_text(scenario));
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.front().find(": bounced mail-loop by m") != std::string::npos);
}

} // namespace

TEST_CASE("smarthosts in a circle end in a bounce") {
    for (int const servers : {2, 3, 7})
        must_bounce_as_loop(ring(
            servers,
            [](int next) { return fmt::format(R"("open_relay": true, "smarthost": "m{}.example")", next); },
            "x@nowhere.example"));
}

TEST_CASE("routes in a circle end in a bounce") {
    must_bounce_as_loop(ring(
        3,
        [](int next) {
            return fmt::format(R"("open_relay": true, "routes": {{ "nowhere.example": "m{}.example" }})",
                               next);
        },
        "x@nowhere.example"));
}

TEST_CASE("aliases from server to server in a circle end in a bounce") {
    must_bounce_as_loop(ring(
        4, [](int next) { return fmt::format(R"("aliases": {{ "x": "x@d{}.example" }})", next); },
        "x@d1.example"));
}

TEST_CASE("aliases that lead to each other, or through too many others, end in a bounce") {
    std::string chain;
    for (int n = 0; n < 5000; ++n)
        chain += fmt::format(R"(, "a{}": "a{}")", n, n + 1);
    must_bounce_as_loop(ring(
        1, [&](int) { return fmt::format(R"("aliases": {{ "x": "x", "y": "z", "z": "y"{} }})", chain); },
        "y@d0.example"));
    must_bounce_as_loop(ring(
        1, [&](int) { return fmt::format(R"("aliases": {{ "x": "x", "y": "z", "z": "y"{} }})", chain); },
        "a0@d0.example"));
}

TEST_CASE("names in the DNS that lead to each other lead nowhere") {
    auto const lines = settlements(play_text(R"({ "format": 1,
      "servers": { "m0.example": { "handles": ["d0.example"] } },
      "people": { "maya": { "address": "maya@d0.example" } },
      "dns": { "a.example": { "mx": [ { "host": "b.example" } ], "ttl": "0s" },
               "b.example": { "mx": [ { "host": "a.example" } ], "ttl": "0s" },
               "c.example": { "mx": [ { "host": "c.example" } ] } },
      "mail": [ { "from": "maya", "to": ["x@a.example", "x@c.example"] } ] })"));
    REQUIRE(lines.size() >= 2);
    CHECK(lines[0].find("bounced no-such-domain") != std::string::npos);
    CHECK(lines[1].find("bounced no-such-domain") != std::string::npos);
}

TEST_CASE("a queue that tries every second for hours comes to its end") {
    auto const lines = settlements(play_text(R"({ "format": 1,
      "servers": { "m0.example": { "handles": ["d0.example"],
                                   "retry": { "first": "1s", "most": "1s", "give_up": "3h" } },
                   "m1.example": { "handles": ["d1.example"], "up": false } },
      "people": { "maya": { "address": "maya@d0.example" } },
      "mail": [ { "from": "maya", "to": "x@d1.example" } ] })"));
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.front() == "x@d1.example: bounced expired by m0.example");
}
