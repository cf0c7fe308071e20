// Whole worlds: what goes in, where it goes, and what comes out.
#include "engine/play.hpp"

#include <algorithm>

using namespace mailflow;
using Lines = std::vector<std::string>;

namespace {

/// Maya at isp.example and Leo at shop.example, with more keys for the servers, for Maya, and at the top.
struct Changes {
    std::string mail_server = "";
    std::string shop_server = R"("handles": ["shop.example"], "mailboxes": ["leo"])";
    std::string maya = "";
    std::string top = "";
    std::string to = R"(["leo@shop.example"])";
};

std::string world_with(Changes const& changes) {
    return R"({ "format": 1, "title": "test",
      "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya", "noah"],
                              "accounts": {"maya": "secret"} )" +
           changes.mail_server + R"( },
        "mx1.shop.example": { )" +
           changes.shop_server + R"( } },
      "people": { "maya": { "address": "maya@isp.example", "password": "secret" )" +
           changes.maya + R"( } },
      "mail": [ { "id": "hello", "from": "maya", "to": )" +
           changes.to + " } ]" + changes.top + " }";
}

} // namespace

TEST_CASE("a message from somebody who logged in arrives at a server of another domain") {
    Play const play = play_text(world_with({}));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
    CHECK(calls(play) == Lines{"mail.isp.example", "mx1.shop.example"});
    CHECK(all_of<MessageFiled>(play.trace).size() == 1);
}

TEST_CASE("without a login on port 25 relaying is denied, and the mail program does not try again") {
    Play const play = play_text(world_with({.maya = R"(, "outgoing": {"authenticate": false})"}));
    CHECK(settlements(play) == Lines{"leo@shop.example: refused relay-denied by mail.isp.example"});
    CHECK(calls(play) == Lines{"mail.isp.example"});
    CHECK(all_of<MessageQueued>(play.trace).empty());
}

TEST_CASE("without a login on port 587 nothing is taken, not even for a mailbox of the house") {
    Play const play = play_text(world_with({.maya = R"(, "outgoing": {"authenticate": false, "port": 587})",
                                            .to = R"(["leo@shop.example", "noah@isp.example"])"}));
    CHECK(settlements(play) == Lines{"leo@shop.example: refused auth-required by mail.isp.example",
                                     "noah@isp.example: refused auth-required by mail.isp.example"});
}

TEST_CASE("a wrong password refuses every recipient of the message") {
    Changes changes{.to = R"(["leo@shop.example", "noah@isp.example"])"};
    std::string text = world_with(changes);
    text.replace(text.find(R"("password": "secret")"), 20, R"("password": "Secret")");
    CHECK(settlements(play_text(text)) == Lines{"leo@shop.example: refused auth-failed by mail.isp.example",
                                                "noah@isp.example: refused auth-failed by mail.isp.example"});
}

TEST_CASE("nobody listens on an odd port: the mail program says so") {
    Play const play = play_text(world_with({.maya = R"(, "outgoing": {"port": 2525})"}));
    CHECK(settlements(play) == Lines{"leo@shop.example: refused unreachable by mail.isp.example"});
    CHECK(all_of<ConnectionFailed>(play.trace).size() == 1);
    CHECK(all_of<ReplySent>(play.trace).empty());
}

TEST_CASE("each recipient is settled apart, the local one without a second server") {
    Play const play = play_text(world_with(
        {.to = R"(["noah@isp.example", "leo@shop.example", "nobody@isp.example", "joe@nowhere.example"])"}));
    CHECK(settlements(play) == Lines{"nobody@isp.example: refused unknown-user by mail.isp.example",
                                     "noah@isp.example: delivered by mail.isp.example",
                                     "joe@nowhere.example: bounced no-such-domain by mail.isp.example",
                                     "leo@shop.example: delivered by mx1.shop.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("a bounce has a null reverse path and is filed in the sender's mailbox") {
    Play const play = play_text(
        world_with({.shop_server = R"("handles": ["other.example"])",
                    .top = R"(, "dns": {"shop.example": {"mx": [{"host": "mx1.shop.example"}]}})"}));
    CHECK(settlements(play) == Lines{"leo@shop.example: bounced relay-denied by mx1.shop.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
    auto const bounces = all_of<BounceWritten>(play.trace);
    REQUIRE(bounces.size() == 1);
    Message const& bounce = play.trace.messages[bounces[0].bounce];
    CHECK(is_bounce(bounce));
    CHECK_FALSE(bounce.reverse_path.valid());
    CHECK(play.world.hosts[bounce.origin].name == "mail.isp.example");
}

TEST_CASE("one bounce tells of all recipients of an entry that failed") {
    Play const play =
        play_text(world_with({.to = R"(["a@none1.example", "b@none2.example", "c@none1.example"])"}));
    CHECK(all_of<BounceWritten>(play.trace).size() == 1);
    CHECK(settlements(play).size() == 4);
}

TEST_CASE("a bounce that cannot be delivered is discarded, and no bounce follows it") {
    // Maya may log in, but her provider has no mailbox of that name.
    std::string text = world_with({.to = R"(["joe@nowhere.example"])"});
    text.replace(text.find(R"(["maya", "noah"])"), 16, R"(["noah"])");
    Play const play = play_text(text);
    CHECK(settlements(play) == Lines{"joe@nowhere.example: bounced no-such-domain by mail.isp.example",
                                     "maya@isp.example: discarded unknown-user by mail.isp.example"});
    CHECK(all_of<BounceWritten>(play.trace).size() == 1);
}

TEST_CASE("no MX record: the address record of the domain itself is used") {
    Play const play =
        play_text(world_with({.shop_server = R"("handles": ["shop.example", "mx1.shop.example"])",
                              .top = R"(, "dns": {"mx1.shop.example": {"mx": []}})",
                              .to = R"(["leo@mx1.shop.example"])"}));
    CHECK(settlements(play) == Lines{"leo@mx1.shop.example: delivered by mx1.shop.example"});
}

TEST_CASE("a null MX and a name without records end in a bounce at once") {
    Play const play = play_text(world_with(
        {.top = R"(, "dns": {"quiet.example": {"null_mx": true}, "ghost.example": {"fails": "nxdomain"}, )"
                R"("bare.example": {"mx": []}})",
         .to = R"(["a@quiet.example", "b@ghost.example", "c@bare.example"])"}));
    Lines const lines = settlements(play);
    REQUIRE(lines.size() == 4);
    CHECK(lines[0] == "a@quiet.example: bounced null-mx by mail.isp.example");
    CHECK(lines[1] == "b@ghost.example: bounced no-such-domain by mail.isp.example");
    CHECK(lines[2] == "c@bare.example: bounced no-such-domain by mail.isp.example");
}

TEST_CASE("the exchanger of the lowest preference is called, and the next when it has no address") {
    std::string const two_more =
        R"("handles": ["shop.example"] }, "mx2.shop.example": { "handles": ["shop.example"])";
    Play const best = play_text(world_with(
        {.shop_server = two_more,
         .top = R"(, "dns": {"shop.example": {"mx": [{"host": "mx2.shop.example", "preference": 20}, )"
                R"({"host": "mx1.shop.example", "preference": 10}]}})"}));
    CHECK(settlements(best) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
    Play const next = play_text(world_with(
        {.shop_server = two_more,
         .top = R"(, "dns": {"shop.example": {"mx": [{"host": "gone.shop.example", "preference": 5}, )"
                R"({"host": "mx2.shop.example", "preference": 20}]}})"}));
    CHECK(settlements(next) == Lines{"leo@shop.example: delivered by mx2.shop.example"});
}

TEST_CASE("equal preferences share the load by the seed") {
    auto const servers_over_seeds = [] {
        Lines servers;
        for (int seed = 1; seed <= 40; ++seed) {
            Play const play = play_text(world_with(
                {.shop_server =
                     R"("handles": ["shop.example"] }, "mx2.shop.example": { "handles": ["shop.example"])",
                 .top = R"(, "seed": )" + std::to_string(seed)}));
            servers.push_back(calls(play).back());
        }
        return servers;
    };
    Lines const servers = servers_over_seeds();
    auto const first = std::count(servers.begin(), servers.end(), "mx1.shop.example");
    CHECK(first > 8);
    CHECK(first < 32);
    CHECK(servers == servers_over_seeds());
}

TEST_CASE("a backup MX that was told to relay passes mail on to the better exchanger") {
    Play const play = play_text(world_with(
        {.mail_server = R"(, "open_relay": false)",
         .shop_server =
             R"("handles": ["shop.example"] }, "backup.example": { "relays_for": ["shop.example"])",
         .maya = R"(, "outgoing": {"server": "backup.example", "authenticate": false})",
         .top = R"(, "dns": {"shop.example": {"mx": [{"host": "mx1.shop.example", "preference": 10}, )"
                R"({"host": "backup.example", "preference": 20}]}})"}));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
    CHECK(calls(play) == Lines{"backup.example", "mx1.shop.example"});
}

TEST_CASE("a server that is itself the best exchanger, yet does not handle the domain, sees the loop") {
    Play const play =
        play_text(world_with({.mail_server = R"(, "relays_for": ["loop.example"])",
                              .top = R"(, "dns": {"loop.example": {"mx": [{"host": "mail.isp.example"}, )"
                                     R"({"host": "mx1.shop.example", "preference": 20}]}})",
                              .to = R"(["leo@loop.example"])"}));
    CHECK(settlements(play) == Lines{"leo@loop.example: bounced mail-loop by mail.isp.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("what is still on its way when the run ends stays unsettled") {
    Play const play = play_text(world_with({.top = R"(, "until": "100ms")"}));
    CHECK(settlements(play).empty());
    CHECK(play.trace.ended_at == Instant{std::chrono::milliseconds{100}});
    CHECK(play.trace.events.back().at <= play.trace.ended_at);
}

TEST_CASE("the run ends with its last event") {
    Play const play = play_text(world_with({}));
    CHECK(play.trace.ended_at == play.trace.events.back().at);
}

TEST_CASE("time never runs backwards") {
    Play const play =
        play_text(world_with({.to = R"(["noah@isp.example", "leo@shop.example", "x@nowhere.example"])"}));
    CHECK(std::is_sorted(play.trace.events.begin(), play.trace.events.end(),
                         [](Event const& a, Event const& b) { return a.at < b.at; }));
}

TEST_CASE("a command takes the one-way time of the session to arrive") {
    Play const play = play_text(world_with({}));
    Instant sent;
    for (Event const& event : play.trace.events) {
        if (std::holds_alternative<CommandSent>(event.happening))
            sent = event.at;
        if (auto const* reply = std::get_if<ReplySent>(&event.happening);
            reply && reply->saying != Saying::greeting && reply->session == SessionId{0})
            CHECK(event.at - sent == play.trace.sessions[SessionId{0}].one_way);
    }
}
