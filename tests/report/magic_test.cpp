// What somebody sees who sees no servers: the waiting included.
#include "one_message.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

namespace {

std::string magic(Setting const& setting) {
    return result_of(setting).told(Detail::magic);
}

} // namespace

TEST_CASE("the writer is warned of the delay, and told of the loss, when the mail program fetches it") {
    Setting setting{.provider =
                        R"(, "retry": { "first": "10m", "most": "30m", "give_up": "2h", "warn": "1h" })",
                    .shop = down,
                    .maya = R"(, "incoming": { "every": "5m" })"};
    CHECK(contains(magic(setting),
                   "After 1 h 5 min a letter warns Maya that it has not reached "
                   "leo@shop.example so far. ✗ It comes back after 2 h 5 min: a bounce tells "
                   "Maya that it did not reach leo@shop.example (it could not be delivered in time)."));
    setting.maya = "";
    CHECK(contains(magic(setting), "After 1 h a letter warns Maya"));
    CHECK(contains(magic(setting), "It comes back after 2 h: a bounce tells Maya"));
    setting.maya = R"(, "incoming": { "every": "100m" })";
    setting.until = "121m";
    CHECK(contains(magic(setting), "a bounce, which nobody has fetched so far, tells Maya"));
}

TEST_CASE("who has had to wait for a message is told for how long") {
    CHECK(contains(magic({.shop = R"(, "greylist": "4m")"}),
                   "It arrives after 5 min: the message lies in the mailbox of leo@shop.example."));
    CHECK(contains(magic({}), "It arrives: the message lies in the mailbox of leo@shop.example."));
    CHECK(contains(magic({.shop = R"(, "aliases": { "sales": "leo" })", .to = "sales@shop.example"}),
                   "It arrives: the message to sales@shop.example lies in the mailbox of leo@shop.example."));
    CHECK(contains(magic({.to = "lea@shop.example"}), "It comes back: a bounce tells Maya"));
}

TEST_CASE("spam of which a bounce has reached nobody does not come back") {
    Played const played{world_of(R"({ "format": 1, "title": "A test", "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"] },
        "mx1.shop.example": { "handles": ["shop.example"], "software": "qmail", "mailboxes": ["leo"] } },
        "spammers": { "s": { "direct": true, "from": "ghost@isp.example", "to": ["lea@shop.example"],
                             "count": 1 } } })")};
    std::string const told = played.told(Detail::magic);
    CAPTURE(told);
    CHECK(contains(told, "1 does not arrive (no such mailbox)."));
    CHECK_FALSE(contains(told, "back"));
}

TEST_CASE("the magic tells what somebody does meanwhile, in the words of the author") {
    Setting const setting{.shop = down,
                          .changes = R"({ "at": "1h", "server": "mx1.shop.example", "set": { "up": true },
                                          "note": "the shop opens" })"};
    CHECK(contains(magic(setting), "magic · · · * After 1 h the shop opens. ✓ It arrives after"));
}
