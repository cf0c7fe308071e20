// Trouble, waiting, and what changes while the clock runs.
#include "engine/play.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace mailflow;
using Lines = std::vector<std::string>;

namespace {

/// Maya at isp.example writes to Leo at shop.example; the places where the tests put more.
std::string troubled_world(std::string const& mail_server, std::string const& shop_server,
                           std::string const& top) {
    return R"({ "format": 1, "title": "test", "networks": { "isp": {}, "shop": {} },
      "servers": {
        "mail.isp.example": { "network": "isp", "handles": ["isp.example"], "mailboxes": ["maya", "noah"] )" +
           mail_server + R"( },
        "mx1.shop.example": { "network": "shop", "handles": ["shop.example"], "mailboxes": ["leo"] )" +
           shop_server + R"( } },
      "people": { "maya": { "address": "maya@isp.example" } } )" +
           (top.find(R"("mail":)") == std::string::npos
                ? R"(, "mail": [ { "id": "hello", "from": "maya", "to": ["leo@shop.example"] } ] )"
                : "") +
           top + " }";
}

/// When each try of the queue failed, in whole seconds.
std::vector<std::int64_t> deferral_times_s(Trace const& trace) {
    std::vector<std::int64_t> times;
    for (Event const& event : trace.events)
        if (std::holds_alternative<MessageDeferred>(event.happening))
            times.push_back(std::chrono::duration_cast<std::chrono::seconds>(event.at.since_start).count());
    return times;
}

/// When the first message was filed.
Duration filed_at(Trace const& trace) {
    for (Event const& event : trace.events)
        if (std::holds_alternative<MessageFiled>(event.happening))
            return event.at.since_start;
    FAIL("nothing was filed");
    return {};
}

using std::chrono::hours;
using std::chrono::minutes;

} // namespace

TEST_CASE("a server that is down is tried again as Postfix does, until it is back") {
    Play const play = play_text(troubled_world("", R"(, "up": false)", R"(, "changes": [
        { "at": "2h", "server": "mx1.shop.example", "set": { "up": true } } ])"));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
    // The next try comes after the age of the message, but not before 300 s.
    auto const times = deferral_times_s(play.trace);
    REQUIRE(times.size() == 6);
    CHECK(times == std::vector<std::int64_t>{0, 300, 600, 1201, 2401, 4803});
    CHECK(filed_at(play.trace) > hours{2});
    CHECK(filed_at(play.trace) < hours{3});
}

TEST_CASE("a queue gives up after its lifetime and writes a bounce with the last trouble") {
    Play const play = play_text(troubled_world(
        R"(, "retry": { "first": "10m", "most": "1h", "give_up": "3h" })", R"(, "up": false)", ""));
    CHECK(settlements(play) == Lines{"leo@shop.example: bounced expired by mail.isp.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
    auto const settled = all_of<RecipientSettled>(play.trace);
    CHECK(settled[0].saying == Saying::connection_refused);
    CHECK(deferral_times_s(play.trace) == std::vector<std::int64_t>{0, 600, 1800, 4200, 7800});
    CHECK(play.trace.ended_at.since_start > hours{3});
    CHECK(play.trace.ended_at.since_start < hours{3} + minutes{1});
}

TEST_CASE("a warning goes out once when the message is late") {
    Play const play = play_text(
        troubled_world(R"(, "retry": { "first": "30m", "most": "30m", "give_up": "5h", "warn": "1h" })",
                       R"(, "up": false)", ""));
    CHECK(all_of<DelayWarningWritten>(play.trace).size() == 1);
    CHECK(all_of<BounceWritten>(play.trace).size() == 1);
    auto const lines = settlements(play);
    CHECK(std::count(lines.begin(), lines.end(), "maya@isp.example: delivered by mail.isp.example") == 2);
}

TEST_CASE("what still waits when the run ends is not settled, and has a deferral to show for it") {
    Play const play = play_text(troubled_world("", R"(, "up": false)", R"(, "until": "1h")"));
    CHECK(settlements(play).empty());
    CHECK_FALSE(all_of<MessageDeferred>(play.trace).empty());
}

TEST_CASE("a greylisting server asks strangers to come back, and takes the second try") {
    Play const play = play_text(troubled_world("", R"(, "greylist": "4m")", ""));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
    CHECK(deferral_times_s(play.trace).size() == 1);
    auto const& decisions = play.trace.decisions;
    auto const greylisted =
        std::count_if(decisions.begin(), decisions.end(), [](DecisionRecord const& record) {
            return record.decision.decided_by() == RuleId::greylisted;
        });
    CHECK(greylisted == 1);
}

TEST_CASE("a queue that comes back to a greylisting server after more than a day is asked to wait again") {
    Play const play = play_text(
        troubled_world(R"(, "retry": { "first": "30h", "most": "30h" })", R"(, "greylist": "4m")", ""));
    CHECK(deferral_times_s(play.trace).size() == 4); // until it gives up after five days
    CHECK(settlements(play).front() == "leo@shop.example: bounced expired by mx1.shop.example");
}

TEST_CASE("a greylisting server does not keep its own people waiting") {
    Play const play = play_text(troubled_world(R"(, "greylist": "4m")", "", ""));
    CHECK(deferral_times_s(play.trace).empty());
}

TEST_CASE("an MX change is seen only when the old answer has expired") {
    std::string const top = R"(,
      "dns": { "shop.example": { "mx": [ { "host": "mx1.shop.example" } ], "ttl": "3h" } },
      "changes": [ { "at": "1h", "dns": "shop.example",
                     "set": { "mx": [ { "host": "mx2.shop.example" } ] } } ],
      "mail": [ { "id": "a", "at": "0s", "from": "maya", "to": ["leo@shop.example"] },
                { "id": "b", "at": "2h", "from": "maya", "to": ["leo@shop.example"] },
                { "id": "c", "at": "4h", "from": "maya", "to": ["leo@shop.example"] } ])";
    Play const play =
        play_text(troubled_world("", R"( }, "mx2.shop.example": { "handles": ["shop.example"])", top));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example",
                                     "leo@shop.example: delivered by mx1.shop.example",
                                     "leo@shop.example: delivered by mx2.shop.example"});
    CHECK(std::any_of(play.trace.lookups.begin(), play.trace.lookups.end(),
                      [](Lookup const& lookup) { return lookup.cached; }));
}

TEST_CASE("trouble with the DNS is waited out") {
    for (char const* trouble : {"servfail", "timeout"}) {
        Play const play = play_text(troubled_world(
            "", "", R"(, "dns": { "shop.example": { "fails": ")" + std::string{trouble} + R"(" } },
          "changes": [ { "at": "20m", "dns": "shop.example", "set": { "fails": null } } ])"));
        CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
        CHECK(filed_at(play.trace) > minutes{20});
    }
}

TEST_CASE("a 5xx is final: a repair afterwards helps only a new message") {
    std::string text = troubled_world("", "", R"(,
      "dns": { "shop.example": { "mx": [ { "host": "mx1.shop.example" } ] } },
      "changes": [ { "at": "1h", "server": "mx1.shop.example", "set": { "handles": ["shop.example"] } } ],
      "mail": [ { "id": "early", "from": "maya", "to": ["leo@shop.example"] },
                { "id": "late", "at": "2h", "from": "maya", "to": ["leo@shop.example"] } ])");
    text.replace(text.find(R"("handles": ["shop.example"])"), 27, R"("handles": [])");
    CHECK(settlements(play_text(text)) == Lines{"leo@shop.example: bounced relay-denied by mx1.shop.example",
                                                "maya@isp.example: delivered by mail.isp.example",
                                                "leo@shop.example: delivered by mx1.shop.example"});
}

TEST_CASE("the next exchanger is tried when the first is down or says 4xx") {
    std::string const dns =
        R"(, "dns": { "shop.example": { "mx": [ { "host": "mx1.shop.example", "preference": 10 },
        { "host": "mx2.shop.example", "preference": 20 } ] } })";
    for (char const* trouble : {R"(, "up": false)", R"(, "greylist": "1h")"}) {
        Play const play = play_text(troubled_world(
            "", std::string{trouble} + R"( }, "mx2.shop.example": { "handles": ["shop.example"])", dns));
        CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx2.shop.example"});
        CHECK(deferral_times_s(play.trace).empty());
    }
}

TEST_CASE("a blocked port shows its user an error, and a smarthost inside is the way out") {
    std::string text = troubled_world("", "", "");
    text.replace(text.find(R"("isp": {})"), 9, R"("isp": { "blocks": [ { "port": 25 } ] })");
    Play const blocked = play_text(text + " ");
    CHECK(settlements(blocked)[0] == "leo@shop.example: bounced expired by mail.isp.example");
    REQUIRE_FALSE(blocked.trace.deferrals.empty());
    CHECK(blocked.trace.deferrals[DeferralId{0}].saying == Saying::connection_blocked);

    text.replace(text.find(R"("mailboxes": ["maya", "noah"])"), 29,
                 R"("mailboxes": ["maya", "noah"], "smarthost": "out.isp.example",
                    "smarthost_account": { "user": "isp", "password": "x" })");
    text.replace(text.find(R"("mx1.shop.example":)"), 0,
                 R"("out.isp.example": { "accounts": { "isp": "x" } }, )");
    Play const relayed = play_text(text);
    CHECK(settlements(relayed) == Lines{"leo@shop.example: delivered by mx1.shop.example"});
    CHECK(calls(relayed) == Lines{"mail.isp.example", "out.isp.example", "mx1.shop.example"});
}

TEST_CASE("where no login is offered a server goes on without one, and a mail program cannot") {
    auto const settled_at = [](std::string const& accounts) {
        return settlements(play_text(R"({ "format": 1,
          "servers": { "mail.isp.example": { "handles": ["isp.example"], "accounts": { "maya": "s" },
                         "smarthost": "relay.example",
                         "smarthost_account": { "user": "isp", "password": "x" } },
                       "relay.example": { "accounts": { )" +
                                     accounts + R"( } },
                       "mx.shop.example": { "handles": ["shop.example"] } },
          "people": { "maya": { "address": "maya@isp.example", "password": "s" },
                      "ada": { "address": "ada@isp.example", "outgoing": { "server": "relay.example" } } },
          "mail": [ { "from": "ada", "to": "leo@shop.example" },
                    { "at": "1m", "from": "maya", "to": "leo@shop.example" } ] })"));
    };
    Lines const none = settled_at("");
    CHECK(none[0] == "leo@shop.example: refused auth-failed by relay.example");
    CHECK(none[1] == "leo@shop.example: bounced auth-required by relay.example");
    CHECK(settled_at(R"("eva": "y")")[1] == "leo@shop.example: bounced auth-failed by relay.example");
}

TEST_CASE("a network without a route gets its mail out through a relay that has one") {
    std::string const text =
        R"({ "format": 1, "networks": { "lab": { "reaches": ["campus"] }, "campus": {}, "world": {} },
      "servers": { "lab.example": { "network": "lab", "handles": ["lab.example"],
                                    "smarthost": "campus.example" },
                   "campus.example": { "network": "campus", "trusts": ["lab"] },
                   "mx.shop.example": { "network": "world", "handles": ["shop.example"] } },
      "people": { "ada": { "address": "ada@lab.example", "network": "lab" } },
      "mail": [ { "from": "ada", "to": ["leo@shop.example"] },
                { "from": "ada", "to": ["leo@shop.example"], "via": "mx.shop.example" } ] })";
    Play const play = play_text(text);
    CHECK(settlements(play) == Lines{"leo@shop.example: refused unreachable by mx.shop.example",
                                     "leo@shop.example: delivered by mx.shop.example"});
}

TEST_CASE("routes go before the smarthost") {
    Play const play = play_text(troubled_world(
        R"(, "smarthost": "mx1.shop.example", "routes": { "shop.example": "mx2.shop.example" })",
        R"( }, "mx2.shop.example": { "handles": ["shop.example"])", ""));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx2.shop.example"});
}

TEST_CASE("aliases lead on, here and away, and the recipient settles where the copy does") {
    Play const play = play_text(troubled_world(
        R"(, "aliases": { "post": "desk", "desk": "noah", "sales": "leo@shop.example" })", "", R"(,
      "mail": [ { "from": "maya", "to": ["post@isp.example", "sales@isp.example"] } ] )"));
    CHECK(settlements(play) == Lines{"post@isp.example: delivered by mail.isp.example",
                                     "sales@isp.example: delivered by mx1.shop.example"});
    CHECK(all_of<AliasFollowed>(play.trace).size() == 3);
}

TEST_CASE("aliases that lead back to themselves end in a bounce, here and over two servers") {
    Play const here = play_text(troubled_world(R"(, "aliases": { "a": "b", "b": "a" })", "", R"(,
      "mail": [ { "from": "maya", "to": ["a@isp.example"] } ] )"));
    CHECK(settlements(here)[0] == "a@isp.example: bounced mail-loop by mail.isp.example");
    Play const across = play_text(troubled_world(R"(, "aliases": { "a": "b@shop.example" })",
                                                 R"(, "aliases": { "b": "a@isp.example" })", R"(,
      "mail": [ { "from": "maya", "to": ["a@isp.example"] } ] )"));
    Lines const lines = settlements(across);
    REQUIRE(lines.size() == 2);
    CHECK(lines[0].find("a@isp.example: bounced mail-loop by") == 0);
    CHECK(across.trace.entries.size() < 60);
}

TEST_CASE("a message that is too big is refused by the first server, or bounced by its client") {
    std::string const big = R"(,
      "mail": [ { "from": "maya", "to": ["leo@shop.example"], "size": "2MB" } ] )";
    CHECK(settlements(play_text(troubled_world(R"(, "max_size": "1MB")", "", big))) ==
          Lines{"leo@shop.example: refused too-big by mail.isp.example"});
    CHECK(settlements(play_text(troubled_world("", R"(, "max_size": "1MB")", big)))[0] ==
          "leo@shop.example: bounced too-big by mail.isp.example");
}

TEST_CASE("a server that goes down keeps its queue, and begins nothing before it is up again") {
    // It has the message from 0.4 s on, asks the DNS twice and has delivered it before 1 s.
    for (int down_ms = 400; down_ms < 1000; down_ms += 5) {
        INFO(down_ms);
        Play const play =
            play_text(troubled_world("", "",
                                     R"(, "until": "2h", "changes": [
        { "at": ")" + std::to_string(down_ms) +
                                         R"(ms", "server": "mail.isp.example", "set": { "up": false } },
        { "at": "1h", "server": "mail.isp.example", "set": { "up": true } } ])"));
        Instant const down{std::chrono::milliseconds{down_ms}};
        for (Event const& event : play.trace.events) {
            auto const* const opened = std::get_if<ConnectionOpened>(&event.happening);
            bool const by_server = opened != nullptr && play.trace.sessions[opened->session].entry.valid();
            CHECK_FALSE((by_server && event.at > down && event.at < Instant{hours{1}}));
        }
        Lines const lines = settlements(play);
        REQUIRE(lines.size() == 1);
        bool const lost = lines[0] == "leo@shop.example: refused unreachable by mail.isp.example";
        CHECK((lost || lines[0] == "leo@shop.example: delivered by mx1.shop.example"));
        CHECK(lost == all_of<MessageQueued>(play.trace).empty());
    }
}

TEST_CASE("an answer that comes after half a minute comes too late") {
    auto const played = [](std::string const& latency) {
        Play const play = play_text(troubled_world("", "",
                                                   R"(, "until": "1h", "changes": [
        { "at": "300ms", "network": "shop", "set": { "latency": ")" +
                                                       latency + R"(" } } ])"));
        Lines lines = settlements(play);
        return lines.empty() ? std::string{"waits"} : lines.front();
    };
    CHECK(played("14s") == "leo@shop.example: delivered by mx1.shop.example");
    CHECK(played("16s") == "waits");
}

TEST_CASE("a DNS that is more than half a minute away does not answer") {
    Play const play = play_text(troubled_world("", "", R"(, "until": "1h", "changes": [
        { "at": "300ms", "network": "isp", "set": { "latency": "20s" } } ])"));
    CHECK(settlements(play).empty());
    CHECK_FALSE(all_of<LookupTimedOut>(play.trace).empty());
}

TEST_CASE("a person who changes networks is trusted where the provider trusts") {
    std::string const text = R"({ "format": 1, "networks": { "home": {}, "hotel": {}, "isp": {} },
      "servers": { "mail.isp.example": { "network": "isp", "handles": ["isp.example"], "trusts": ["home"] },
                   "mx.shop.example": { "handles": ["shop.example"] } },
      "people": { "maya": { "address": "maya@isp.example", "network": "hotel",
                            "outgoing": { "authenticate": false } } },
      "mail": [ { "from": "maya", "to": ["leo@shop.example"] },
                { "at": "2h", "from": "maya", "to": ["leo@shop.example"] } ],
      "changes": [ { "at": "1h", "person": "maya", "set": { "network": "home" } } ] })";
    CHECK(settlements(play_text(text)) == Lines{"leo@shop.example: refused relay-denied by mail.isp.example",
                                                "leo@shop.example: delivered by mx.shop.example"});
}

TEST_CASE("what has failed is settled at once, and told to the sender when the others have been tried") {
    Play const play = play_text(R"({ "format": 1, "until": "1m",
      "networks": { "isp": { "blocks": [ { "port": 25 } ] } },
      "servers": { "mail.isp.example": { "network": "isp", "handles": ["isp.example"] }, "mx1.shop.example":
                   { "handles": ["shop.example"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "mail": [ { "from": "maya", "to": ["leo@shop.example", "ann@nowhere.example"] } ] })");
    Instant settled;
    Instant deferred;
    Instant told;
    for (Event const& event : play.trace.events) {
        if (auto const* end = std::get_if<RecipientSettled>(&event.happening);
            end && end->outcome == Outcome::bounced)
            settled = event.at;
        if (std::holds_alternative<MessageDeferred>(event.happening))
            deferred = event.at;
        if (std::holds_alternative<BounceWritten>(event.happening))
            told = event.at;
    }
    CHECK(settled < Instant{std::chrono::seconds{5}});
    CHECK(deferred > Instant{std::chrono::seconds{30}});
    CHECK(told == deferred);
    CHECK(all_of<BounceWritten>(play.trace).size() == 1);
}

TEST_CASE("where nobody has the address the call times out, as each software waits for it") {
    struct Row {
        std::string_view software;
        Duration patience;
    };
    using std::chrono::seconds;
    for (Row const& row :
         {Row{"postfix", seconds{30}}, Row{"exim", seconds{127}}, Row{"sendmail", seconds{127}},
          Row{"opensmtpd", seconds{127}}, Row{"qmail", seconds{60}}, Row{"exchange", seconds{21}}}) {
        INFO(row.software);
        Play const play = play_text(fmt::format(R"({{ "format": 1, "until": "5m",
          "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "software": "{}",
                                               "retry": {{ "first": "1h" }} }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
          "dns": {{ "gone.example": {{ "mx": [], "address": "198.51.100.77" }} }},
          "mail": [ {{ "from": "maya", "to": "leo@gone.example" }} ] }})",
                                                row.software));
        Instant answered;
        Instant deferred;
        for (Event const& event : play.trace.events) {
            if (std::holds_alternative<LookupAnswered>(event.happening))
                answered = event.at;
            if (std::holds_alternative<MessageDeferred>(event.happening))
                deferred = event.at;
        }
        CHECK(deferred - answered >= row.patience);
        CHECK(deferred - answered < row.patience + seconds{1});
    }
}

TEST_CASE("a mail program waits in vain as well, to send and to look for mail") {
    Play const play = play_text(R"({ "format": 1, "until": "1h",
      "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
      "people": { "maya": { "address": "maya@isp.example", "incoming": {} } },
      "dns": { "mail.isp.example": { "address": "198.51.100.77" } },
      "mail": [ { "from": "maya", "to": "leo@isp.example" } ] })");
    std::size_t ends = 0;
    for (Event const& event : play.trace.events)
        if (std::holds_alternative<RecipientSettled>(event.happening) ||
            std::holds_alternative<MailCheckEnded>(event.happening)) {
            ++ends;
            CHECK(event.at > Instant{std::chrono::seconds{30}});
        }
    CHECK(ends >= 2);
}
