// What is told of a message that has to wait: deferrals, changes, warnings, expiry, and the numbers about
// them.
#include "one_message.hpp"

#include "report/csv.hpp"
#include "report/expect.hpp"
#include "report/lines/jsonl.hpp"
#include "trace/tally.hpp"

using namespace mailflow;
using namespace mailflow::one_message;

TEST_CASE("a message waits for a server that is down, and arrives after it came up") {
    Result const result = result_of({.shop = down, .changes = repaired});
    CHECK(result.first().outcome == Outcome::delivered);
    CHECK(result.first().reason == Reason::none);
    std::string const told = result.told();
    CAPTURE(told);
    CHECK(contains(told, "Nobody listens on port 25 of mx1.shop.example."));
    CHECK(contains(told, "mail.isp.example puts the message back in its queue (the server cannot be "
                         "reached); next try in 5 min"));
    CHECK(contains(told, "pass · · ·"));
    CHECK(contains(told, "* The shop starts its server again."));
    CHECK(contains(told, "files the message in the mailbox of leo@shop.example"));
    CHECK_FALSE(contains(told, "Who has to mend it"));
}

TEST_CASE("tries that only repeat the one before are told in one line") {
    Result const result = result_of({.shop = down, .changes = repaired});
    std::string const told = result.told();
    CAPTURE(told);
    CHECK(count_in(told, "Nobody listens") == 2);
    CHECK(contains(told, "mail.isp.example tries again"));
    CHECK(contains(told, "and the same happens"));
}

TEST_CASE("of a recipient that still waits the report tells why, by whom, and in which words") {
    Result const result =
        result_of({.shop = down,
                   .until = "1h",
                   .expect = R"({"mail": "hello", "outcome": "queued", "reason": "unreachable",
                       "by": "mail.isp.example", "reply": "4.4.1 connect to mx1.shop.example["})"});
    CHECK(verify(result.world, result.trace, result.summary).failed.empty());
    CHECK(result.first().outcome == Outcome::queued);
    CHECK(result.reply().ends_with("]:25: Connection refused"));
    Json const row = result.report()["messages"][0];
    CHECK(row["outcome"] == "queued");
    CHECK(row["reason"] == "unreachable");
    CHECK(row["by"] == "mail.isp.example");
    CHECK(row["reply"] == result.reply());
    CHECK(row["settled_at_s"].is_null());
    CHECK(contains(result.told(), "next try after "));
    CHECK(contains(result.told(Detail::magic), "still on its way to leo@shop.example, and has to wait"));
    CHECK(result.advice().culprit == "the postmaster of mx1.shop.example");
    CHECK(contains(result.advice().text, "the queue tries again by itself"));
    CHECK(contains(result.told(), "The postmaster of mx1.shop.example: Nothing answers there on port 25."));
}

TEST_CASE("an expectation about a waiting message that fails says what it waits for") {
    Result const result =
        result_of({.shop = down, .until = "1h", .expect = R"({"mail": "hello", "outcome": "delivered"})"});
    auto const failed = verify(result.world, result.trace, result.summary).failed;
    REQUIRE(failed.size() == 1);
    CHECK(contains(failed[0], "came still queued when the run ended, unreachable, by mail.isp.example, "
                              "with \"4.4.1 connect to mx1.shop.example["));
}

TEST_CASE("a queue that gives up says so, with the words of the last trouble, and the bounce says the same") {
    Result const result = result_of({.shop = down});
    CHECK(result.first().outcome == Outcome::bounced);
    CHECK(result.first().reason == Reason::expired);
    CHECK(result.first().bounce == Outcome::delivered);
    CHECK(result.reply().ends_with("]:25: Connection refused"));
    CHECK(contains(result.told(), "mail.isp.example gives up on leo@shop.example after 5 d"));
    CHECK(result.advice().culprit == "the postmaster of mx1.shop.example");
    CHECK(contains(result.advice().text, "given up"));
    Letter const letter = letter_in(result, MessageKind::bounce);
    CHECK(value_of(letter.headers, "Subject") == "Undelivered Mail Returned to Sender");
    REQUIRE(letter.per_recipient.size() == 1);
    CHECK(value_of(letter.per_recipient[0], "Action") == "failed");
    CHECK(value_of(letter.per_recipient[0], "Status") == "4.4.1");
    CHECK(value_of(letter.per_recipient[0], "Remote-MTA") == "(none)");
    CHECK(value_of(letter.per_recipient[0], "Diagnostic-Code")
              .starts_with("X-Postfix; connect to mx1.shop.example["));
    CHECK(value_of(letter.per_recipient[0], "Will-Retry-Until") == "(none)");
}

TEST_CASE("the delay warning is a letter of its own, and is not counted as mail or bounce") {
    Result const result =
        result_of({.provider = R"(, "retry": {"first": "10m", "most": "1h", "give_up": "3d", "warn": "4h"})",
                   .shop = down,
                   .until = "1d"});
    Letter const letter = letter_in(result, MessageKind::delay_warning);
    CHECK(value_of(letter.headers, "Subject") == "Delayed Mail (still being retried)");
    CHECK(value_of(letter.headers, "To") == "maya@isp.example");
    CHECK(contains(letter.human, "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #"));
    CHECK(contains(letter.human, "could not be delivered for more than 4 hour(s).\n"
                                 "It will be retried until it is 3 day(s) old.\n"));
    CHECK(contains(letter.human, "<leo@shop.example>: connect to mx1.shop.example["));
    REQUIRE(letter.per_recipient.size() == 1);
    CHECK(value_of(letter.per_recipient[0], "Action") == "delayed");
    CHECK(value_of(letter.per_recipient[0], "Status") == "4.4.1");
    CHECK(value_of(letter.per_recipient[0], "Will-Retry-Until") == "Thu,  8 Jan 2026 09:00:00 +0000 (UTC)");
    CHECK(contains(to_text(letter), "Content-Type: message/delivery-status"));
    CHECK(result.summary.totals.recipients == 1);
    CHECK(result.summary.bounces.recipients == 0);
    CHECK(result.report()["statistics"]["mail.isp.example"]["delay_warnings"] == 1);
    CHECK(contains(result.told(), "It warns maya@isp.example, and goes on trying"));
    CHECK(contains(result.told(), "files the delay warning in the mailbox of maya@isp.example"));
}

TEST_CASE("greylisting puts a server off once, and nobody has to mend anything") {
    Result const waiting = result_of({.shop = R"(, "greylist": "5m")", .until = "1m"});
    CHECK(waiting.first().reason == Reason::greylisted);
    CHECK(waiting.reply() == "450 4.2.0 <leo@shop.example>: Recipient address rejected: Greylisted");
    CHECK(waiting.advice().culprit == "nobody");
    CHECK(contains(waiting.told(), "Nobody: "));

    Result const result = result_of({.shop = R"(, "greylist": "5m")"});
    CHECK(result.first().outcome == Outcome::delivered);
    std::string const told = result.told();
    CAPTURE(told);
    CHECK(contains(told, "does anything speak against taking it now?"));
    CHECK(contains(told, "mail.isp.example remembers who takes mail for shop.example"));
    Json const statistics = result.report()["statistics"]["mx1.shop.example"];
    CHECK(statistics["refused"] == Json{{"greylisted", 1}});
    CHECK(result.report()["statistics"]["mail.isp.example"]["deferred"] == 1);
}

TEST_CASE("a mail program that is greylisted shows the error to its user") {
    Result const result =
        result_of({.shop = R"(, "greylist": "5m")",
                   .maya = R"(, "outgoing": {"server": "mx1.shop.example", "authenticate": false})"});
    CHECK(result.first().outcome == Outcome::refused);
    CHECK(result.first().reason == Reason::greylisted);
    CHECK(result.advice().culprit == "Maya");
}

TEST_CASE("trouble with the DNS is told in Postfix's words, and is for the keeper of the DNS records") {
    for (std::string const trouble : {"servfail", "timeout"}) {
        Result const result = result_of({.dns = fmt::format(R"("lost.example": {{"fails": "{}"}})", trouble),
                                         .to = "leo@lost.example",
                                         .until = "10m"});
        CAPTURE(trouble);
        CHECK(result.first().outcome == Outcome::queued);
        CHECK(result.first().reason == Reason::dns_trouble);
        CHECK(result.reply() == "4.4.3 Host or domain name not found. Name service error for "
                                "name=lost.example type=MX: Host not found, try again");
        CHECK(result.advice().culprit == "whoever keeps the DNS records of lost.example");
    }
}

TEST_CASE("a blocked port is Maya's setting when she calls, and the network's when her server does") {
    Result const hers = result_of({.networks = R"(, "hotel": {"blocks": [{"port": 25}]})",
                                   .network = "hotel",
                                   .maya = R"(, "outgoing": {"authenticate": false})"});
    CHECK(hers.first().outcome == Outcome::refused);
    CHECK(hers.first().reason == Reason::blocked_port);
    CHECK(hers.reply().ends_with("]:25: Connection timed out"));
    CHECK(hers.advice().culprit == "Maya");
    CHECK(contains(hers.advice().text, "587"));
    CHECK(contains(hers.told(), "lets nothing out to port 25."));
}

TEST_CASE("what is too big is refused at the first server and returned by a later one") {
    Result const first = result_of({.provider = R"(, "max_size": "1MB")", .size = "2MB"});
    CHECK(first.first().outcome == Outcome::refused);
    CHECK(first.first().reason == Reason::too_big);
    CHECK(first.reply() == "552 5.3.4 Message size exceeds fixed limit");
    CHECK(contains(first.advice().text, "smaller"));

    Result const later = result_of({.shop = R"(, "max_size": "1MB")", .size = "2MB"});
    CHECK(later.first().outcome == Outcome::bounced);
    CHECK(later.first().reason == Reason::too_big);
    CHECK(contains(later.reply(), "5.3.4 message size 2000000 exceeds size limit 1000000 of server "
                                  "mx1.shop.example["));
    CHECK(contains(later.told(Detail::protocol), "250-SIZE 1000000"));
}

TEST_CASE("an alias is told, and the words of a refusal name the address that it leads to") {
    Result const result =
        result_of({.provider = R"(, "aliases": {"post": "lea@shop.example"})", .to = "post@isp.example"});
    CHECK(result.first().outcome == Outcome::bounced);
    CHECK(
        contains(result.told(),
                 "At mail.isp.example post@isp.example is an alias: its mail goes on to lea@shop.example."));
    CHECK(result.reply().starts_with("550 5.1.1 <lea@shop.example>: "));
    Letter const letter = letter_in(result, MessageKind::bounce);
    REQUIRE(letter.per_recipient.size() == 1);
    CHECK(value_of(letter.per_recipient[0], "Final-Recipient") == "rfc822; lea@shop.example");
    CHECK(value_of(letter.per_recipient[0], "Original-Recipient") == "rfc822;post@isp.example");
    CHECK(contains(letter.human, "<lea@shop.example> (expanded from <post@isp.example>)"));
}

TEST_CASE("aliases that lead in a circle are told once around") {
    Result const result = result_of(
        {.provider = R"(, "aliases": {"a": "b@isp.example", "b": "a@isp.example"})", .to = "a@isp.example"});
    CHECK(result.first().reason == Reason::mail_loop);
    CHECK(result.reply() == "5.4.6 alias database loop for b");
    CHECK(count_in(result.told(), "is an alias: its mail goes on") == 2);
    CHECK(count_in(result.told(), "And so on: the aliases lead in a circle.") == 1);
    CHECK(result.advice().culprit == "the postmaster of mail.isp.example");
    CHECK(contains(result.advice().text, "lead from one to the other and never to a mailbox"));
    CHECK(contains(result.told(), "a is an alias here"));
}

TEST_CASE("a change without a note is told by what is different now") {
    Result const result = result_of(
        {.shop = down, .changes = R"({ "at": "1h", "server": "mx1.shop.example", "set": { "up": true } },
                       { "at": "20m", "person": "maya", "set": { "network": "isp" } },
                       { "at": "30m", "dns": "shop.example",
                         "set": { "mx": [ { "host": "mail.isp.example" } ] } },
                       { "at": "40m", "server": "mx1.shop.example",
                         "set": { "handles": ["shop.example", "new.example"] } })"});
    std::vector<std::string> words;
    for (std::size_t i = 0; i < result.world.changes.size(); ++i)
        words.push_back(change_words(result.world, result.world.changes.id_at(i)));
    CHECK(words ==
          std::vector<std::string>{"Maya goes to The provider",
                                   "the DNS now says that mail.isp.example takes mail for shop.example",
                                   "mx1.shop.example now handles new.example",
                                   "the DNS now says that mx1.shop.example takes mail for new.example",
                                   "mx1.shop.example comes up again"});
}

TEST_CASE("a change after everything is over has a section of its own") {
    Result const result =
        result_of({.changes = R"({ "at": "2h", "server": "mx1.shop.example", "set": { "up": false },
                         "note": "the shop closes" })"});
    CHECK(contains(result.told(), "After 2 h: The shop closes"));
}

TEST_CASE("the report has the hops of each message, and statistics for each server") {
    Result const result = result_of({.shop = down, .changes = repaired});
    Json const report = result.report();
    Json const& hops = report["messages"][0]["hops"];
    REQUIRE(hops.size() == 2);
    CHECK(hops[0]["server"] == "mail.isp.example");
    CHECK(hops[0]["delay_s"].get<double>() > 7000);
    CHECK(hops[1]["server"] == "mx1.shop.example");
    CHECK(hops[1]["delay_s"].get<double>() < 1);
    Json const& provider = report["statistics"]["mail.isp.example"];
    CHECK(provider["served"] == 1);
    CHECK(provider["delay_s"]["p50"] == hops[0]["delay_s"]);
    CHECK(provider["delay_s"]["p99"] == hops[0]["delay_s"]);
    CHECK(provider["deferred"].get<std::size_t>() == result.trace.deferrals.size());
    REQUIRE(provider["queue"].size() == 2);
    CHECK(provider["queue"][0]["messages"] == 1);
    CHECK(provider["queue"][1]["messages"] == 0);
    CHECK(report["servers"]["mail.isp.example"] ==
          Json{{"accepted", 1}, {"relay_denied", 0}, {"queued_peak", 1}});
}

TEST_CASE("the report has the Received lines of what was delivered, each on one line") {
    auto const report = result_of({}).report();
    auto const& lines = report["messages"][0]["received"];
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].get<std::string>().starts_with("Received: from mail.isp.example (mail.isp.example ["));
    CHECK(contains(lines[0].get<std::string>(), " by mx1.shop.example (Postfix) with ESMTP id "));
    CHECK(contains(lines[1].get<std::string>(), " by mail.isp.example (Postfix) with ESMTPSA id "));
    CHECK(result_of({.to = "lea@shop.example"}).report()["messages"][0]["received"].empty());
    CHECK(contains(result_of({}).told(Detail::protocol),
                   "Its header there; each server has put its line on "
                   "top: Return-Path: <maya@isp.example> Received: from "
                   "mail.isp.example"));
}

TEST_CASE("nobody has just to wait for a queue that stands still") {
    Setting setting{.shop = R"(, "greylist": "10m")", .until = "3m"};
    CHECK(contains(result_of(setting).told(), "Just wait: the queue tries again by itself."));
    setting.changes = R"({ "at": "1m", "server": "mail.isp.example", "set": { "up": false } })";
    std::string const told = result_of(setting).told();
    CHECK(contains(told, "no next try before mail.isp.example is up again"));
    CHECK_FALSE(contains(told, "Just wait"));
    CHECK(contains(told, "The postmaster of mail.isp.example: The mail service of this server does not run"));
    CHECK(contains(result_of(setting).told(Detail::magic),
                   "It is held up on its way to leo@shop.example: the server that has it is down."));
}

TEST_CASE("what lies in the queue of a server that is down waits for that server, in all reports") {
    // The server goes down between taking the message and its first try.
    auto const result = result_of({.changes = R"({ "at": "465ms", "server": "mail.isp.example",
                                                "set": { "up": false } })",
                                   .until = "1h",
                                   .expect = R"({"mail": "hello", "outcome": "queued",
                                                 "reason": "unreachable", "by": "mail.isp.example"})"});
    auto const row = result.report()["messages"][0];
    CHECK(row["outcome"] == "queued");
    CHECK(row["reason"] == "unreachable");
    CHECK(row["by"] == "mail.isp.example");
    CHECK(verify(result.world, result.trace, result.summary).failed.empty());
    Numbers const numbers = numbers_of(result.world, result.trace, EndedBy::until);
    CHECK(numbers.expectations.met == 1);
    CHECK(numbers.people.of(Reason::unreachable) == 1);
}

TEST_CASE("the CSV has a header and a line for each recipient, quoted where it must be") {
    Result result = result_of({.shop = down, .until = "1h"});
    result.world.title = "Down, and \"out\"";
    std::istringstream lines{report_csv(result.world, result.trace)};
    std::string line;
    std::getline(lines, line);
    CHECK(line == "scenario,seed,message,from,to,outcome,reason,by,code,enhanced,reply,submitted_at_s,"
                  "settled_at_s,delay_s,hops,fetched");
    std::getline(lines, line);
    CHECK(line.starts_with("\"Down, and \"\"out\"\"\",1,hello,maya@isp.example,leo@shop.example,queued,"
                           "unreachable,mail.isp.example,,4.4.1,4.4.1 connect to mx1.shop.example["));
    CHECK(line.ends_with("]:25: Connection refused,0,,,1,false"));
    CHECK_FALSE(std::getline(lines, line));

    Result const delivered = result_of({});
    CHECK(contains(report_csv(delivered.world, delivered.trace),
                   "delivered,,mx1.shop.example,250,2.0.0,250 2.0.0 Ok: queued as "));
}

TEST_CASE("the JSON lines tell deferrals, failed connections, aliases, warnings and changes") {
    Result const result = result_of({.provider = R"(, "aliases": {"post": "leo@shop.example"},
                          "retry": {"first": "10m", "most": "1h", "give_up": "3d", "warn": "1h"})",
                                     .shop = down,
                                     .to = "post@isp.example",
                                     .changes = repaired});
    std::map<std::string, Json> last;
    std::istringstream lines{trace_jsonl(result.world, result.trace)};
    for (std::string line; std::getline(lines, line);)
        if (Json const event = Json::parse(line); event.contains("kind"))
            last[event["kind"]] = event;
    CHECK(last.at("connection_failed")["diagnosis"].get<std::string>().ends_with("Connection refused"));
    CHECK(last.at("alias_followed")["from"] == "post@isp.example");
    CHECK(last.at("alias_followed")["target"] == "leo@shop.example");
    CHECK(last.at("message_deferred")["reason"] == "unreachable");
    CHECK(last.at("message_deferred")["recipient"] == "post@isp.example");
    CHECK(last.at("message_deferred")["next_try_at_s"].get<double>() >
          last.at("message_deferred")["at_s"].get<double>());
    CHECK(last.at("delay_warning_written")["warning"].get<std::string>().starts_with("warning-"));
    CHECK(last.at("world_changed")["words"] == "the shop starts its server again");
    CHECK(last.at("world_changed")["of"] == "server");
    CHECK(last.at("message_queued")["recipients"] == Json{"leo@shop.example"});
    CHECK(last.at("lookup_answered").contains("cached"));
}

TEST_CASE("tries of two messages that wait side by side are told twice, and then how often they follow") {
    // The alias sends the message on to a server that is down, and the bounce about the other recipient waits
    // for the provider, which is down, too.
    Played const played{world_of(R"({ "format": 1, "until": "12h",
      "servers": {
        "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                              "accounts": { "maya": "s" } },
        "mx.club.example": { "handles": ["club.example"], "aliases": { "leo": "leo@shop.example",
                                                                       "eve": "eve@nowhere.example" } },
        "mx.shop.example": { "handles": ["shop.example"], "up": false } },
      "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "password": "s" } },
      "mail": [ { "from": "maya", "to": ["leo@club.example", "eve@club.example"] } ],
      "changes": [ { "at": "820ms", "server": "mail.isp.example", "set": { "up": false } } ] })")};
    std::string const told = played.told();
    CAPTURE(told);
    CHECK(contains(told, "mx.club.example tries again with both "));
    CHECK(count_in(told, "Nobody listens on port 25 of mx.shop.example") <= 4);
}

TEST_CASE("of several hosts that the DNS does not lead to, the words name the one that they are about") {
    for (std::string_view const order : {"10", "30"}) {
        Played const played{world_of(fmt::format(R"({{ "format": 1, "until": "1m", "servers": {{
            "mail.isp.example": {{ "handles": ["isp.example"], "accounts": {{ "maya": "secret" }} }} }},
            "people": {{ "maya": {{ "address": "maya@isp.example", "password": "secret" }} }},
            "dns": {{ "shop.example": {{ "mx": [ {{ "host": "mute.shop.example", "preference": {} }},
                                               {{ "host": "gone.shop.example", "preference": 20 }} ] }},
                      "mute.shop.example": {{ "fails": "servfail" }} }},
            "mail": [ {{ "from": "maya", "to": ["leo@shop.example"] }} ] }})",
                                                 order))};
        CHECK(played.report()["messages"][0]["reply"] ==
              "4.4.3 Host or domain name not found. Name service error for name=mute.shop.example type=A: "
              "Host not found, try again");
    }
}
