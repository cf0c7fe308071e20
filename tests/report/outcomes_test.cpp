// What a run is summed up to, and who is told to mend what, on small worlds written as scenarios.
#include "told.hpp"

#include "report/advice/advice.hpp"
#include "report/expect.hpp"
#include "report/story/story.hpp"
#include "report/summary.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// Maya at home, her provider, Leo's shop; each test changes a part.
struct OutcomeSetting {
    std::string provider =
        R"("handles": ["isp.example"], "mailboxes": ["maya"], "accounts": {"maya": "secret"})";
    std::string shop = R"("handles": ["shop.example"], "mailboxes": ["leo"])";
    std::string maya = R"("password": "secret")";
    std::string dns = "";
    std::string to = "leo@shop.example";
    std::string expect = R"({"mail": "hello", "outcome": "delivered"})";
};

World settled_world(OutcomeSetting const& setting) {
    return world_of(fmt::format(R"({{
        "format": 1, "title": "A test", "summary": "One message.",
        "networks": {{ "home": {{}} }},
        "servers": {{ "mail.isp.example": {{ {} }}, "mx1.shop.example": {{ {} }} }},
        "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example", "network": "home", {} }} }},
        "dns": {{ {} }},
        "mail": [ {{ "id": "hello", "from": "maya", "to": ["{}"] }} ],
        "expect": [ {} ] }})",
                                setting.provider, setting.shop, setting.maya, setting.dns, setting.to,
                                setting.expect));
}

struct Settled {
    World world;
    Trace trace = run(world);
    Summary summary = summarize(world, trace);

    [[nodiscard]] RecipientSummary const& first() const { return summary.recipients.at(0); }
    [[nodiscard]] std::string path() const {
        std::string names;
        for (HostId const host : first().path)
            names += (names.empty() ? "" : " ") + world.hosts[host].name;
        return names;
    }
    [[nodiscard]] Advice advice() const {
        REQUIRE(first().settled);
        auto const found = advise(world, trace, *first().settled);
        REQUIRE(found);
        return *found;
    }
    [[nodiscard]] std::string reply() const {
        return to_line(reply_of(world, trace, first().settled.value()));
    }
};

Settled settled_by(OutcomeSetting const& setting) {
    return Settled{settled_world(setting)};
}

} // namespace

TEST_CASE("a delivered message has been at every server of its way, and nobody has to mend anything") {
    Settled const result = settled_by({});
    CHECK(result.first().outcome == Outcome::delivered);
    CHECK(result.path() == "maya mail.isp.example mx1.shop.example");
    CHECK(result.reply().starts_with("250 2.0.0 Ok: queued as "));
    CHECK_FALSE(advise(result.world, result.trace, result.first().settled.value()));
    CHECK(result.summary.totals.delivered == 1);
    CHECK(result.summary.bounces.recipients == 0);
    for (ServerCounts const& server : result.summary.servers) {
        CHECK(server.accepted == 1);
        CHECK(server.refused.of(Reason::relay_denied) == 0);
        CHECK(server.queued_peak == 1);
    }
}

TEST_CASE("relaying denied by her own provider is Maya's to mend: authentication is off") {
    Settled const result = settled_by({.maya = R"("outgoing": {"authenticate": false})"});
    CHECK(result.first().outcome == Outcome::refused);
    CHECK(result.path() == "maya mail.isp.example");
    CHECK(result.reply() == "554 5.7.1 <leo@shop.example>: Relay access denied");
    CHECK(result.advice().culprit == "Maya");
    CHECK(contains(result.advice().text, "Turn on authentication"));
    CHECK(result.summary.servers[ServerId{0}].refused.of(Reason::relay_denied) == 1);
    CHECK(result.summary.servers[ServerId{0}].accepted == 0);
}

TEST_CASE("relaying denied by a server that does not know Maya: it is the wrong outgoing server") {
    Settled const result =
        settled_by({.maya = R"("outgoing": {"server": "mx1.shop.example", "authenticate": false})",
                    .dns = R"("else.example": {"mx": [{"host": "mail.isp.example"}]})",
                    .to = "leo@else.example"});
    CHECK(result.first().settled.value().reason == Reason::relay_denied);
    CHECK(result.advice().culprit == "Maya");
    CHECK(contains(result.advice().text, "outgoing server"));
    CHECK_FALSE(contains(result.advice().text, "Turn on"));
}

TEST_CASE(
    "relaying denied by the domain's own exchanger is its postmaster's to mend, and Maya gets a bounce") {
    Settled const result = settled_by({.shop = R"("handles": [], "mailboxes": ["leo"])",
                                       .dns = R"("shop.example": {"mx": [{"host": "mx1.shop.example"}]})"});
    CHECK(result.first().outcome == Outcome::bounced);
    CHECK(result.path() == "maya mail.isp.example mx1.shop.example");
    CHECK(result.advice().culprit == "the postmaster of mx1.shop.example");
    CHECK(contains(result.advice().text, "mydestination"));
    CHECK(result.summary.bounces.recipients == 1);
    CHECK(result.summary.bounces.delivered == 1);
    CHECK(result.summary.totals.recipients == 1);
}

TEST_CASE("an MX record that names the wrong server is for the keeper of the DNS records") {
    Settled const result =
        settled_by({.provider = R"("handles": ["isp.example", "shop.example"], "mailboxes": ["maya"])",
                    .shop = R"("handles": [])",
                    .maya = R"("outgoing": {"server": "mx1.shop.example", "authenticate": false})",
                    .dns = R"("shop.example": {"mx": [{"host": "mx1.shop.example"}]})"});
    CHECK(result.first().settled.value().reason == Reason::relay_denied);
    CHECK(result.advice().culprit == "whoever keeps the DNS records of shop.example");
    CHECK(contains(result.advice().text, "mail.isp.example"));
}

TEST_CASE("a wrong password is Maya's to mend") {
    Settled const result = settled_by({.maya = R"("password": "sceret")"});
    CHECK(result.first().settled.value().reason == Reason::auth_failed);
    CHECK(result.reply() == "535 5.7.8 Error: authentication failed: authentication failure");
    CHECK(result.advice().culprit == "Maya");
    CHECK(contains(result.advice().text, "password"));
}

TEST_CASE("a mistyped domain comes back from the provider with its own diagnosis") {
    Settled const result = settled_by({.to = "leo@shpo.example"});
    CHECK(result.first().outcome == Outcome::bounced);
    CHECK(result.path() == "maya mail.isp.example");
    CHECK(result.reply() == "5.4.4 Host or domain name not found. Name service error for name=shpo.example "
                            "type=A: Host not found");
    CHECK(contains(result.advice().text, "after the @"));
}

TEST_CASE("a mistyped name comes back in the words of the server that knows the names") {
    Settled const result = settled_by({.to = "lea@shop.example"});
    CHECK(result.first().outcome == Outcome::bounced);
    CHECK(result.reply() ==
          "550 5.1.1 <lea@shop.example>: Recipient address rejected: User unknown in local recipient table");
    CHECK(contains(result.advice().text, "before the @"));
}

TEST_CASE("a domain with a null MX takes no mail, and there is nothing to mend but the address") {
    Settled const result =
        settled_by({.dns = R"("quiet.example": {"null_mx": true})", .to = "leo@quiet.example"});
    CHECK(result.first().settled.value().reason == Reason::null_mx);
    CHECK(result.reply() == "5.1.0 Domain quiet.example does not accept mail (nullMX)");
    CHECK(result.advice().culprit == "Maya");
}

TEST_CASE("submission without a login, and a port where nobody listens, are settings to mend") {
    Settled const no_login = settled_by({.maya = R"("outgoing": {"port": 587, "authenticate": false})"});
    CHECK(no_login.first().settled.value().reason == Reason::auth_required);
    CHECK(no_login.reply() == "554 5.7.1 <leo@shop.example>: Recipient address rejected: Access denied");
    CHECK(contains(no_login.advice().text, "Turn on authentication"));

    Settled const wrong_port = settled_by({.maya = R"("outgoing": {"port": 2525, "authenticate": false})"});
    CHECK(wrong_port.first().settled.value().reason == Reason::unreachable);
    CHECK(wrong_port.reply().ends_with("]:2525: Connection refused"));
    CHECK(contains(wrong_port.advice().text, "port"));
}

TEST_CASE(
    "an exchanger that would have to send the mail to itself was never told that it handles the domain") {
    Settled const result = settled_by({.shop = R"("handles": [], "open_relay": true)",
                                       .dns = R"("shop.example": {"mx": [{"host": "mx1.shop.example"}]})"});
    CHECK(result.first().settled.value().reason == Reason::mail_loop);
    CHECK(result.reply() == "5.4.6 mail for shop.example loops back to myself");
    CHECK(result.advice().culprit == "the postmaster of mx1.shop.example");
}

TEST_CASE("an MX record for a host without an address is for the keeper of the DNS records") {
    Settled const result = settled_by(
        {.dns = R"("lost.example": {"mx": [{"host": "gone.lost.example"}]})", .to = "leo@lost.example"});
    CHECK(contains(result.reply(), "name=gone.lost.example"));
    CHECK(result.advice().culprit == "whoever keeps the DNS records of lost.example");
}

TEST_CASE("a bounce that cannot be delivered is discarded, counted apart, and told") {
    Settled const result = settled_by(
        {.provider = R"("handles": ["isp.example"], "mailboxes": ["ada"], "accounts": {"maya": "secret"})",
         .to = "lea@shop.example"});
    CHECK(result.first().outcome == Outcome::bounced);
    CHECK(result.first().bounce == Outcome::discarded);
    CHECK(result.summary.totals.discarded == 0);
    CHECK(result.summary.bounces.discarded == 1);
    RecipientSettled lost;
    for (Event const& event : result.trace.events)
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
            lost = *settled;
    CHECK(to_line(reply_of(result.world, result.trace, lost)) == "5.1.1 unknown user: \"maya\"");
    auto const advice = advise(result.world, result.trace, lost);
    REQUIRE(advice);
    CHECK(advice->culprit == "the postmaster of mail.isp.example");
    CHECK(contains(advice->text, "maya@isp.example is the address of Maya"));
    std::string const told = story(result.world, result.trace, Detail::servers, Colour::off);
    CHECK(contains(told, "nobody hears of it"));
    CHECK(contains(story(result.world, result.trace, Detail::magic, Colour::off), "It is lost"));
}

TEST_CASE("what the run did not finish is queued, and what it did not begin is not counted") {
    World world = settled_world({});
    world.until = std::chrono::milliseconds{50};
    Trace const trace = run(world);
    Summary const summary = summarize(world, trace);
    CHECK(summary.totals.recipients == 1);
    CHECK(summary.totals.queued == 1);
    Verification const verification = verify(world, trace, summary);
    REQUIRE(verification.failed.size() == 1);
    CHECK(verification.failed[0] ==
          "hello to leo@shop.example: expected delivered; came still queued when the run ended");
}

TEST_CASE("an expectation that is not met is told with what was expected and what came") {
    Settled const result =
        settled_by({.expect = R"({"mail": "hello", "to": "leo@shop.example", "outcome": "refused",
        "reason": "relay-denied", "by": "mail.isp.example", "reply": "554 5.7.1"},
        {"mail": "hello", "outcome": "delivered", "by": "mx1.shop.example"},
        {"mail": "hello", "by": "mail.isp.example"}, {"mail": "hello", "reply": "251"})"});
    Verification const verification = verify(result.world, result.trace, result.summary);
    CHECK(verification.met == 1);
    REQUIRE(verification.failed.size() == 3);
    CHECK(verification.failed[0].starts_with(
        "hello to leo@shop.example: expected refused, relay-denied, by mail.isp.example, "
        "with \"554 5.7.1\"; came delivered, by mx1.shop.example, with \"250 2.0.0 Ok"));
    CHECK(verification.failed[1].starts_with("hello to leo@shop.example: expected by mail.isp.example"));
    CHECK(verification.failed[2].starts_with("hello to leo@shop.example: expected with \"251\""));
}
