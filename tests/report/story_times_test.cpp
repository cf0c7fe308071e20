// The times and the tries of a story: the same moment is told the same way, and no more is promised than
// comes.
#include "one_message.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

TEST_CASE("what is told of a message counts from when it was sent, in the margin and at the end") {
    World const world = world_of(R"({ "format": 1, "until": "30m",
        "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                                           "accounts": { "maya": "secret" }, "software": "opensmtpd" },
                     "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"], "up": false } },
        "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "password": "secret" } },
        "mail": [ { "id": "late", "from": "maya", "to": ["leo@shop.example"], "at": "10m" } ] })");
    std::string const told = Result{world}.told();
    CAPTURE(told);
    CHECK(contains(told, "next try in 6 min 39 s"));
    CHECK(contains(told, "6 min 39 s pass"));
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
