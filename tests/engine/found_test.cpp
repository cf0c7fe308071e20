// Worlds in which something went wrong once; made-up worlds (tests/worlds) came upon them.
#include "engine/play.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace mailflow;

TEST_CASE("nobody is called where the address record of a server leads to no machine") {
    Play const play = play_text(R"({ "format": 1, "until": "1h",
      "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
      "people": { "maya": { "address": "maya@isp.example", "incoming": {} },
                  "leo": { "address": "leo@isp.example", "outgoing": { "web": true } } },
      "spammers": { "thief": { "account": { "server": "mail.isp.example", "user": "maya", "password": "x" },
                               "to": "maya@isp.example", "count": 1 },
                    "bot": { "to": "maya@isp.example", "count": 1 } },
      "dns": { "mail.isp.example": { "address": "2001:db8:ffff::9" } },
      "mail": [ { "from": "maya", "to": "leo@isp.example" }, { "from": "leo", "to": "maya@isp.example" } ]
    })");
    CHECK(calls(play).empty());
    auto const lines = settlements(play);
    CHECK(lines.size() == 4);
    CHECK(std::all_of(lines.begin(), lines.end(), [](std::string const& line) {
        return line.find("refused unreachable") != std::string::npos;
    }));
    REQUIRE_FALSE(all_of<MailCheckEnded>(play.trace).empty());
    CHECK(all_of<MailCheckEnded>(play.trace)[0].trouble == Saying::connection_unanswered);
}

TEST_CASE("what Exim waited for may be over when the other recipients have been tried") {
    // One recipient's host is known to fail and rests for a while; the other's call takes longer than that.
    Play const play = play_text(R"({ "format": 1,
      "networks": { "n0": { "blocks": [ { "port": 25 } ] } },
      "servers": { "s1.example": { "handles": ["d1.example"] }, "s2.example": { "handles": ["d2.example"] },
                   "s3.example": { "network": "n0", "software": "exim", "trusts": ["0.0.0.0/0"],
                                   "routes": { "nowhere.example": "s4.example" } },
                   "s4.example": {} },
      "people": { "p1": { "address": "p1@d1.example" } },
      "mail": [ { "from": "p1", "to": ["p1@nowhere.example", "alias3@d2.example"], "via": "s3.example" } ]
    })");
    for (Event const& event : play.trace.events)
        if (auto const* deferred = std::get_if<MessageDeferred>(&event.happening))
            CHECK(play.trace.deferrals[deferred->deferral].next_try >= event.at);
}

TEST_CASE("a server that has heard too many wrong recipients refuses the others for that reason") {
    std::string recipients = "\"p@d0.example\"";
    for (int n = 1; n < 25; ++n)
        recipients += fmt::format(", \"p@d{}.example\"", n);
    Play const play = play_text(fmt::format(R"({{ "format": 1, "servers": {{ "relay.example": {{}} }},
      "people": {{ "p": {{ "address": "p@d.example",
                           "outgoing": {{ "server": "relay.example", "authenticate": false }} }} }},
      "mail": [ {{ "from": "p", "to": [{}] }} ] }})",
                                            recipients));
    auto const lines = settlements(play);
    REQUIRE(lines.size() == 25);
    CHECK(lines.front() == "p@d0.example: refused relay-denied by relay.example");
    CHECK(lines.back() == "p@d24.example: refused too-many-recipients by relay.example");
}

TEST_CASE("a client stays who it is when the accounts change in the middle of its session") {
    Play const play = play_text(R"({ "format": 1, "until": "10s",
      "networks": { "far": { "latency": "200ms" } },
      "servers": { "mail.isp.example": { "handles": ["isp.example"],
                                         "accounts": { "ann": "a", "maya": "m" } } },
      "people": { "maya": { "address": "maya@isp.example", "network": "far" } },
      "mail": [ { "from": "maya", "to": "leo@isp.example" } ],
      "changes": [ { "at": "3700ms", "server": "mail.isp.example", "set": { "accounts": { "zoe": "z" } } } ]
    })");
    REQUIRE(play.trace.decisions.size() > 0);
    std::size_t later = 0;
    for (DecisionRecord const& record : play.trace.decisions) {
        later += record.changes;
        CHECK(question_of(play.world, play.trace, record).user == "maya");
    }
    CHECK(later > 0);
}
