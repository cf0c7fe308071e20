// Aliases that send mail away, and from where it comes back: who finds out, when, and in which words.
#include "engine/play.hpp"
#include "report/summary.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// Leo's two addresses forward to each other, at servers of these softwares.
std::string two_addresses(std::string_view club, std::string_view shop) {
    return fmt::format(R"({{ "format": 1,
      "servers": {{
        "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"],
                               "accounts": {{ "maya": "s" }} }},
        "mx.club.example": {{ "software": "{}", "handles": ["club.example"],
                              "aliases": {{ "leo": "leo@shop.example" }} }},
        "mx.shop.example": {{ "software": "{}", "handles": ["shop.example"],
                              "aliases": {{ "leo": "leo@club.example" }} }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example", "password": "s" }} }},
      "mail": [ {{ "from": "maya", "to": "leo@club.example" }} ] }})",
                       club, shop);
}

struct Ending {
    std::string by;
    std::string reply;
    std::size_t times_taken = 0; // by all servers together
};

Ending ending_of(std::string const& scenario) {
    Play const play = play_text(scenario);
    Summary const summary = summarize(play.world, play.trace);
    RecipientSummary const& came = summary.recipients.at(0);
    CHECK(came.reason == Reason::mail_loop);
    auto const reply = last_reply(play.world, play.trace, summary, came);
    return {.by = play.world.hosts[came.by].name,
            .reply = reply ? to_line(*reply) : "",
            .times_taken = came.hops.size()};
}

} // namespace

TEST_CASE("Postfix finds its own Delivered-To line when a forwarded message comes back") {
    for (std::string_view const other : {"postfix", "exim", "sendmail", "opensmtpd", "qmail", "exchange"}) {
        INFO(other);
        Ending const ending = ending_of(two_addresses("postfix", other));
        CHECK(ending.by == "mx.club.example");
        CHECK(ending.reply == "5.4.6 mail forwarding loop for leo@club.example");
        CHECK(ending.times_taken == 4); // provider, club, shop, club
    }
}

TEST_CASE("qmail finds it in its own words") {
    Ending const ending = ending_of(two_addresses("qmail", "exim"));
    CHECK(ending.by == "mx.club.example");
    CHECK(ending.reply == "This message is looping: it already has my Delivered-To line. (#5.4.6)");
    CHECK(ending.times_taken == 4);
}

TEST_CASE("who writes no such lines is found out by the first that does") {
    Ending const ending = ending_of(two_addresses("exim", "postfix"));
    CHECK(ending.by == "mx.shop.example");
    CHECK(ending.reply == "5.4.6 mail forwarding loop for leo@shop.example");
    CHECK(ending.times_taken == 5);
}

TEST_CASE("where nobody writes them, the Received lines end it") {
    CHECK(ending_of(two_addresses("exim", "exim")).times_taken > 25);
    CHECK(ending_of(two_addresses("sendmail", "sendmail")).times_taken > 90);
    CHECK(ending_of(two_addresses("opensmtpd", "opensmtpd")).times_taken > 90);
}

TEST_CASE("Postfix writes one line for a chain of aliases, with the address that the message came for") {
    Ending const ending = ending_of(R"({ "format": 1,
      "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                               "accounts": { "maya": "s" } },
        "mx.club.example": { "handles": ["club.example"],
                             "aliases": { "post": "leo", "leo": "leo@shop.example" } },
        "mx.shop.example": { "handles": ["shop.example"], "aliases": { "leo": "leo@club.example" } } },
      "people": { "maya": { "address": "maya@isp.example", "password": "s" } },
      "mail": [ { "from": "maya", "to": "post@club.example" } ] })");
    // Not "leo@club.example" at the third server: its line is written only when it is the one that came.
    CHECK(ending.by == "mx.shop.example");
    CHECK(ending.reply == "5.4.6 mail forwarding loop for leo@shop.example");
    CHECK(ending.times_taken == 5);
}

TEST_CASE("a message that is forwarded and forwarded again, but never back, arrives") {
    auto const lines = settlements(play_text(R"({ "format": 1,
      "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                               "accounts": { "maya": "s" } },
        "a.example": { "handles": ["a.example"], "aliases": { "x": "x@b.example", "y": "z@c.example" } },
        "b.example": { "handles": ["b.example"], "aliases": { "x": "y@a.example" } },
        "c.example": { "handles": ["c.example"], "mailboxes": ["z"] } },
      "people": { "maya": { "address": "maya@isp.example", "password": "s" } },
      "mail": [ { "from": "maya", "to": "x@a.example" } ] })"));
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.front() == "x@a.example: delivered by c.example");
}

TEST_CASE("an alias that leads to its own name means the mailbox of that name") {
    for (std::string_view const software : {"postfix", "exim", "sendmail", "opensmtpd"}) {
        auto const lines = settlements(play_text(fmt::format(R"({{ "format": 1,
          "servers": {{ "m.example": {{ "software": "{}", "handles": ["m.example"],
                                        "mailboxes": ["maya", "leo"],
                                        "accounts": {{ "maya": "s" }}, "aliases": {{ "leo": "leo" }} }} }},
          "people": {{ "maya": {{ "address": "maya@m.example", "password": "s" }} }},
          "mail": [ {{ "from": "maya", "to": "leo@m.example" }} ] }})",
                                                             software)));
        REQUIRE_FALSE(lines.empty());
        CHECK(lines.front() == "leo@m.example: delivered by m.example");
    }
}

TEST_CASE("an alias that leads to its own name makes no mailbox of that name") {
    for (std::string_view const software :
         {"postfix", "exchange", "exim", "sendmail", "opensmtpd", "qmail"}) {
        INFO(software);
        auto const lines = settlements(play_text(fmt::format(R"({{ "format": 1,
          "servers": {{ "m.example": {{ "software": "{}", "handles": ["m.example"], "mailboxes": ["maya"],
                                        "accounts": {{ "maya": "s" }}, "aliases": {{ "self": "self" }} }} }},
          "people": {{ "maya": {{ "address": "maya@m.example", "password": "s" }} }},
          "mail": [ {{ "from": "maya", "to": "self@m.example" }} ] }})",
                                                             software)));
        REQUIRE_FALSE(lines.empty());
        // Exim takes all from those that have logged in.
        bool const takes_all = software == "postfix" || software == "exchange" || software == "exim";
        CHECK(lines.front() ==
              fmt::format("self@m.example: {} by m.example", software == "qmail" ? "bounced mail-loop"
                                                             : takes_all         ? "bounced unknown-user"
                                                                                 : "refused unknown-user"));
    }
}

TEST_CASE("a name in a circle of aliases that has a mailbox, too, gets the mail with Exim and Sendmail") {
    auto const came = [](std::string_view software, std::string_view to) {
        auto const lines = settlements(play_text(fmt::format(R"({{ "format": 1,
          "servers": {{
            "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"],
                                   "accounts": {{ "maya": "s" }} }},
            "m.example": {{ "software": "{}", "handles": ["m.example"], "mailboxes": ["leo"],
                            "aliases": {{ "leo": "eve", "eve": "ida", "ida": "leo", "into": "ida" }} }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example", "password": "s" }} }},
          "mail": [ {{ "from": "maya", "to": "{}@m.example" }} ] }})",
                                                             software, to)));
        REQUIRE_FALSE(lines.empty());
        return lines.front().substr(lines.front().find(": ") + 2);
    };
    // With Exim the name counts that comes up again, whatever mailboxes the others have (route.c).
    CHECK(came("exim", "leo") == "delivered by m.example");
    CHECK(came("exim", "eve") == "bounced unknown-user by m.example");
    CHECK(came("exim", "into") == "bounced unknown-user by m.example");
    for (std::string_view const to : {"leo", "eve", "ida", "into"}) {
        INFO(to);
        CHECK(came("sendmail", to) == "delivered by m.example");
        CHECK(came("postfix", to) == "bounced mail-loop by m.example");
    }
}

TEST_CASE("what waits when the server comes to handle the domain goes where its aliases lead") {
    auto const lines = settlements(play_text(R"({ "format": 1,
      "servers": { "m.example": { "handles": ["m.example"], "mailboxes": ["maya", "leo"],
                                  "accounts": { "maya": "s" }, "aliases": { "sales": "leo" } } },
      "people": { "maya": { "address": "maya@m.example", "password": "s" } },
      "dns": { "new.example": { "fails": "servfail" } },
      "mail": [ { "from": "maya", "to": "sales@new.example" } ],
      "changes": [ { "at": "1m", "server": "m.example",
                     "set": { "handles": ["m.example", "new.example"] } } ] })"));
    REQUIRE_FALSE(lines.empty());
    CHECK(lines.front() == "sales@new.example: delivered by m.example");
}

TEST_CASE(
    "aliases of one server that lead to each other: Postfix gives up after a hundred levels, qmail at once") {
    auto const circle = [](std::string_view software) {
        return fmt::format(R"({{ "format": 1,
          "servers": {{ "m.example": {{ "software": "{}", "handles": ["m.example"], "mailboxes": ["maya"],
                                        "accounts": {{ "maya": "s" }},
                                        "aliases": {{ "a": "b", "b": "a" }} }} }},
          "people": {{ "maya": {{ "address": "maya@m.example", "password": "s" }} }},
          "mail": [ {{ "from": "maya", "to": "a@m.example" }} ] }})",
                           software);
    };
    CHECK(ending_of(circle("postfix")).reply == "5.4.6 alias database loop for b");
    CHECK(ending_of(circle("qmail")).reply ==
          "This message is looping: it already has my Delivered-To line. (#5.4.6)");
}

TEST_CASE(
    "who follows aliases before it answers RCPT refuses those that lead nowhere; Postfix and qmail bounce") {
    auto const outcome = [](std::string_view software, std::string_view to) {
        auto const lines = settlements(play_text(fmt::format(R"({{ "format": 1,
          "servers": {{
            "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"],
                                   "accounts": {{ "maya": "s" }} }},
            "m.example": {{ "software": "{}", "handles": ["m.example"], "mailboxes": ["leo"],
                            "aliases": {{ "post": "leo", "away": "x@isp.example", "lost": "gone",
                                          "via": "lost",
                                          "a": "b", "b": "a", "into": "a" }} }} }},
          "people": {{ "eve": {{ "address": "eve@isp.example",
                                 "outgoing": {{ "server": "m.example", "authenticate": false }} }} }},
          "mail": [ {{ "from": "eve", "to": "{}@m.example" }} ] }})",
                                                             software, to)));
        REQUIRE_FALSE(lines.empty());
        return lines.front().substr(lines.front().find(": ") + 2);
    };
    for (std::string_view const software : {"exim", "sendmail", "opensmtpd"}) {
        INFO(software);
        CHECK(outcome(software, "post") == "delivered by m.example");
        CHECK(outcome(software, "away") == "bounced unknown-user by mail.isp.example");
        for (std::string_view const dead : {"lost", "via", "a", "b", "into"})
            CHECK(outcome(software, dead) == "refused unknown-user by m.example");
    }
    CHECK(outcome("postfix", "post") == "delivered by m.example");
    for (std::string_view const software : {"postfix", "qmail"}) {
        INFO(software);
        CHECK(outcome(software, "lost") == "bounced unknown-user by m.example");
        CHECK(outcome(software, "a") == "bounced mail-loop by m.example");
    }
}
