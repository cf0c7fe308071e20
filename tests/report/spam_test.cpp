// What is told of spam: summed up, traced back, and with its consequences.
#include "told.hpp"

#include "mail/queue_id.hpp"
#include "report/csv.hpp"
#include "report/expect.hpp"
#include "report/lines/jsonl.hpp"
#include "report/received.hpp"
#include "report/spam.hpp"
#include "report/words/words.hpp"

using namespace mailflow;
using Json = nlohmann::ordered_json;
using Lines = std::vector<std::string>;

namespace {

/// A spammer who pumps mail through an open relay, in Vera's name.
Played abuse(std::string const& count, std::string const& expect = "", std::string const& rate = "2/s") {
    return {world_of(R"({ "format": 1, "networks": { "far": { "range": "198.51.100.0/28" } },
      "servers": {
        "relay.example": { "handles": ["school.example"], "mailboxes": ["ann"], "open_relay": true },
        "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"],
                             "blocklists": ["dnsbl.example"] },
        "mx.home.example": { "handles": ["home.example"], "mailboxes": ["vera"] } },
      "people": { "ann": { "address": "ann@school.example" } },
      "spammers": { "bulk": { "network": "far", "through": "relay.example", "from": "vera@home.example",
                              "to": ["leo@shop.example"], "rate": ")" +
                     rate + R"(", "count": )" + count + R"( } },
      "mail": [ { "id": "honest", "at": "1h", "from": "ann", "to": "leo@shop.example" } ],
      "expect": [ )" +
                     expect + " ] }")};
}

Played theft() {
    return {world_of(R"({ "format": 1, "networks": { "far": { "range": "198.51.100.0/28" } },
      "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "accounts": { "maya": "secret" } },
        "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] } },
      "spammers": { "thief": { "network": "far", "to": "leo@shop.example", "count": 1,
        "account": { "server": "mail.isp.example", "user": "maya", "password": "secret" } } } })")};
}

Lines lines_of(Played const& result) {
    Lines lines;
    QueueEntryId const last = result.summary.index.settling[0].holder;
    for (ReceivedLine const& line : received_lines(result.world, result.trace, result.summary.index, last))
        lines.insert(lines.end(), line.folded.begin(), line.folded.end());
    return lines;
}

} // namespace

TEST_CASE("the Received lines lead back to the machine where a message got in") {
    Played const result = theft();
    std::string const isp = to_text(result.trace.sessions[SessionId{1}].client_address);
    CHECK(lines_of(result) ==
          Lines{"Received: from mail.isp.example (mail.isp.example [" + isp + "])",
                "    by mx.shop.example (Postfix) with ESMTP id " + queue_id(Software::postfix, 1),
                "    for <leo@shop.example>; Mon,  5 Jan 2026 09:00:00 +0000 (UTC)",
                "Received: from [198.51.100.1] (client-198-51-100-1.example [198.51.100.1])",
                "    by mail.isp.example (Postfix) with ESMTPSA id " + queue_id(Software::postfix, 0),
                "    for <leo@shop.example>; Mon,  5 Jan 2026 09:00:00 +0000 (UTC)"});
}

TEST_CASE("a stolen account is named in the story, and who has to change its password") {
    std::string const told = theft().told();
    CHECK(contains(told, "mail.isp.example took it from 198.51.100.1 (far). And that server knew "
                         "who was sending (the A in ESMTPSA: with a login), and its log tells who: whoever "
                         "has the password of maya."));
    CHECK(contains(told, "Whoever owns the account maya and the postmaster of mail.isp.example: Somebody "
                         "else knows the password"));
}

TEST_CASE("a story tells one spam message for each way that they go, and counts the others") {
    std::string const told = abuse("300").told();
    CHECK(count_in(told, "Spammer bulk sends spam to leo@shop.example") == 2);
    CHECK(contains(told, "9 more went the same way; the last was sent after 4.5 s."));
    CHECK(contains(told, "289 more went the same way"));
    CHECK(contains(told, "(198.51.100.1, far) sent 300 messages to leo@shop.example, through relay.example, "
                         "from 0 s to 2 min 30 s: 10 delivered 290 bounced"));
}

TEST_CASE("spam that is on its way when a blocklist hears of enough is not refused before that is told") {
    std::string const told = abuse("300", "", "100/s").told();
    std::size_t const listed = told.find("The blocklist dnsbl.example lists ");
    CHECK(listed < told.find("answers: 554 5.7.1 Service unavailable"));
    CHECK(told.find("* The blocklist dnsbl.example lists ") == listed - 2);
    CHECK(count_in(told, "The blocklist dnsbl.example lists ") == 3); // there, by itself, and in the sum
}

TEST_CASE("a story tells the consequences of spam") {
    Played const result = abuse("100");
    std::string const told = result.told();
    std::string const relay = to_text(result.world.hosts[result.world.servers[ServerId{0}].host].address);
    CHECK(
        contains(told, "The blocklist dnsbl.example lists " + relay + " (relay.example): 10 spam messages"));
    CHECK(contains(told, "Honest mail suffers for it: mx.shop.example refused a message of Ann to "
                         "leo@shop.example after 1 h, because it came from relay.example."));
    CHECK(contains(told, "Backscatter: 90 bounces about this spam went to vera@home.example"));
    CHECK(contains(told, "90 in that mailbox"));
    CHECK(contains(told, "The postmaster of relay.example: The address of this server, " + relay +
                             ", is on dnsbl.example"));
    CHECK(
        contains(told, "The postmaster of relay.example: The server passes on mail from anybody to anybody"));
    CHECK(contains(result.told(Detail::magic), "Spammer bulk sends 100 messages to leo@shop.example."));
}

TEST_CASE(
    "a server that takes every name tells the spammer nothing, and its postmaster is told of the bounces") {
    auto const told_of = [](std::string const& software) {
        return Played{world_of(R"({ "format": 1,
          "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                       "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo", "info"],
                                            "software": ")" +
                               software + R"(" } },
          "spammers": { "bulk": { "direct": true, "from": "vera@isp.example",
                                  "to": { "domain": "shop.example", "names": 3 } } } })")}
            .told();
    };
    for (char const* software : {"qmail", "exchange"}) {
        std::string const told = told_of(software);
        INFO(told);
        CHECK_FALSE(contains(told, "Now the spammer knows"));
        CHECK(
            contains(told, "The postmaster of mx.shop.example: The server takes every name of its domains"));
    }
    for (char const* software : {"postfix", "exim", "sendmail", "opensmtpd"}) {
        std::string const told = told_of(software);
        INFO(told);
        CHECK(contains(told, "Now the spammer knows who is there: info"));
        CHECK_FALSE(contains(told, "takes every name of its domains"));
    }
}

TEST_CASE("a name that was taken by a server which takes them all is none that the spammer knows of") {
    std::string const told = Played{world_of(R"({ "format": 1,
      "servers": {
        "mx.shop.example": { "handles": ["shop.example"], "mailboxes": ["info"], "up": false },
        "bak.example": { "relays_for": ["shop.example"] },
        "mail.isp.example": { "handles": ["isp.example"] } },
      "dns": { "shop.example": { "mx": [ { "host": "mx.shop.example", "preference": 1 },
                                         { "host": "bak.example", "preference": 9 } ] } },
      "changes": [ { "at": "2m", "server": "mx.shop.example", "set": { "up": true } } ],
      "spammers": { "bulk": { "direct": true, "from": "vera@isp.example", "rate": "1/m",
                              "to": { "domain": "shop.example", "names": 4 } } } })")}
                                 .told();
    INFO(told);
    CHECK_FALSE(contains(told, "Now the spammer knows"));
}

TEST_CASE("the report lists spam beside people's mail, and counts it in the totals") {
    Json const report = abuse("100").report();
    CHECK(report["messages"].size() == 101);
    CHECK(report["messages"][0]["id"] == "honest");
    CHECK(report["messages"][1]["id"] == "bulk-1");
    CHECK(report["messages"][1]["from"] == "vera@home.example");
    CHECK(report["messages"][1]["path"] == Json({"bulk", "relay.example", "mx.shop.example"}));
    CHECK(report["totals"]["recipients"] == 101);
    CHECK(report["totals"]["delivered"] == 10);
    CHECK(report["totals"]["bounced"] == 91);
    Json const& bulk = report["spammers"]["bulk"];
    CHECK(bulk["messages"] == 100);
    CHECK(bulk["bounced"] == 90);
    CHECK(bulk["reasons"] == Json({{"blocklisted", 90}}));
    CHECK(bulk["backscatter"]["delivered"] == 90);
    REQUIRE(report["listings"].size() == 1);
    CHECK(report["listings"][0]["host"] == "relay.example");
    CHECK(report["listings"][0]["delisted_at_s"] == nullptr);
}

TEST_CASE("more than a thousand spam messages are only counted, but each is a line of the CSV") {
    Played const result = abuse("1001");
    Json const report = result.report();
    CHECK(report["messages"].size() == 1);
    CHECK(report["totals"]["recipients"] == 1002);
    CHECK(report["spammers"]["bulk"]["messages"] == 1001);
    std::string const csv = report_csv(result.world, result.trace);
    CHECK(count_in(csv, "\n") == 1003);
}

TEST_CASE("a line of the trace tells when an address is listed") {
    Played const result = abuse("30");
    std::string const lines = trace_jsonl(result.world, result.trace);
    CHECK(count_in(lines, R"("kind":"address_listed")") == 1);
    CHECK(contains(lines, R"("blocklist":"dnsbl.example")"));
    CHECK(contains(lines, R"("message":"bulk-30")"));
}

TEST_CASE("an expectation counts a spammer's recipients") {
    auto const failed = [](std::string const& expect) {
        Played const result = abuse("100", expect);
        return verify(result.world, result.trace, result.summary).failed;
    };
    CHECK(failed(R"({ "spammer": "bulk", "outcome": "delivered", "at_least": 10, "at_most": 10 })").empty());
    CHECK(
        failed(R"({ "spammer": "bulk", "outcome": "bounced", "reason": "blocklisted", "by": "mx.shop.example",
                      "reply": "554 5.7.1 Service unavailable", "at_least": 90 })")
            .empty());
    CHECK(failed(R"({ "spammer": "bulk", "outcome": "delivered", "at_most": 0 })") ==
          Lines{"the spammer bulk: expected at most 0 delivered; came 10 of 100"});
    auto const all = failed(R"({ "spammer": "bulk", "outcome": "delivered" })");
    REQUIRE(all.size() == 1);
    CHECK(contains(all[0], "bulk-11 to leo@shop.example: expected delivered; came bounced, blocklisted"));
}

TEST_CASE("who lets spam in is the server that the spammer called, and not the one behind it") {
    auto const advice = [](std::string const& first, std::string const& last, std::string const& more) {
        return Played{world_of(R"({ "format": 1, "servers": { "in.example": { "handles": ["in.example"] )" +
                               first +
                               R"( }, "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"],
                                          "blocklists": ["bl.example"] )" +
                               last + " } }, " + more + " }")}
            .told();
    };
    std::string const besides =
        "out to port 25; and in.example can refuse what blocklists name, or greylist.";
    std::string const by_alias = advice(R"(, "aliases": { "bob": "leo@shop.example" })", "",
                                        R"("people": { "p": { "address": "p@in.example" } },
                  "mail": [ { "from": "p", "to": ["leo@shop.example"], "at": "1h" } ],
                  "spammers": { "s": { "to": ["bob@in.example"], "count": 15 } })");
    INFO(by_alias);
    CHECK(contains(by_alias, besides));
    CHECK(contains(by_alias, "an alias that sends on whatever comes?"));
    std::string const by_backup =
        advice(R"(, "relays_for": ["shop.example"])", R"(, "up": false)",
               R"("dns": { "shop.example": { "mx": [ { "host": "mx1.shop.example", "preference": 10 },
                                              { "host": "in.example", "preference": 20 } ] } },
           "changes": [ { "at": "1h", "server": "mx1.shop.example", "set": { "up": true } } ],
           "spammers": { "s": { "to": ["leo@shop.example"], "count": 5 } })");
    INFO(by_backup);
    CHECK(contains(by_backup, besides));
    CHECK_FALSE(contains(by_backup, "instead of writing bounces"));
}

TEST_CASE("who trusts everybody is an open relay") {
    std::string const told = Played{world_of(R"({ "format": 1,
        "servers": { "old.example": { "trusts": ["0.0.0.0/0"] },
                     "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] } },
        "spammers": { "s": { "through": "old.example", "to": ["leo@shop.example"], "count": 3 } } })")}
                                 .told();
    INFO(told);
    CHECK(contains(told, "The server trusts every address that there is (0.0.0.0/0), and passes on mail from "
                         "anybody to anybody: it is an open relay."));
    CHECK_FALSE(contains(told, "trusts the network in which the spammer stands"));
}
