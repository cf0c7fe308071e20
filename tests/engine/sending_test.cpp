// How each software sends: which exchanger comes next, what is final, what it remembers, how much at a time.
#include "engine/play.hpp"

#include <fmt/format.h>

#include <algorithm>

using namespace mailflow;
using Lines = std::vector<std::string>;

namespace {

/// Maya's provider runs the software and sends to Leo's shop.
Play play_as(Software software, std::string const& text) {
    auto loaded = load_scenario(text);
    if (auto const* complaints = std::get_if<std::vector<Diagnostic>>(&loaded))
        FAIL(to_line(complaints->front(), "test"));
    World world = std::get<World>(std::move(loaded));
    for (Server& server : world.servers)
        if (world.hosts[server.host].name == "mail.isp.example")
            server.policy.software = software;
    Trace trace = run(world);
    return {std::move(world), std::move(trace)};
}

struct Setting {
    std::string provider = "";
    std::string first = "";  // the first exchanger of the shop
    std::string second = ""; // and the second
    std::string dns = R"("shop.example": { "mx": [ { "host": "mx1.shop.example", "preference": 10 },
                                                   { "host": "mx2.shop.example", "preference": 20 } ] })";
    std::string mail = R"({ "id": "it", "from": "maya", "to": ["leo@shop.example"] })";
    std::string until = "5m";
    std::string mailboxes = R"(["leo"])"; // of the first
};

std::string world_with(Setting const& s) {
    return fmt::format(
        R"({{ "format": 1, "until": "{}",
      "networks": {{ "isp": {{ "range": "192.0.2.0/24" }}, "shop": {{}} }},
      "servers": {{
        "mail.isp.example": {{ "network": "isp", "handles": ["isp.example"], "mailboxes": ["maya"],
                              "trusts": ["isp"] {} }},
        "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"], "mailboxes": {} {} }},
        "mx2.shop.example": {{ "network": "shop", "handles": ["shop.example"], "mailboxes": ["leo"] {} }} }},
      "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
      "dns": {{ {} }},
      "mail": [ {} ] }})",
        s.until, s.provider, s.mailboxes, s.first, s.second, s.dns, s.mail);
}

/// The exchangers that the provider called.
Lines called(Play const& play) {
    Lines names;
    for (Session const& session : play.trace.sessions)
        if (session.entry.valid())
            names.push_back(play.world.hosts[session.server].name.substr(0, 3));
    return names;
}

std::string outcome(Play const& play) {
    Lines const lines = settlements(play);
    return lines.empty() ? "waits" : lines.front().substr(lines.front().find(": ") + 2);
}

constexpr std::array<Software, 6> all_softwares{Software::postfix,   Software::exim,  Software::sendmail,
                                                Software::opensmtpd, Software::qmail, Software::exchange};

std::string name(Software software) {
    return std::string{software_names[static_cast<std::size_t>(software)]};
}

std::string answers(std::string const& members) {
    return R"(, "answers": { )" + members + " }";
}

} // namespace

TEST_CASE("each software puts so many recipients into a session as it does") {
    std::string to;
    for (int n = 0; n < 150; ++n)
        to += fmt::format(R"({}"leo+{}@shop.example")", n > 0 ? ", " : "", n);
    Setting const many{.mail = fmt::format(R"({{ "id": "it", "from": "maya", "to": [{}] }})", to),
                       .mailboxes = R"("*")"};
    std::array<std::size_t, all_softwares.size()> const sessions{3, 2, 2, 1, 150, 1};
    for (std::size_t n = 0; n < all_softwares.size(); ++n) {
        INFO(name(all_softwares[n]));
        Play const play = play_as(all_softwares[n], world_with(many));
        CHECK(called(play).size() == sessions[n]);
        Lines const lines = settlements(play);
        CHECK(lines.size() == 150);
        CHECK(std::all_of(lines.begin(), lines.end(), [](std::string const& line) {
            return line.ends_with("delivered by mx1.shop.example");
        }));
    }
}

TEST_CASE("every software goes on to the next exchanger when the first is down") {
    for (Software const software : all_softwares) {
        INFO(name(software));
        Play const play = play_as(software, world_with({.first = R"(, "up": false)"}));
        CHECK(outcome(play) == "delivered by mx2.shop.example");
        CHECK(called(play) == Lines{"mx1", "mx2"});
    }
}

TEST_CASE("no software goes on to the next exchanger after a 550 to RCPT") {
    for (Software const software : all_softwares) {
        INFO(name(software));
        Play const play =
            play_as(software, world_with({.first = answers(R"("rcpt": "550 5.1.1 <{address}> unknown")")}));
        CHECK(outcome(play) == "bounced scripted-answer by mx1.shop.example");
        CHECK(called(play) == Lines{"mx1"});
    }
}

TEST_CASE(
    "after a refused greeting, a broken line or a 4xx the next exchanger is each software's own choice") {
    struct Case {
        char const* answers;
        std::vector<Software> goes_on;
    };
    using enum Software;
    for (Case const& c :
         {Case{R"("greeting": "421 4.3.2 later")", {postfix, exim, sendmail, opensmtpd, exchange}},
          Case{R"("greeting": "554 5.7.1 no")", {postfix, exim, sendmail, opensmtpd, exchange}},
          Case{R"("greeting": "drop")", {postfix, exim, sendmail, opensmtpd, exchange}},
          Case{R"("mail": "drop")", {postfix, exim, sendmail, exchange}},
          Case{R"("rcpt": "drop")", {postfix, exim, sendmail, exchange}},
          Case{R"("content": "drop")", {postfix, exim, sendmail, exchange}},
          Case{R"("rcpt": "451 4.3.0 later")", {postfix, exim, sendmail, exchange}},
          Case{R"("content": "452 4.3.1 full")", {postfix, exim, sendmail, exchange}}})
        for (Software const software : all_softwares) {
            INFO(name(software) << " " << c.answers);
            Play const play = play_as(software, world_with({.first = answers(c.answers), .until = "20s"}));
            bool const goes_on = std::find(c.goes_on.begin(), c.goes_on.end(), software) != c.goes_on.end();
            CHECK(outcome(play) == (goes_on ? "delivered by mx2.shop.example" : "waits"));
            CHECK(called(play) == (goes_on ? Lines{"mx1", "mx2"} : Lines{"mx1"}));
        }
}

TEST_CASE(
    "a 554 greeting of the only exchanger is final for Exim and Sendmail, and waited out by the others") {
    for (Software const software : all_softwares) {
        INFO(name(software));
        Play const play = play_as(
            software, world_with({.first = answers(R"("greeting": "554 5.7.1 no")"),
                                  .dns = R"("shop.example": { "mx": [ { "host": "mx1.shop.example" } ] })",
                                  .until = "20s"}));
        bool const is_final = software == Software::exim || software == Software::sendmail;
        CHECK(outcome(play) == (is_final ? "bounced scripted-answer by mx1.shop.example" : "waits"));
    }
}

TEST_CASE("a 554 greeting of the last exchanger is as final where the first was down") {
    for (Software const software : all_softwares) {
        INFO(name(software));
        auto const with = [&](std::string const& first, std::string const& second) {
            return outcome(
                play_as(software, world_with({.first = first, .second = second, .until = "150s"})));
        };
        std::string const refuses = answers(R"("greeting": "554 5.7.1 no")");
        std::string const down = R"(, "up": false)";
        bool const is_final = software == Software::exim || software == Software::sendmail;
        CHECK(with(down, refuses) == (is_final ? "bounced scripted-answer by mx2.shop.example" : "waits"));
        CHECK(with(refuses, down) == "waits");
        CHECK(outcome(play_as(software, world_with({.first = refuses,
                                                    .dns = R"("shop.example": { "mx": [
              { "host": "mx1.shop.example" }, { "host": "no.such.example", "preference": 20 } ] })",
                                                    .until = "20s"}))) == "waits");
    }
}

TEST_CASE("what an exchanger says of the recipient Sendmail keeps, whatever becomes of the next") {
    std::string const busy = answers(R"("rcpt": "450 4.2.1 busy")");
    for (std::string const& second : {std::string{R"(, "up": false)"}, answers(R"("greeting": "554 no")")})
        for (Software const software : {Software::sendmail, Software::exim}) {
            INFO(name(software) << second);
            Play const play =
                play_as(software, world_with({.first = busy, .second = second, .until = "20s"}));
            if (software == Software::sendmail) {
                REQUIRE(play.trace.deferrals.size() == 1);
                CHECK(play.trace.deferrals[DeferralId{0}].saying == Saying::scripted_rcpt_transient);
            } else {
                CHECK(outcome(play) == (second.find("554") == std::string::npos
                                            ? "waits"
                                            : "bounced scripted-answer by mx2.shop.example"));
            }
        }
}

TEST_CASE(
    "a null MX and a missing address are final, but not for OpenSMTPD, and a missing domain always is") {
    for (Software const software : all_softwares) {
        INFO(name(software));
        bool const waits = software == Software::opensmtpd;
        auto const with_dns = [&](std::string const& records) {
            return outcome(
                play_as(software, world_with({.dns = R"("shop.example": )" + records, .until = "20s"})));
        };
        CHECK(with_dns(R"({ "null_mx": true })") ==
              (waits ? "waits" : "bounced null-mx by mail.isp.example"));
        CHECK(with_dns(R"({ "mx": [] })") ==
              (waits ? "waits" : "bounced no-such-domain by mail.isp.example"));
        CHECK(with_dns(R"({ "mx": [ { "host": "no.such.example" } ] })") ==
              (waits ? "waits" : "bounced no-such-domain by mail.isp.example"));
        CHECK(with_dns(R"({ "fails": "nxdomain" })") == "bounced no-such-domain by mail.isp.example");
        CHECK(with_dns(R"({ "fails": "servfail" })") == "waits");
        CHECK(with_dns(R"({ "fails": "timeout" })") == "waits");
    }
}

TEST_CASE(
    "a server that is the best exchanger of a domain that it does not handle bounces, freezes or loops") {
    for (Software const software : all_softwares)
        for (char const* records :
             {R"({ "mx": [ { "host": "mail.isp.example" } ] })", R"({ "mx": [], "address": "192.0.2.1" })"}) {
            INFO(name(software) << " " << records);
            // OpenSMTPD takes its own machine for a local one, which is trusted.
            Play const play = play_as(
                software, world_with({.dns = R"("shop.example": )" + std::string{records}, .until = "3d"}));
            if (software == Software::exim) {
                CHECK(outcome(play) == "waits");
                CHECK(play.trace.deferrals.size() == 1); // and nothing is tried while it is frozen
            } else {
                CHECK(outcome(play) == "bounced mail-loop by mail.isp.example");
            }
            CHECK(called(play).empty() == (software != Software::opensmtpd));
        }
}

TEST_CASE("Exim freezes a message with all its recipients, also those that only wait") {
    std::string world = world_with({.dns = R"("shop.example": { "mx": [ { "host": "mail.isp.example" } ] },
                                              "slow.example": { "fails": "servfail" })",
                                    .until = "5d"});
    std::string const to = R"(["leo@shop.example"])";
    world.replace(world.find(to), to.size(), R"(["leo@shop.example", "x@slow.example"])");
    Play const play = play_as(Software::exim, world);
    CHECK(play.trace.deferrals.size() == 2); // one each: nothing is tried while it is frozen
    CHECK(all_of<BounceWritten>(play.trace).empty());
}

TEST_CASE("an address record of 127.0.0.1 leads every machine to itself, and Exim takes it for no address") {
    std::string const dns =
        R"("shop.example": { "mx": [ { "host": "lo.example" } ] }, "lo.example": { "address": "127.0.0.1" })";
    CHECK(outcome(play_as(Software::postfix, world_with({.dns = dns}))) ==
          "bounced mail-loop by mail.isp.example");
    CHECK(outcome(play_as(Software::exim, world_with({.dns = dns}))) ==
          "bounced no-such-domain by mail.isp.example");
}

TEST_CASE("a server that is full for two tries of each message takes the third") {
    Play const play =
        play_as(Software::postfix,
                world_with({.first = answers(R"("rcpt": "452 4.2.2 full", "times": 2)"),
                            .dns = R"("shop.example": { "mx": [ { "host": "mx1.shop.example" } ] })",
                            .mail = R"({ "from": "maya", "to": ["leo@shop.example"] },
                                                     { "from": "maya", "to": ["leo@shop.example"] })",
                            .until = "1h"}));
    CHECK(settlements(play) == Lines{"leo@shop.example: delivered by mx1.shop.example",
                                     "leo@shop.example: delivered by mx1.shop.example"});
    CHECK(play.trace.deferrals.size() == 4);
}

TEST_CASE("a line that breaks after the message was sent is tried again") {
    Play const play =
        play_as(Software::postfix,
                world_with({.first = answers(R"("content": "drop", "times": 1)"),
                            .dns = R"("shop.example": { "mx": [ { "host": "mx1.shop.example" } ] })",
                            .until = "1h"}));
    CHECK(outcome(play) == "delivered by mx1.shop.example");
    REQUIRE(play.trace.deferrals.size() == 1);
    CHECK(play.trace.deferrals[DeferralId{0}].saying == Saying::connection_lost);
}

TEST_CASE("what the shop prescribes is heard by a mail program, too") {
    Play const play =
        play_as(Software::postfix, world_with({.provider = answers(R"("mail": "450 4.3.2 not now")")}));
    CHECK(outcome(play) == "refused scripted-answer by mail.isp.example");
}

TEST_CASE("Exim remembers a host that fails: new messages wait for it, and are returned once it is dead") {
    std::string const dns = R"("shop.example": { "mx": [ { "host": "mx1.shop.example" } ] })";
    std::string const mail = R"({ "from": "maya", "to": ["leo@shop.example"] },
                                { "at": "5m", "from": "maya", "to": ["leo@shop.example"] },
                                { "at": "5d", "from": "maya", "to": ["leo@shop.example"] })";
    Setting const setting{.first = R"(, "up": false)", .dns = dns, .mail = mail, .until = "7d"};
    Play const exim = play_as(Software::exim, world_with(setting));
    // The second message is put off without a call, because the host has failed five minutes ago.
    REQUIRE(exim.trace.deferrals.size() > 2);
    CHECK(exim.trace.deferrals[DeferralId{1}].saying == Saying::retry_time_not_reached);
    std::size_t returned_at_once = 0;
    for (Event const& event : exim.trace.events)
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
            if (settled->outcome == Outcome::bounced && settled->reason == Reason::expired &&
                event.at.since_start > std::chrono::hours{24 * 5})
                ++returned_at_once;
    CHECK(returned_at_once == 1);
    Play const postfix = play_as(Software::postfix, world_with(setting));
    CHECK(called(postfix).size() > called(exim).size());
}

TEST_CASE("Exim tries once more before it gives a message up, though the host is not to be called yet") {
    // The host failed a moment after the message came, and so is to be called again a moment after its end.
    // Tries at 0, 10, 30, 60 ... 210 minutes, and at four hours.
    Setting const setting{.provider = R"(, "retry": { "first": "10m", "most": "30m", "give_up": "4h" })",
                          .first = answers(R"("greeting": "421 4.3.2 later", "times": 9)"),
                          .dns = R"("shop.example": { "mx": [ { "host": "mx1.shop.example" } ] })",
                          .until = "6h"};
    CHECK(outcome(play_as(Software::exim, world_with(setting))) == "delivered by mx1.shop.example");
}

TEST_CASE("Exim forgets that a host failed as soon as it answers") {
    Setting const setting{.first = answers(R"("greeting": "421 4.3.2 later", "times": 1)"),
                          .dns = R"("shop.example": { "mx": [ { "host": "mx1.shop.example" } ] })",
                          .until = "1h"};
    Play const play = play_as(Software::exim, world_with(setting));
    CHECK(outcome(play) == "delivered by mx1.shop.example");
    CHECK(play.trace.deferrals.size() == 1);
}

namespace {

/// The most sessions of the provider with the shop that stood at one time.
std::size_t most_at_a_time(Play const& play) {
    std::size_t now = 0;
    std::size_t most = 0;
    for (Event const& event : play.trace.events) {
        auto const sent_on = [&](SessionId id) { return play.trace.sessions[id].entry.valid(); };
        if (auto const* opened = std::get_if<ConnectionOpened>(&event.happening);
            opened && sent_on(opened->session))
            most = std::max(most, ++now);
        if (auto const* closed = std::get_if<SessionClosed>(&event.happening);
            closed && sent_on(closed->session))
            --now;
    }
    return most;
}

std::string burst(std::size_t count) {
    std::string mail;
    for (std::size_t i = 0; i < count; ++i)
        mail += fmt::format(R"({} {{ "from": "maya", "to": ["leo@shop.example"] }})", i == 0 ? "" : ",");
    return mail;
}

} // namespace

TEST_CASE(
    "a burst of a hundred messages goes out as many at a time as the software allows, and none is lost") {
    struct Case {
        Software software;
        char const* provider;
        std::size_t most;
    };
    for (Case const& c :
         {Case{Software::postfix, "", 20}, Case{Software::opensmtpd, "", 10}, Case{Software::exim, "", 100},
          Case{Software::qmail, "", 20}, Case{Software::postfix, R"(, "concurrency": 1)", 1},
          Case{Software::sendmail, R"(, "concurrency": 7)", 7}}) {
        INFO(name(c.software) << c.provider);
        Play const play =
            play_as(c.software, world_with({.provider = c.provider, .mail = burst(100), .until = "1h"}));
        CHECK(most_at_a_time(play) == c.most);
        CHECK(settlements(play) == Lines(100, "leo@shop.example: delivered by mx1.shop.example"));
        // First come, first served.
        auto const filed = all_of<MessageFiled>(play.trace);
        CHECK(std::is_sorted(filed.begin(), filed.end(), [](MessageFiled const& a, MessageFiled const& b) {
            return a.recipient.index < b.recipient.index;
        }));
    }
}

TEST_CASE("one destination that fails does not hold up another") {
    Play const play =
        play_as(Software::postfix,
                world_with({.provider = R"(, "concurrency": 1)",
                            .dns = R"("shop.example": { "fails": "timeout" },
                              "other.example": { "mx": [ { "host": "mx2.shop.example" } ] })",
                            .mail = burst(30) + R"(, { "from": "maya", "to": ["eve@other.example"] })",
                            .until = "10s"}));
    // mx2 does not handle other.example and says so, while thirty messages wait for an answer of the DNS.
    CHECK(settlements(play) == Lines{"eve@other.example: bounced relay-denied by mx2.shop.example",
                                     "maya@isp.example: delivered by mail.isp.example"});
}

TEST_CASE("Exim warns after a day and again after the next, between its tries") {
    Play const play = play_as(Software::exim, world_with({.first = R"(, "up": false)",
                                                          .dns = R"("shop.example": { "mx": [ {
                                                              "host": "mx1.shop.example" } ] })",
                                                          .until = "3d"}));
    std::vector<std::int64_t> whole_hours;
    for (Event const& event : play.trace.events)
        if (std::holds_alternative<DelayWarningWritten>(event.happening))
            whole_hours.push_back(std::chrono::floor<std::chrono::hours>(event.at.since_start).count());
    CHECK(whole_hours == std::vector<std::int64_t>{24, 48});
}
