// Which hosts a domain's mail is offered to, and in which order: RFC 5321 section 5.1.
#include "engine/play.hpp"
#include "report/summary.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace mailflow;
using Lines = std::vector<std::string>;

namespace {

/// Maya's provider sends to the shop, which has three servers; mx3 is told nothing about the shop.
Play play_with(std::string const& shop_records, std::string const& more_dns = "",
               std::string const& mail = "", std::uint64_t seed = 1) {
    return play_text(fmt::format(R"({{ "format": 1, "seed": {}, "until": "1h",
      "networks": {{ "shop": {{ "range": "192.0.2.0/24" }} }},
      "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"] }},
                   "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"],
                                          "mailboxes": ["leo"] }},
                   "mx2.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"] }},
                   "mx3.shop.example": {{ }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
      "dns": {{ "shop.example": {} {} }},
      "mail": [ {} ] }})",
                                 seed, shop_records, more_dns,
                                 mail.empty() ? R"({ "from": "maya", "to": ["leo@shop.example"] })" : mail));
}

Lines called(Play const& play) {
    Lines names;
    for (Session const& session : play.trace.sessions)
        if (session.entry.valid())
            names.push_back(play.world.hosts[session.server].name.substr(0, 3));
    return names;
}

/// "bounced mail-loop: 5.4.6 mail for ...", of the first recipient.
std::string came_out(Play const& play) {
    Summary const summary = summarize(play.world, play.trace);
    RecipientSummary const& came = summary.recipients.at(0);
    auto const reply = last_reply(play.world, play.trace, summary, came);
    return fmt::format("{} {}: {}", name_of(came.outcome), name_of(came.reason),
                       reply ? to_line(*reply) : "");
}

std::string outcome(Play const& play) {
    Lines const lines = settlements(play);
    return lines.empty() ? "waits" : lines.front().substr(lines.front().find(": ") + 2);
}

} // namespace

TEST_CASE("equal exchangers share the load at random and the seed decides how") {
    std::string mail;
    for (int i = 0; i < 200; ++i)
        mail += fmt::format(R"({} {{ "from": "maya", "to": ["leo@shop.example"] }})", i == 0 ? "" : ",");
    std::string const equals =
        R"({ "mx": [ { "host": "mx1.shop.example" }, { "host": "mx2.shop.example" } ] })";
    Lines const first = called(play_with(equals, "", mail, 1));
    CHECK(first.size() == 200);
    auto const share = std::count(first.begin(), first.end(), "mx1");
    CHECK(share > 60);
    CHECK(share < 140);
    CHECK(called(play_with(equals, "", mail, 1)) == first);
    CHECK(called(play_with(equals, "", mail, 2)) != first);
}

TEST_CASE("the lowest preference is the best whatever the order in the file") {
    Play const play = play_with(R"({ "mx": [ { "host": "mx2.shop.example", "preference": 20 },
                                             { "host": "mx1.shop.example", "preference": 5 } ] })");
    CHECK(called(play) == Lines{"mx1"});
}

TEST_CASE("an exchanger that does not exist, or has no address, or that the DNS fails for is passed over") {
    for (char const* records : {R"({ "fails": "nxdomain" })", R"({ "mx": [] })", R"({ "fails": "servfail" })",
                                R"({ "fails": "timeout" })", R"({ "address": "127.0.0.1" })"}) {
        INFO(records);
        Play const play = play_with(R"({ "mx": [ { "host": "gone.shop.example", "preference": 5 },
                                                 { "host": "mx2.shop.example", "preference": 20 } ] })",
                                    fmt::format(R"(, "gone.shop.example": {})", records));
        if (std::string_view{records}.find("127.0.0.1") == std::string_view::npos) {
            CHECK(outcome(play) == "delivered by mx2.shop.example");
            CHECK(called(play) == Lines{"mx2"});
        } else {
            CHECK(outcome(play) == "bounced mail-loop by mail.isp.example"); // itself is never passed over
        }
    }
}

TEST_CASE("an exchanger whose address the DNS cannot tell is waited for when there is no other") {
    Play const play = play_with(R"({ "mx": [ { "host": "gone.shop.example" } ] })",
                                R"(, "gone.shop.example": { "fails": "servfail" })");
    CHECK(outcome(play) == "waits");
    REQUIRE_FALSE(play.trace.deferrals.empty());
    CHECK(play.trace.deferrals[DeferralId{0}].saying == Saying::dns_server_failure);
}

TEST_CASE("a domain without MX records is its own exchanger and one with MX records never is") {
    CHECK(outcome(play_with(R"({ "mx": [], "address": "192.0.2.1" })")) == "delivered by mx1.shop.example");
    CHECK(outcome(play_with(R"({ "mx": [ { "host": "no.such.example" } ], "address": "192.0.2.1" })")) ==
          "bounced no-such-domain by mail.isp.example");
}

TEST_CASE("an exchanger that was told nothing denies relaying and the next one is not asked") {
    Play const play = play_with(R"({ "mx": [ { "host": "mx3.shop.example", "preference": 5 },
                                             { "host": "mx1.shop.example", "preference": 20 } ] })");
    CHECK(outcome(play) == "bounced relay-denied by mx3.shop.example");
    CHECK(called(play) == Lines{"mx3"});
}

TEST_CASE("what one exchanger puts off the next may take or refuse and each recipient comes out by itself") {
    Play const play = play_text(R"({ "format": 1, "until": "1h",
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"] },
                   "mx1.shop.example": { "handles": ["shop.example"],
                                         "answers": { "rcpt": "451 4.3.0 later" } },
                   "mx2.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo", "eve"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "dns": { "shop.example": { "mx": [ { "host": "mx1.shop.example" },
                                         { "host": "mx2.shop.example", "preference": 20 } ] } },
      "mail": [ { "from": "maya",
                  "to": ["leo@shop.example", "nobody@shop.example", "eve@shop.example"] } ] })");
    Lines lines = settlements(play);
    std::sort(lines.begin(), lines.end());
    CHECK(lines == Lines{"eve@shop.example: delivered by mx2.shop.example",
                         "leo@shop.example: delivered by mx2.shop.example",
                         "maya@isp.example: delivered by mail.isp.example",
                         "nobody@shop.example: bounced unknown-user by mx2.shop.example"});
}

TEST_CASE("behind exchangers without an address qmail finds itself the best, and Postfix waits for them") {
    constexpr std::string_view ours = "mail.isp.example";
    auto const came = [&](std::string_view software, std::string_view gone, std::string_view self,
                          int preference) {
        return came_out(play_text(fmt::format(R"({{ "format": 1, "until": "1h",
          "networks": {{ "isp": {{ "range": "192.0.2.0/24" }} }},
          "servers": {{ "mail.isp.example": {{ "software": "{}", "handles": ["isp.example"], "network": "isp",
                                               "accounts": {{ "maya": "s" }}, "mailboxes": ["maya"] }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example", "password": "s" }} }},
          "dns": {{ "gone.example": {},
                    "other-name.example": {{ "address": "192.0.2.1" }},
                    "e.example": {{ "mx": [ {{ "host": "gone.example", "preference": 10 }},
                                            {{ "host": "{}", "preference": {} }} ] }} }},
          "mail": [ {{ "from": "maya", "to": "x@e.example" }} ] }})",
                                              software, gone, self, preference)));
    };
    for (char const* gone : {R"({ "fails": "nxdomain" })", R"({ "mx": [] })", R"({ "fails": "servfail" })"})
        for (std::string_view const self : {ours, std::string_view{"other-name.example"}}) {
            INFO(gone << ", and itself as " << self);
            CHECK(came("qmail", gone, self, 20).starts_with("bounced mail-loop"));
            CHECK(came("postfix", gone, self, 20) ==
                  "queued dns-trouble: 4.4.4 unable to find primary relay for e.example");
            // No better than itself: nothing is to be waited for.
            CHECK(came("postfix", gone, self, 10) ==
                  "bounced mail-loop: 5.4.6 mail for e.example loops back to myself");
        }
    CHECK_FALSE(came("sendmail", R"({ "fails": "nxdomain" })", ours, 20).starts_with("bounced mail-loop"));
    CHECK_FALSE(came("exchange", R"({ "fails": "nxdomain" })", ours, 20).starts_with("bounced mail-loop"));
}

TEST_CASE("a smarthost that is the server itself: qmail calls itself, Postfix says which name led back") {
    auto const came = [](std::string_view software, std::string_view trusts) {
        Play const play = play_text(fmt::format(R"({{ "format": 1, "until": "1d",
          "networks": {{ "isp": {{}} }},
          "servers": {{ "mail.isp.example": {{ "software": "{}", "handles": ["isp.example"], "network": "isp",
                                               "accounts": {{ "maya": "s" }}, "mailboxes": ["maya"],
                                               "trusts": [ {} ], "smarthost": "mail.isp.example" }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example", "password": "s" }} }},
          "mail": [ {{ "from": "maya", "to": "leo@shop.example" }} ] }})",
                                                software, trusts));
        return came_out(play);
    };
    CHECK(came("qmail", "") == "bounced relay-denied: "
                               "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)");
    CHECK(came("qmail", R"("isp")").starts_with("bounced mail-loop: "));
    CHECK(came("postfix", "") == "bounced mail-loop: 5.4.6 mail for mail.isp.example loops back to myself");
}
