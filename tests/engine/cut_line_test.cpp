// A line that is cut while somebody speaks on it: nothing gets through, TCP sends it again, and whoever waits
// gives up at some time.
#include "engine/play.hpp"
#include "engine/sending.hpp"

#include <fmt/format.h>

using namespace mailflow;
using Lines = std::vector<std::string>;

namespace {

using namespace std::chrono_literals;

/// Maya's message leaves her provider at once; a packet to mx1 takes two seconds, so that the connection
/// stands at 4 s, and the message is taken at some 22 s.
std::string cut_world(std::string const& software, std::string const& changes) {
    return fmt::format(R"({{ "format": 1, "title": "test", "networks": {{ "shop": {{ "latency": "2s" }} }},
      "servers": {{
        "mail.isp.example": {{ "software": "{}", "handles": ["isp.example"], "mailboxes": ["maya"] }},
        "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"], "mailboxes": ["leo"] }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
      "mail": [ {{ "id": "hello", "from": "maya", "to": ["leo@shop.example"] }} ],
      "changes": [ {} ] }})",
                       software, changes);
}

std::string shop_is(bool up, std::string const& at) {
    return fmt::format(R"({{ "at": "{}", "network": "shop", "set": {{ "up": {} }} }})", at, up);
}

/// When something of that kind happened, in the order in which it did.
template<class Happening>
std::vector<Duration> times_of(Play const& play) {
    std::vector<Duration> times;
    for (Event const& event : play.trace.events)
        if (std::holds_alternative<Happening>(event.happening))
            times.push_back(event.at.since_start);
    return times;
}

} // namespace

TEST_CASE("Nothing gets through a line that is cut, and the call is in vain") {
    Play const play = play_text(cut_world("postfix", shop_is(false, "1500ms")));
    CHECK(all_of<ConnectionEstablished>(play.trace).size() == 1); // Maya's own
    auto const failed = all_of<ConnectionFailed>(play.trace);
    REQUIRE_FALSE(failed.empty());
    CHECK(failed.front().saying == Saying::no_route); // as it says of any call after that
    CHECK(times_of<ConnectionFailed>(play).front() > 3s);
    CHECK(times_of<ConnectionFailed>(play).front() < 4s);
    CHECK(settlements(play) == Lines{"leo@shop.example: bounced expired by mail.isp.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("A session on a line that is cut is given up after five minutes, and tried again later") {
    Play const play = play_text(cut_world("postfix", shop_is(false, "10s") + ", " + shop_is(true, "1h")));
    auto const failed = all_of<ConnectionFailed>(play.trace);
    REQUIRE_FALSE(failed.empty());
    CHECK(failed.front().saying == Saying::session_timed_out);
    CHECK(times_of<ConnectionFailed>(play).front() > 5min + 10s);
    CHECK(times_of<ConnectionFailed>(play).front() < 5min + 15s);
    REQUIRE(times_of<MessageFiled>(play).size() == 1);
    CHECK(times_of<MessageFiled>(play).front() > 60min);
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
}

TEST_CASE("qmail waits twenty minutes for a reply") {
    Play const play = play_text(cut_world("qmail", shop_is(false, "15s")));
    auto const failed = times_of<ConnectionFailed>(play);
    REQUIRE_FALSE(failed.empty());
    CHECK(failed.front() > 20min + 15s);
    CHECK(failed.front() < 20min + 20s);
}

TEST_CASE("Sendmail waits as long for a reply as its settings say of the command") {
    using enum ClientSession::Awaits;
    ReplyPatience const& patience = behaviour_of(Software::sendmail).reply_patience;
    CHECK(patience_for(patience, ehlo) == 5min);
    CHECK(patience_for(patience, mail) == 2min);
    CHECK(patience_for(patience, rcpt) == 1h);
    CHECK(patience_for(patience, content) == 1h);
    CHECK(patience_for(behaviour_of(Software::postfix).reply_patience, data) == 2min);
    CHECK(patience_for(behaviour_of(Software::postfix).reply_patience, content) == 10min);
    for (int cut_s = 5; cut_s < 22; ++cut_s) { // through all the commands
        INFO(cut_s);
        Play const play = play_text(cut_world("sendmail", shop_is(false, fmt::format("{}s", cut_s))));
        auto const failed = times_of<ConnectionFailed>(play);
        REQUIRE_FALSE(failed.empty());
        CHECK(failed.front() > 2min);
        CHECK(failed.front() < 1h + 30s);
    }
}

TEST_CASE("What nobody acknowledges, TCP gives up before a client does that would wait longer") {
    Play const play = play_text(cut_world("qmail", shop_is(false, "10s"))); // with a command on its way
    auto const failed = times_of<ConnectionFailed>(play);
    REQUIRE_FALSE(failed.empty());
    CHECK(failed.front() > 15min);
    CHECK(failed.front() < 16min);
}

TEST_CASE("Whoever goes to another network loses the sessions from the old one") {
    auto const world = [](std::string const& at) {
        return fmt::format(R"({{ "format": 1, "title": "test",
          "networks": {{ "hotel": {{ "latency": "2s" }}, "home": {{}} }},
          "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"],
                                               "mailboxes": ["maya", "noah"] }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example", "network": "hotel" }},
                       "noah": {{ "address": "noah@isp.example" }} }},
          "mail": [ {{ "id": "hello", "from": "maya", "to": ["noah@isp.example"] }},
                    {{ "id": "again", "at": "5m", "from": "maya", "to": ["noah@isp.example"] }} ],
          "changes": [ {{ "at": "{}", "person": "maya", "set": {{ "network": "home" }} }} ] }})",
                           at);
    };
    for (int moves_s = 5; moves_s < 40; ++moves_s) {
        INFO(moves_s);
        Play const play = play_text(world(fmt::format("{}s", moves_s)));
        CHECK(settlements(play) == Lines{"noah@isp.example: refused unreachable by mail.isp.example",
                                         "noah@isp.example: delivered by mail.isp.example"});
        auto const failed = all_of<ConnectionFailed>(play.trace);
        REQUIRE_FALSE(failed.empty());
        CHECK(failed.front().saying == Saying::connection_lost);
        CHECK(times_of<ConnectionFailed>(play).front() < std::chrono::seconds{moves_s + 3});
    }
}

TEST_CASE("A line that is cut for a short time delays a session, and no more") {
    for (std::string const cut : {"5s", "6s", "7s", "10s", "12s", "17s"}) {
        INFO(cut);
        Play const play = play_text(cut_world("postfix", shop_is(false, cut) + ", " + shop_is(true, "25s")));
        CHECK(all_of<ConnectionFailed>(play.trace).empty());
        REQUIRE(times_of<MessageFiled>(play).size() == 1);
        CHECK(times_of<MessageFiled>(play).front() > 25s);
        CHECK(times_of<MessageFiled>(play).front() < 2min);
    }
}

TEST_CASE("However a line is cut, a message is not doubled and not lost") {
    for (int cut_s = 1; cut_s < 40; ++cut_s) {
        INFO(cut_s);
        Play const play = play_text(
            cut_world("exim", shop_is(false, fmt::format("{}s", cut_s)) + ", " + shop_is(true, "2h")));
        CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
        CHECK(all_of<MessageFiled>(play.trace).size() == 1);
    }
}

TEST_CASE("A mail program on a line that is cut loses its session, and the mailbox keeps what it had") {
    std::string const world = R"({ "format": 1, "title": "test", "networks": { "home": { "latency": "2s" } },
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya", "noah"] } },
      "people": { "noah": { "address": "noah@isp.example" },
                  "maya": { "address": "maya@isp.example", "network": "home",
                            "incoming": { "protocol": "pop3", "every": "1h" } } },
      "mail": [ { "id": "hello", "from": "noah", "to": ["maya@isp.example"], "at": "30m" } ],
      "changes": [ { "at": "3610s", "network": "home", "set": { "up": false } },
                   { "at": "90m", "network": "home", "set": { "up": true } } ], "until": "3h" })";
    Play const play = play_text(world);
    auto const fetched = times_of<MessageFetched>(play);
    REQUIRE(fetched.size() == 1);
    CHECK(fetched.front() > 90min);
    auto const failed = all_of<ConnectionFailed>(play.trace);
    REQUIRE_FALSE(failed.empty());
    CHECK(failed.front().saying == Saying::session_timed_out);
}
