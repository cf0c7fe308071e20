// People who look for mail: POP3 and IMAP, several devices, wrong settings, and when a run is over.
#include "base/time.hpp"
#include "engine/play.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace mailflow;
using namespace std::chrono_literals;

namespace {

/// Maya at isp.example writes "hello" to leo@shop.example after a minute; `people` and `more` are members.
std::string fetching_world(std::string const& people, std::string const& more = "",
                           std::string const& shop = "") {
    return fmt::format(R"({{ "format": 1,
"networks": {{ "home": {{}}, "cafe": {{}},
               "fenced": {{ "blocks": [ {{ "port": 110 }}, {{ "port": 143 }} ] }} }},
"servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }},
              "mx.shop.example": {{ "handles": ["shop.example"]{} }},
              "relay.example": {{}} }},
"people": {{ "maya": {{ "address": "maya@isp.example" }}, {} }},
"mail": [ {{ "id": "hello", "at": "1m", "from": "maya", "to": ["leo@shop.example"] }} ] {} }})",
                       shop, people, more);
}

std::string leo(std::string const& key, std::string const& incoming, std::string const& more = "") {
    return fmt::format(R"("{}": {{ "address": "leo@shop.example", "incoming": {{ {} }}{} }})", key, incoming,
                       more);
}

/// "leo 10 min", for each copy that came.
std::vector<std::string> fetches(Play const& play) {
    std::vector<std::string> lines;
    for (Event const& event : play.trace.events)
        if (auto const* fetched = std::get_if<MessageFetched>(&event.happening))
            lines.push_back(play.world.hosts[play.trace.checks[fetched->check].device].name + " " +
                            say_duration(event.at.since_start));
    return lines;
}

/// What each look came to: "leo: fetched 1", "leo: unreachable".
std::vector<std::string> looks(Play const& play) {
    std::vector<std::string> lines;
    for (MailCheckEnded const& ended : all_of<MailCheckEnded>(play.trace)) {
        std::string const& name = play.world.hosts[play.trace.checks[ended.check].device].name;
        lines.push_back(ended.trouble == Saying::goodbye
                            ? fmt::format("{}: fetched {}", name, ended.fetched)
                            : fmt::format("{}: {}", name, name_of(reason_of(ended.trouble))));
    }
    return lines;
}

using Lines = std::vector<std::string>;

} // namespace

TEST_CASE("nobody looks for mail without settings for incoming mail") {
    Play const play = play_text(fetching_world(R"("leo": { "address": "leo@shop.example" })"));
    CHECK(play.trace.checks.empty());
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx.shop.example"});
}

TEST_CASE("a mail program looks when the run starts and then every ten minutes, until all is fetched") {
    Play const play = play_text(fetching_world(leo("leo", "")));
    CHECK(looks(play) == Lines{"leo: fetched 0", "leo: fetched 1"});
    CHECK(fetches(play) == Lines{"leo 10 min"});
    CHECK(play.trace.ended_at < Instant{10min + 1s});
}

TEST_CASE("POP3 takes the message home, and a second device finds nothing but IMAP leaves it for both") {
    Play const pop = play_text(fetching_world(leo("laptop", R"("protocol": "pop3")") + ", " +
                                              leo("phone", R"("protocol": "pop3", "every": "15m")")));
    CHECK(fetches(pop) == Lines{"laptop 10 min"});
    REQUIRE(all_of<MessageRemoved>(pop.trace).size() == 1);
    CHECK(pop.trace.checks[all_of<MailCheckEnded>(pop.trace).back().check].missed == 1);

    Play const imap = play_text(fetching_world(leo("laptop", R"("protocol": "imap")") + ", " +
                                               leo("phone", R"("protocol": "imap", "every": "15m")")));
    CHECK(fetches(imap) == Lines{"laptop 10 min", "phone 15 min"});
    CHECK(all_of<MessageRemoved>(imap.trace).empty());
}

TEST_CASE("a message is recent in the first IMAP session that is told of it, and in no other") {
    Play const play = play_text(fetching_world(leo("laptop", R"("protocol": "imap")") + ", " +
                                               leo("phone", R"("protocol": "imap", "every": "15m")")));
    Lines told;
    for (MailCheck const& check : play.trace.checks)
        told.push_back(
            fmt::format("{}: {} of {}", play.world.hosts[check.device].name, check.recent, check.messages));
    CHECK(told == Lines{"laptop: 0 of 0", "phone: 0 of 0", "laptop: 1 of 1", "phone: 0 of 1"});
}

TEST_CASE("two POP3 devices at the same moment: one waits until the other has closed the mailbox") {
    Play const play = play_text(fetching_world(leo("laptop", R"("protocol": "pop3")") + ", " +
                                               leo("phone", R"("protocol": "pop3")")));
    CHECK(fetches(play).size() == 1);
    CHECK(all_of<MessageRemoved>(play.trace).size() == 1);
    CHECK(looks(play).size() == 4);
}

TEST_CASE("devices of one address share one account, and each may have its own idea of the password") {
    Play const play = play_text(fetching_world(
        leo("laptop", "") + ", " + leo("phone", R"("protocol": "pop3")", R"(, "password": "oops")")));
    CHECK(fetches(play) == Lines{"laptop 10 min"});
    Lines const came = looks(play);
    CHECK(std::count(came.begin(), came.end(), "phone: auth-failed") == 2);
    CHECK(all_of<MessageRemoved>(play.trace).empty());
}

TEST_CASE("an IMAP device fetches each message once, whatever lies there longer") {
    Play const play = play_text(
        fetching_world(leo("leo", R"("every": "5m")"),
                       R"(, "changes": [ { "at": "1h", "network": "home", "set": { "latency": "1s" } } ])"));
    CHECK(fetches(play) == Lines{"leo 5 min"});
    CHECK(looks(play).size() == 13); // the change at one hour is the last thing that happens beside the looks
}

TEST_CASE("a blocked port, a server without mailboxes, a wrong port or server: the user sees an error") {
    Play const fenced = play_text(fetching_world(leo("leo", "", R"(, "network": "fenced")")));
    CHECK(looks(fenced) == Lines{"leo: blocked-port", "leo: blocked-port"});
    Play const relay = play_text(fetching_world(leo("leo", R"("server": "relay.example")")));
    CHECK(looks(relay) == Lines{"leo: unreachable", "leo: unreachable"});
    Play const other = play_text(fetching_world(leo("leo", R"("server": "mail.isp.example")")));
    CHECK(looks(other) == Lines{"leo: auth-failed", "leo: auth-failed"});
    Play const port = play_text(fetching_world(leo("leo", R"("protocol": "pop3", "port": 143)")));
    CHECK(looks(port) == Lines{"leo: unreachable", "leo: unreachable"});
    Play const tls = play_text(
        fetching_world(leo("leo", R"("protocol": "pop3", "port": 995)", R"(, "network": "fenced")")));
    CHECK(fetches(tls) == Lines{"leo 10 min"});
}

TEST_CASE("a server that is down is looked for again, and the mail is fetched when it is back") {
    Play const play = play_text(fetching_world(leo("leo", R"("every": "20m")"), R"(, "changes": [
            { "at": "5m", "server": "mx.shop.example", "set": { "up": false } },
            { "at": "50m", "server": "mx.shop.example", "set": { "up": true } } ])"));
    CHECK(looks(play) == Lines{"leo: fetched 0", "leo: unreachable", "leo: unreachable", "leo: fetched 1"});
    CHECK(fetches(play) == Lines{"leo 1 h"});
}

TEST_CASE("a server name that is found again is waited for, however long its absence is remembered") {
    Play const play = play_text(fetching_world(leo("leo", ""), R"(, "dns": {
            "mx.shop.example": { "fails": "nxdomain", "ttl": "2h" },
            "shop.example": { "mx": [ { "host": "mx.shop.example" } ] } },
            "changes": [ { "at": "30s", "dns": "mx.shop.example", "set": { "fails": null } } ])"));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx.shop.example"});
    CHECK(looks(play).front() == "leo: unreachable");
    CHECK(looks(play).back() == "leo: fetched 1");
}

TEST_CASE("looking for mail begins and ends with the settings") {
    Play const play = play_text(fetching_world(
        R"("leo": { "address": "leo@shop.example" })",
        R"(, "changes": [ { "at": "7m", "person": "leo", "set": { "incoming": { "every": "4m" } } },
                                     { "at": "16m", "person": "leo", "set": { "incoming": null } },
                                     { "at": "2h", "network": "home", "set": { "latency": "1s" } } ])"));
    CHECK(looks(play) == Lines{"leo: fetched 1", "leo: fetched 0", "leo: fetched 0"});
    CHECK(fetches(play) == Lines{"leo 7 min"});
}

TEST_CASE("a person who moves looks for mail from the new place") {
    Play const play = play_text(
        fetching_world(leo("leo", "", R"(, "network": "home")"),
                       R"(, "changes": [ { "at": "5m", "person": "leo", "set": { "network": "cafe" } } ])"));
    REQUIRE(play.trace.sessions.size() > 2);
    std::vector<NetworkId> places;
    for (MailCheck const& check : play.trace.checks)
        for (std::size_t n = 0; n < play.world.networks.size(); ++n)
            if (play.world.networks[NetworkId{static_cast<std::uint32_t>(n)}].range.contains(
                    play.trace.sessions[check.session].client_address))
                places.push_back(NetworkId{static_cast<std::uint32_t>(n)});
    REQUIRE(places.size() == 2);
    CHECK(play.world.networks[places[0]].name == "home");
    CHECK(play.world.networks[places[1]].name == "cafe");
}

TEST_CASE("what an alias sends on is fetched by whose mailbox it lies in") {
    Play const play = play_text(fetching_world(R"("mia": { "address": "mia@shop.example", "incoming": {} })",
                                               "", R"(, "mailboxes": ["mia"], "aliases": { "leo": "mia" })"));
    CHECK(fetches(play) == Lines{"mia 10 min"});
}

TEST_CASE(
    "one mailbox takes the mail for all domains of a server, unless an account is named by the domain") {
    std::string const text = R"({{ "format": 1,
"servers": {{ "mx.example": {{ "handles": ["a.example", "b.example"], "accounts": {{ {} }} }} }},
"people": {{ "leo": {{ "address": "leo@a.example", "incoming": {{}} }},
             "maya": {{ "address": "maya@a.example" }} }},
"mail": [ {{ "at": "1m", "from": "maya", "to": ["leo@a.example", "leo@b.example"] }} ] }})";
    CHECK(fetches(play_text(fmt::format(fmt::runtime(text), R"("leo": "x", "maya": "y")"))).size() == 2);
    CHECK(fetches(
              play_text(fmt::format(fmt::runtime(text), R"("leo": "x", "maya": "y", "leo@b.example": "z")")))
              .size() == 1);
}

TEST_CASE("a bounce is fetched like any other message") {
    Play const play = play_text(R"({ "format": 1,
"servers": { "mail.isp.example": { "handles": ["isp.example"] },
             "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["mia"] } },
"people": { "maya": { "address": "maya@isp.example", "incoming": { "protocol": "pop3" } } },
"mail": [ { "at": "1m", "from": "maya", "to": "leo@shop.example" } ] })");
    REQUIRE(all_of<MessageFetched>(play.trace).size() == 1);
    RecipientId const fetched = all_of<MessageFetched>(play.trace).front().recipient;
    CHECK(is_bounce(play.trace.messages[play.trace.recipients[fetched].message]));
}

TEST_CASE("who looks for mail does so amid a thousand other events") {
    Play const play = play_text(R"({ "format": 1,
"servers": { "mail.isp.example": {} },
"people": { "maya": { "address": "maya@shop.example", "outgoing": { "server": "mail.isp.example" },
                      "incoming": { "server": "mail.isp.example" } } },
"spammers": { "bot": { "to": ["leo@nowhere.example"], "rate": "1000/s", "count": 1000 } } })");
    CHECK(play.trace.messages.size() == 1000);
    CHECK_FALSE(play.trace.checks.empty());
}

TEST_CASE("whoever is to look more often does so from then on, and not when the old time has passed") {
    Play const play = play_text(fetching_world(leo("leo", R"("every": "12h")"), R"(, "changes": [
            { "at": "1h", "person": "leo", "set": { "incoming": { "every": "5m" } } },
            { "at": "2h", "person": "leo", "set": { "incoming": { "every": "12h" } } },
            { "at": "3h", "network": "home", "set": { "latency": "1s" } } ])"));
    CHECK(fetches(play) == Lines{"leo 1 h 5 min"});
    // At the start, every five minutes of an hour, and once more before it is twelve hours to the next.
    CHECK(looks(play).size() == 1 + 12 + 1);
}
