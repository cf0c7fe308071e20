// The times and the tries of a story: the same moment is told the same way, and no more is promised than
// comes.
#include "one_message.hpp"

#include "trace/tally.hpp"

#include <tuple>

using namespace mailflow;
using namespace mailflow::one_message;

TEST_CASE("what is told of a message counts from when it was sent, in the margin and at the end") {
    World const world = world_of(R"({ "format": 1, "until": "30m",
        "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                                           "accounts": { "maya": "secret" }, "software": "opensmtpd" },
                     "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"], "up": false } },
        "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "password": "secret" } },
        "mail": [ { "id": "late", "from": "maya", "to": ["leo@shop.example"], "at": "10m" } ] })");
    std::string const told = Played{world}.told();
    CAPTURE(told);
    CHECK(contains(told, "next try in 6 min 40 s"));
    CHECK(contains(told, "6 min 40 s pass"));
    CHECK(contains(told, "6 min 40 s mail.isp.example"));
    CHECK(contains(told, "next try after 26 min 40 s")); // 36 min 40 s of the run
}

TEST_CASE("no next try is promised for a server that is down itself when the run ends") {
    Setting setting{.shop = R"(, "up": false)", .until = "2h"};
    CHECK(contains(result_of(setting).told(), "next try after "));
    setting.changes = R"({ "at": "100m", "server": "mail.isp.example", "set": { "up": false } })";
    std::string const told = result_of(setting).told();
    CAPTURE(told);
    CHECK_FALSE(contains(told, "next try after "));
    CHECK(contains(told, "no next try before mail.isp.example is up again"));
}

TEST_CASE("a network that is cut off and joined again can no longer be reached, and then again") {
    auto const words = [](std::string const& first, std::string const& second) {
        Setting const setting{.shop = R"(, "up": false)",
                              .changes = fmt::format(
                                  R"({{ "at": "1h", "network": "shop", "set": {{ "reaches": {} }} }},
                   {{ "at": "2h", "network": "shop", "set": {{ "reaches": {} }} }})",
                                  first, second),
                              .until = "1d"};
        World const world = result_of(setting).world;
        return std::pair{change_words(world, ChangeId{0}), change_words(world, ChangeId{1})};
    };
    CHECK(words("[]", "null") ==
          std::pair<std::string, std::string>{"shop is cut off and can no longer be reached",
                                              "shop can be reached again"});
    CHECK(words(R"(["isp"])", R"(["home"])") ==
          std::pair<std::string, std::string>{
              "home can no longer be reached from shop",
              "home can be reached from shop now and The provider can no longer be reached from shop"});
}

TEST_CASE("a heading begins with a capital, as the same words do within a chapter") {
    Setting const cut_later{.changes = R"({ "at": "1h", "network": "shop", "set": { "up": false } })"};
    CHECK(contains(result_of(cut_later).told(), "After 1 h: Shop is cut off and can no longer be reached"));
    Setting const down_later{.changes = R"({ "at": "1h", "server": "mx1.shop.example",
                                             "set": { "up": false } })"};
    CHECK(contains(result_of(down_later).told(), "After 1 h: mx1.shop.example goes down"));
}

TEST_CASE("Exim's time has run out in what a bounce says of it, and not yet in a warning") {
    Setting setting{.provider = R"(, "software": "exim")", .shop = R"(, "up": false)", .until = "2d"};
    std::string const warned = result_of(setting).told();
    CHECK(contains(warned, "It warns maya@isp.example"));
    CHECK(contains(warned, "]: Connection refused"));
    CHECK_FALSE(contains(warned, "retry timeout exceeded"));
    setting.until = "7d";
    CHECK(contains(result_of(setting).told(), "retry timeout exceeded"));
}

TEST_CASE("qmail stamps a message with the second in which it takes it") {
    World const world = world_of(R"({ "format": 1,
        "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                                           "accounts": { "maya": "secret" }, "software": "qmail" } },
        "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "password": "secret" } },
        "mail": [ { "id": "late", "from": "maya", "to": ["maya@isp.example"], "at": "1h" } ] })");
    Result const result{world};
    CHECK(result.reply().starts_with("250 ok 1767607200 qp ")); // the run begins at 1767603600
    CHECK(contains(result.told(Detail::protocol), result.reply()));
}

TEST_CASE("a change is told in the middle of a message that it has to do with, and of no other") {
    Setting const setting{
        .networks = R"(, "far": {})",
        .shop = down + R"( }, "mx.far.example": { "network": "far", "handles": ["far.example"])",
        .maya = R"( }, "noah": { "name": "Noah", "address": "noah@far.example", "network": "far")",
        .changes = R"({ "at": "10m", "server": "mx1.shop.example", "set": { "max_size": "1MB" },
                                          "note": "the shop sets a limit" },
                   { "at": "20m", "server": "mx.far.example", "set": { "max_size": "1MB" },
                     "note": "somebody far away sets a limit" },
                   { "at": "30m", "dns": "far.example", "set": { "ttl": "2h" },
                     "note": "a name far away lasts longer" },
                   { "at": "40m", "dns": "shop.example", "set": { "ttl": "2h" },
                     "note": "the shop's name lasts longer" },
                   { "at": "50m", "person": "noah", "set": { "network": "shop" },
                     "note": "Noah goes shopping" },
                   { "at": "60m", "person": "maya", "set": { "network": "shop" },
                     "note": "Maya goes shopping" },
                   { "at": "70m", "network": "far", "set": { "latency": "1s" },
                     "note": "the far line is slow" },
                   { "at": "80m", "network": "shop", "set": { "latency": "1s" },
                     "note": "the shop's line is slow" })",
        .until = "3h"};
    std::string const told = result_of(setting).told();
    CAPTURE(told);
    for (std::string_view const own : {"* The shop sets a limit.", "* The shop's name lasts longer.",
                                       "* Maya goes shopping.", "* The shop's line is slow."})
        CHECK(contains(told, own));
    for (std::string_view const foreign :
         {"After 20 min: Somebody far away sets a limit", "After 30 min: A name far away lasts longer",
          "After 50 min: Noah goes shopping", "After 1 h 10 min: The far line is slow"})
        CHECK(contains(told, foreign));
    CHECK(count_in(told, "omebody far away sets a limit") == 1);
}

TEST_CASE("the letter is told with the part for people where every line is told") {
    std::string const told = result_of({.to = "lea@shop.example"}).told(Detail::protocol);
    CAPTURE(told);
    CHECK(contains(told, "This is the mail system at host mail.isp.example."));
    CHECK(contains(told, "For further assistance, please send mail to postmaster."));
    CHECK(count_in(told, "<lea@shop.example>: host mx1.shop.example") == 1);
    CHECK(contains(told, "Action: failed"));
    CHECK_FALSE(contains(result_of({.to = "lea@shop.example"}).told(), "This is the mail system at host"));
}

TEST_CASE(
    "where a mail program never got through, its own words are told, and the server that it meant to reach") {
    for (auto const& [networks, maya, dns, reason] :
         {std::tuple{R"("home": { "blocks": [ { "port": 25 } ] })", R"("authenticate": false)", "",
                     "blocked-port"},
          std::tuple{R"("home": {})", R"("port": 26)", "", "unreachable"},
          std::tuple{R"("home": { "reaches": [] })", R"("port": 587)", "", "unreachable"},
          std::tuple{R"("home": {})", R"("port": 587)", R"("mail.isp.example": { "fails": "nxdomain" })",
                     "unreachable"},
          std::tuple{R"("home": {})", R"("port": 587)", R"("mail.isp.example": { "fails": "servfail" })",
                     "dns-trouble"}}) {
        INFO(reason << maya << dns);
        Played const played{world_of(fmt::format(R"({{ "format": 1, "networks": {{ {} }},
          "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"],
                                               "accounts": {{ "maya": "s" }} }} }},
          "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example",
                                  "network": "home", "password": "s",
                                  "outgoing": {{ "server": "mail.isp.example", {} }} }} }},
          "dns": {{ {} }},
          "mail": [ {{ "from": "maya", "to": "leo@shop.example" }} ] }})",
                                                 networks, maya, dns))};
        auto const row = played.report()["messages"][0];
        CHECK(row["outcome"] == "refused");
        CHECK(row["reason"] == reason);
        CHECK(row["by"] == "mail.isp.example");
        CHECK(row["path"] == nlohmann::ordered_json{"maya", "mail.isp.example"});
        CHECK(contains(played.told(), "by Maya's mail program: "));
        CHECK_FALSE(contains(played.told(), "by mail.isp.example: "));
    }
}

TEST_CASE("what is under way when the run ends, and met nothing in its way, has no reason") {
    Result const result = result_of({.until = "300ms"});
    auto const row = result.report()["messages"][0];
    CHECK(row["outcome"] == "queued");
    CHECK(row["reason"].is_null());
    CHECK(row["by"].is_null());
    CHECK(contains(result.told(), "Maya to leo@shop.example: still on its way way: Maya"));
    Result const held = result_of({.until = "600ms"});
    CHECK(held.report()["messages"][0]["reason"].is_null());
    CHECK(contains(held.told(), "Maya to leo@shop.example: queued (nothing in its way so far) way: Maya"));
    Result const waiting = result_of({.shop = down, .until = "1h"});
    CHECK(waiting.report()["messages"][0]["reason"] == "unreachable");
    CHECK_FALSE(contains(waiting.told(), "nothing in its way"));
}

TEST_CASE("whatever moment of the second try the run ends in, the reason of the first stands") {
    Result const whole = result_of({.shop = R"(, "greylist": "10m")", .until = "1h"});
    std::vector<Instant> tries;
    for (Event const& event : whole.trace.events)
        if (auto const* opened = std::get_if<ConnectionOpened>(&event.happening);
            opened && whole.trace.sessions[opened->session].entry.valid())
            tries.push_back(event.at);
    REQUIRE(tries.size() > 2);
    for (Duration past{}; past < std::chrono::milliseconds{400}; past += std::chrono::milliseconds{13}) {
        World world = whole.world;
        world.until = tries[1].since_start + past;
        Played const cut{std::move(world)};
        auto const row = cut.report()["messages"][0];
        INFO(cut.told());
        CHECK(row["outcome"] == "queued");
        CHECK(row["reason"] == "greylisted");
        CHECK(row["by"] == "mx1.shop.example");
        CHECK_FALSE(row["reply"].is_null());
        CHECK(numbers_of(cut.world, cut.trace, EndedBy::until).recipients().of(Reason::greylisted) == 1);
    }
}

TEST_CASE("of a change nothing is told that did not happen") {
    auto const words = [](std::string const& dns, std::string const& what, std::string const& set) {
        World const world =
            result_of({.maya = R"(, "outgoing": { "authenticate": false, "port": 25 })",
                       .dns = dns,
                       .changes = fmt::format(R"({{ "at": "1h", {}, "set": {{ {} }} }})", what, set)})
                .world;
        return change_words(world, ChangeId{0});
    };
    std::string const shop = R"("dns": "shop.example")";
    CHECK(words("", R"("person": "maya")",
                R"("outgoing": { "server": "mx1.shop.example", "authenticate": false, "port": 25 })") ==
          "Maya enters mx1.shop.example as the outgoing server");
    CHECK(words(R"("shop.example": { "fails": "nxdomain" })", shop, R"("fails": "servfail")") ==
          "the name servers of shop.example begin to fail");
    CHECK(words("", shop, R"("mx": [ { "host": "mx1.shop.example" },
                                     { "host": "mail.isp.example", "preference": 20 } ])") ==
          "the DNS now says that mx1.shop.example and mail.isp.example take mail for shop.example");
    CHECK(words("", R"("server": "mx1.shop.example")", R"("trusts": ["192.0.2.0/24"])") ==
          "mx1.shop.example now trusts 192.0.2.0/24");
}
