// Messages that go in a circle: told once around, and how often.
#include "told.hpp"

#include "report/story/repeats.hpp"
#include "report/story/rounds.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

using Values = std::vector<std::uint32_t>;
using Repeats = std::vector<Repeat>;

/// Two servers of a software that hand mail for gone.example to each other, and what else the test wants.
Played circle(std::string_view software, std::string_view more = "",
              std::string_view to = R"("x@gone.example")") {
    return {world_of(fmt::format(R"({{ "format": 1,
      "servers": {{
        "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"],
                               "accounts": {{ "maya": "s" }} }},
        "a.example": {{ "software": "{0}", "open_relay": true,
                       "routes": {{ "gone.example": "b.example" }} }},
        "b.example": {{ "software": "{0}", "open_relay": true,
                       "routes": {{ "gone.example": "a.example" }} }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example", "password": "s" }} }},
      "dns": {{ "gone.example": {{ "mx": [ {{ "host": "a.example" }} ] }} }},
      "mail": [ {{ "id": "round", "from": "maya", "to": [{2}] }} ] {1} }})",
                                 software, more, to))};
}

/// How often the servers took the message, each, as the trace has it.
std::size_t times_taken(Played const& played) {
    return static_cast<std::size_t>(
        std::count_if(played.trace.entries.begin(), played.trace.entries.end(), [&](QueueEntry const& entry) {
            return played.trace.messages[entry.message].kind == MessageKind::mail;
        }));
}

} // namespace

TEST_CASE("values that repeat are found with the shortest period, from left to right") {
    CHECK(repeats_in(Values{}).empty());
    CHECK(repeats_in(Values{1, 2, 1, 2}).empty());
    CHECK(repeats_in(Values{1, 2, 1, 2, 1, 2}) == Repeats{{.first = 0, .period = 2, .rounds = 3}});
    CHECK(repeats_in(Values{9, 1, 2, 1, 2, 1, 2, 1}) == Repeats{{.first = 1, .period = 2, .rounds = 3}});
    CHECK(repeats_in(Values{5, 5, 5, 5}) == Repeats{{.first = 0, .period = 1, .rounds = 4}});
    CHECK(repeats_in(Values{1, 1, 1, 2, 3, 2, 3, 2, 3, 4}) ==
          Repeats{{.first = 0, .period = 1, .rounds = 3}, {.first = 3, .period = 2, .rounds = 3}});
    CHECK(repeats_in(Values{1, 1, 2, 1, 1, 2, 1, 1, 2}) == Repeats{{.first = 0, .period = 3, .rounds = 3}});
}

TEST_CASE("a circle of two servers is told once around, whoever they are and however far it goes") {
    for (std::string_view const software :
         {"postfix", "exim", "sendmail", "opensmtpd", "qmail", "exchange"}) {
        INFO(software);
        Played const played = circle(software);
        CHECK(times_taken(played) > 20);
        CHECK(played.summary.recipients.at(0).reason == Reason::mail_loop);
        for (Detail const detail : {Detail::servers, Detail::protocol}) {
            std::string const told = story(played.world, played.trace, detail, Colour::off);
            CHECK(count_in(told, "\n") < (detail == Detail::servers ? 120U : 360U));
            CHECK(count_in(told, "And so on in a circle") == 1);
        }
    }
}

TEST_CASE("the rounds that are told add up to those that were gone") {
    Played const played = circle("postfix");
    std::vector<Event const*> events;
    for (Event const& event : played.trace.events)
        events.push_back(&event);
    std::vector<Rounds> const all = rounds_of(played.trace, events);
    REQUIRE(all.size() == 1);
    Rounds const& rounds = all.front();
    REQUIRE(rounds.way.size() == 2);
    CHECK(played.world.hosts[rounds.way[0]].name == "a.example");
    CHECK(played.world.hosts[rounds.way[1]].name == "b.example");
    // The provider, the first round, those that are folded, and what is left of the last one.
    std::size_t const left = times_taken(played) - 1 - 2 * (1 + rounds.count);
    CHECK(left <= 2);
    CHECK(contains(played.told(),
                   fmt::format("And so on in a circle, a.example → b.example → a.example: {} more "
                               "rounds. Each server adds a Received line of its own; by now there "
                               "are {}.",
                               rounds.count, rounds.received_lines)));
    CHECK(contains(played.told(), fmt::format("way: Maya → mail.isp.example → (a.example → b.example) × {}",
                                              played.summary.recipients.at(0).path.size() / 2 - 1)));
    CHECK(contains(played.told(), "554 5.4.0 Error: too many hops"));
}

TEST_CASE("two recipients that circle at the same time are folded each by itself, and who arrives is told") {
    Played const played = circle(
        "exim",
        R"(, "changes": [ { "at": "1s", "server": "mail.isp.example", "set": { "max_size": "1MB" } } ])",
        R"("x@gone.example", "y@gone.example", "maya@isp.example")");
    std::string const told = played.told();
    CHECK(count_in(told, "And so on in a circle") >= 1);
    CHECK(count_in(told, "\n") < 200);
    CHECK(contains(told, "files the message in the mailbox of maya@isp.example"));
}

TEST_CASE("a server that sends a message to itself is told once around, too") {
    Played const played{world_of(R"({ "format": 1,
      "servers": { "m.example": { "software": "opensmtpd", "handles": ["m.example"],
                                  "accounts": { "maya": "s" } } },
      "people": { "maya": { "address": "maya@m.example", "password": "s" } },
      "dns": { "gone.example": { "mx": [ { "host": "m.example" } ] } },
      "mail": [ { "from": "maya", "to": "x@gone.example" } ] })")};
    if (times_taken(played) > 5)
        CHECK(contains(played.told(), "And so on in a circle, m.example → m.example:"));
}

TEST_CASE("the rounds are told before what ends them, whenever the sessions of the last one are closed") {
    Played const played{world_of(R"({ "format": 1,
      "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                              "accounts": { "maya": "s" } },
        "a.example": { "software": "exim", "handles": ["a.example"], "aliases": { "x": "x@b.example" } },
        "b.example": { "software": "exim", "handles": ["b.example"], "aliases": { "x": "x@a.example" } } },
      "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "password": "s" } },
      "mail": [ { "from": "maya", "to": "x@a.example" } ] })")};
    std::string const told = played.told(Detail::protocol);
    std::size_t const rounds = told.find("And so on in a circle");
    REQUIRE(rounds != std::string::npos);
    CHECK(rounds < told.find("gives up on x@a.example"));
}
