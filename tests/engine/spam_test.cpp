// Spammers, the blocklists that hear of them, and servers with their hands full.
#include "engine/play.hpp"

#include <algorithm>
#include <map>
#include <set>

using namespace mailflow;
using Lines = std::vector<std::string>;

namespace {

/// A relay, a shop that asks a blocklist, a victim of forgery, and whatever the test adds.
std::string world_with(std::string const& relay, std::string const& shop, std::string const& top) {
    return R"({ "format": 1,
      "servers": {
        "relay.example": { "handles": ["school.example"], "mailboxes": ["ann"] )" +
           relay + R"( },
        "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] )" +
           shop + R"( },
        "mx.home.example": { "handles": ["home.example"], "mailboxes": ["vera"] } },
      "people": { "ann": { "address": "ann@school.example" } }, )" +
           top + " }";
}

std::string spammer(std::string const& members) {
    return R"("spammers": { "bulk": { "from": "vera@home.example", "to": ["leo@shop.example"], "count": 30, )"
           R"("rate": "2/s", )" +
           members + " } }";
}

/// How many recipients came out how: "delivered" or "refused relay-denied by relay.example".
std::map<std::string, std::size_t> outcomes_of_spam(Play const& play) {
    std::map<std::string, std::size_t> counts;
    for (RecipientSettled const& settled : all_of<RecipientSettled>(play.trace)) {
        Recipient const& recipient = play.trace.recipients[settled.recipient];
        if (play.trace.messages[recipient.message].kind != MessageKind::spam)
            continue;
        std::string words{name_of(settled.outcome)};
        if (settled.reason != Reason::none)
            words += " " + std::string{name_of(settled.reason)} + " by " + play.world.hosts[settled.by].name;
        ++counts[words];
    }
    return counts;
}

using Counts = std::map<std::string, std::size_t>;

std::size_t bounces_delivered_to(Play const& play, std::string const& address) {
    std::size_t count = 0;
    for (RecipientSettled const& settled : all_of<RecipientSettled>(play.trace)) {
        Recipient const& recipient = play.trace.recipients[settled.recipient];
        count += is_bounce(play.trace.messages[recipient.message]) &&
                 play.world.book.text(recipient.address) == address && settled.outcome == Outcome::delivered;
    }
    return count;
}

} // namespace

TEST_CASE("a closed server refuses all of a spammer's mail at the door") {
    Play const play = play_text(
        world_with("", R"(, "blocklists": ["dnsbl.example"])", spammer(R"("through": "relay.example")")));
    CHECK(outcomes_of_spam(play) == Counts{{"refused relay-denied by relay.example", 30}});
    CHECK(all_of<MessageQueued>(play.trace).empty());
    CHECK(all_of<BounceWritten>(play.trace).empty());
    CHECK(all_of<AddressListed>(play.trace).empty());
}

TEST_CASE("an open relay is listed after ten messages, and its spam comes back to the forged sender") {
    Play const play = play_text(world_with(R"(, "open_relay": true)", R"(, "blocklists": ["dnsbl.example"])",
                                           spammer(R"("through": "relay.example")")));
    CHECK(outcomes_of_spam(play) ==
          Counts{{"delivered", 10}, {"bounced blocklisted by mx.shop.example", 20}});
    CHECK(bounces_delivered_to(play, "vera@home.example") == 20);
    auto const listed = all_of<AddressListed>(play.trace);
    REQUIRE(listed.size() == 1);
    Listing const& listing = play.trace.listings[listed[0].listing];
    CHECK(play.world.hosts[listing.host].name == "relay.example");
    CHECK(listing.messages == 10);
}

TEST_CASE("honest mail of a listed relay is refused until the list forgets it") {
    Play const play =
        play_text(world_with(R"(, "open_relay": true)", R"(, "blocklists": ["dnsbl.example"])",
                             R"("blocklists": { "dnsbl.example": { "after": 5, "for": "2h" } }, )" +
                                 spammer(R"("through": "relay.example")") +
                                 R"(, "changes": [ { "at": "10m", "server": "relay.example",
                                                     "set": { "open_relay": false } } ],
               "mail": [ { "id": "soon", "at": "30m", "from": "ann", "to": "leo@shop.example" },
                         { "id": "late", "at": "3h", "from": "ann", "to": "leo@shop.example" } ])"));
    CHECK(outcomes_of_spam(play)["delivered"] == 5);
    Lines honest;
    for (RecipientSettled const& settled : all_of<RecipientSettled>(play.trace))
        if (play.trace.recipients[settled.recipient].message.index < play.world.mail.size())
            honest.push_back(std::string{name_of(settled.outcome)} + " " +
                             std::string{name_of(settled.reason)});
    CHECK(honest == Lines{"bounced blocklisted", "delivered "});
    CHECK(all_of<AddressDelisted>(play.trace).size() == 1);
}

TEST_CASE("a run does not go on only to see a listing end") {
    Play const play =
        play_text(world_with("", R"(, "blocklists": ["dnsbl.example"])", spammer(R"("direct": true)")));
    CHECK(all_of<AddressListed>(play.trace).size() == 1);
    CHECK(all_of<AddressDelisted>(play.trace).empty());
    CHECK(play.trace.ended_at < Instant{std::chrono::minutes{1}});
}

TEST_CASE("who is listed at the start is refused at once") {
    Play const play = play_text(world_with("", R"(, "blocklists": ["dnsbl.example"])",
                                           R"("networks": { "dialup": { "range": "203.0.113.0/24" } },
           "blocklists": { "dnsbl.example": { "lists": ["dialup"] } }, )" +
                                               spammer(R"("direct": true, "network": "dialup")")));
    CHECK(outcomes_of_spam(play) == Counts{{"refused blocklisted by mx.shop.example", 30}});
}

TEST_CASE("a record in the DNS lists an address as long as it stands") {
    Play const play = play_text(world_with("", R"(, "blocklists": ["dnsbl.example"])",
                                           R"("networks": { "dialup": { "range": "203.0.113.9" } },
        "blocklists": { "dnsbl.example": { "after": 1000 } },
        "dns": { "9.113.0.203.dnsbl.example": { "address": "127.0.0.2" } },
        "changes": [ { "at": "5s", "dns": "9.113.0.203.dnsbl.example", "set": { "address": null } } ], )" +
                                               spammer(R"("direct": true, "network": "dialup")")));
    CHECK(outcomes_of_spam(play) ==
          Counts{{"refused blocklisted by mx.shop.example", 10}, {"delivered", 20}});
}

TEST_CASE("Exim lets a listed client write to its postmaster, others do not") {
    for (std::string const software : {"exim", "postfix"}) {
        INFO(software);
        Play const play = play_text(world_with(
            "", R"(, "blocklists": ["dnsbl.example"], "greylist": "5m", "software": ")" + software + '"',
            R"("networks": { "dialup": {} }, "blocklists": { "dnsbl.example": { "lists": ["dialup"] } },
               "spammers": { "bulk": { "network": "dialup", "direct": true, "from": "vera@home.example",
                                       "to": ["postmaster@shop.example"], "count": 30, "rate": "2/s" } })"));
        CHECK(outcomes_of_spam(play) == (software == "exim"
                                             ? Counts{{"delivered", 30}}
                                             : Counts{{"refused blocklisted by mx.shop.example", 30}}));
    }
}

TEST_CASE("a trusted client is not refused for being listed") {
    Play const play = play_text(world_with(
        "", R"(, "blocklists": ["dnsbl.example"], "trusts": ["dialup"])",
        R"("networks": { "dialup": {} }, "blocklists": { "dnsbl.example": { "lists": ["dialup"] } }, )" +
            spammer(R"("direct": true, "network": "dialup")")));
    CHECK(outcomes_of_spam(play) == Counts{{"delivered", 30}});
}

TEST_CASE("a backup server that hands on spam is not listed for it") {
    Play const play = play_text(
        world_with(R"(, "relays_for": ["shop.example"], "routes": { "shop.example": "mx.shop.example" })",
                   R"(, "blocklists": ["dnsbl.example"])",
                   R"("dns": { "shop.example": { "mx": [ { "host": "relay.example" } ] } }, )" +
                       spammer(R"("direct": true)")));
    CHECK(outcomes_of_spam(play) == Counts{{"delivered", 30}});
    CHECK(all_of<AddressListed>(play.trace).empty());
}

TEST_CASE("a bot never comes back, so greylisting keeps it out") {
    Play const play = play_text(world_with("", R"(, "greylist": "1s")",
                                           R"("spammers": { "bot": { "direct": true, "count": 1,
                                              "to": "leo@shop.example" } })"));
    CHECK(outcomes_of_spam(play) == Counts{{"refused greylisted by mx.shop.example", 1}});
}

TEST_CASE("a bot asks the DNS for each domain of its recipients, and one message goes to all of them") {
    Play const play =
        play_text(world_with("", "", R"("spammers": { "bot": { "count": 1, "to": ["leo@shop.example",
        "vera@home.example", "mia@shop.example", "x@nowhere.example"] } })"));
    CHECK(outcomes_of_spam(play) == Counts{{"delivered", 2},
                                           {"refused unknown-user by mx.shop.example", 1},
                                           {"refused no-such-domain by bot", 1}});
    CHECK(calls(play).size() == 2);
}

TEST_CASE("a bot takes the next exchanger when the first does not answer, and no other when it is refused") {
    Play const play = play_text(world_with("", R"(, "up": false)",
                                           R"("dns": { "shop.example": { "mx": [
            { "host": "mx.shop.example", "preference": 10 }, { "host": "relay.example", "preference": 20 },
            { "host": "mx.home.example", "preference": 30 } ] } },
            "spammers": { "bot": { "count": 1, "to": ["leo@shop.example"] } })"));
    CHECK(calls(play) == Lines{"mx.shop.example", "relay.example"});
    CHECK(outcomes_of_spam(play) == Counts{{"refused relay-denied by relay.example", 1}});
}

TEST_CASE("a stolen account sends to anyone until its password changes") {
    Play const play = play_text(
        world_with(R"(, "accounts": { "ann": "secret" })", "",
                   R"("spammers": { "thief": { "account": { "server": "relay.example", "user": "ann",
                      "password": "secret" }, "to": "leo@shop.example", "count": 10, "rate": "1/s" } },
                      "changes": [ { "at": "5500ms", "server": "relay.example",
                                     "set": { "accounts": { "ann": "other" } } } ])"));
    CHECK(outcomes_of_spam(play) == Counts{{"delivered", 6}, {"refused auth-failed by relay.example", 4}});
}

TEST_CASE("name guessing finds the mailboxes that there are") {
    Play const play = play_text(world_with("", "", R"("spammers": { "guesser": { "rate": "50/s",
        "to": { "domain": "shop.example", "names": 300 } } })"));
    CHECK(outcomes_of_spam(play) ==
          Counts{{"delivered", 1}, {"refused unknown-user by mx.shop.example", 299}});
}

TEST_CASE("messages of a spammer set out at the rate that is given") {
    Play const play = play_text(world_with("", "", spammer(R"("start": "10s")")));
    std::vector<std::int64_t> times_ms;
    for (Event const& event : play.trace.events)
        if (std::holds_alternative<MessageSubmitted>(event.happening))
            times_ms.push_back(event.at.since_start / std::chrono::milliseconds{1});
    REQUIRE(times_ms.size() == 30);
    CHECK(times_ms.front() == 10'000);
    CHECK(times_ms[1] == 10'500);
    CHECK(times_ms.back() == 24'500);
}

TEST_CASE("a server with its hands full turns sessions away, and never serves more than it may") {
    Play const play = play_text(world_with("", R"(, "max_sessions": 3)",
                                           R"("networks": { "far": { "latency": "100ms" } },
        "spammers": { "flood": { "network": "far", "to": "leo@shop.example", "rate": "100/s",
                                 "count": 200 } })"));
    auto const counts = outcomes_of_spam(play);
    REQUIRE(counts.size() == 2);
    CHECK(counts.at("refused too-many-sessions by mx.shop.example") > 150);
    CHECK(counts.at("delivered") >= 3);

    // From the greeting to the server's last word there are three at most, and at some time there are three.
    std::set<SessionId> served;
    std::size_t most = 0;
    for (ReplySent const& reply : all_of<ReplySent>(play.trace)) {
        if (reply.saying == Saying::greeting)
            served.insert(reply.session);
        else if (reply.saying == Saying::goodbye)
            served.erase(reply.session);
        most = std::max(most, served.size());
    }
    CHECK(most == 3);
}

TEST_CASE("a queue comes back to a server that had too many sessions") {
    Play const play = play_text(world_with(R"(, "retry": { "first": "1m" })", R"(, "max_sessions": 1)",
                                           R"("networks": { "far": { "latency": "200ms" } },
        "spammers": { "flood": { "network": "far", "to": "leo@shop.example", "rate": "50/s", "count": 500 } },
        "mail": [ { "at": "2s", "from": "ann", "to": "leo@shop.example" } ])"));
    REQUIRE_FALSE(all_of<MessageDeferred>(play.trace).empty());
    Deferral const& first = play.trace.deferrals[all_of<MessageDeferred>(play.trace)[0].deferral];
    CHECK(first.saying == Saying::too_many_sessions);
    auto const lines = settlements(play);
    CHECK(std::count(lines.begin(), lines.end(), "leo@shop.example: delivered by mx.shop.example") >= 2);
}

TEST_CASE("spammers' messages are all accounted for, and the same seed plays the same run") {
    std::string const text = world_with(R"(, "open_relay": true)", R"(, "blocklists": ["dnsbl.example"])",
                                        spammer(R"("through": "relay.example")"));
    Play const play = play_text(text);
    Play const again = play_text(text);
    std::size_t spam = 0;
    for (Message const& message : play.trace.messages)
        spam += message.kind == MessageKind::spam ? message.recipient_count : 0;
    std::size_t settled = 0;
    for (auto const& [words, count] : outcomes_of_spam(play))
        settled += count;
    CHECK(spam == 30);
    CHECK(settled == spam);
    REQUIRE(play.trace.events.size() == again.trace.events.size());
    CHECK(std::equal(play.trace.events.begin(), play.trace.events.end(), again.trace.events.begin(),
                     [](Event const& a, Event const& b) {
                         return a.at == b.at && a.happening.index() == b.happening.index();
                     }));
}
