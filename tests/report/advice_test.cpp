// Who is told to mend what, where a first look blames the wrong one.
#include "told.hpp"

#include "report/advice/advice.hpp"
#include "report/story/story.hpp"
#include "report/summary.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// Maya's provider and Leo's shop; each test says what is set otherwise.
struct AdviceSetting {
    std::string home = "";
    std::string isp = "";
    std::string provider = "";
    std::string accounts = R"("maya": "secret")";
    std::string shop = "";
    std::string maya = "";
    std::string dns = "";
    std::string mail = R"("to": ["leo@shop.example"])";
};

World advised_world(AdviceSetting const& s) {
    return world_of(fmt::format(R"({{
        "format": 1, "title": "A test", "summary": "One message.", "until": "7d",
        "networks": {{ "home": {{ {} }}, "isp": {{ {} }}, "shop": {{}} }},
        "servers": {{
            "mail.isp.example": {{ "network": "isp", "handles": ["isp.example"], "mailboxes": ["maya"],
                                   "accounts": {{ {} }} {} }},
            "mx1.shop.example": {{ "network": "shop", "handles": ["shop.example"],
                                   "mailboxes": ["leo"] {} }} }},
        "people": {{ "maya": {{ "address": "maya@isp.example", "network": "home",
                                "password": "secret" {} }} }},
        "dns": {{ {} }},
        "mail": [ {{ "id": "hello", "from": "maya", {} }} ] }})",
                                s.home, s.isp, s.accounts, s.provider, s.shop, s.maya, s.dns, s.mail));
}

/// The advice about the first recipient: "culprit: text".
std::string advice_on(AdviceSetting const& setting) {
    World const world = advised_world(setting);
    Trace const trace = run(world);
    Summary const summary = summarize(world, trace);
    REQUIRE(summary.recipients.at(0).settled);
    auto const advice = advise(world, trace, *summary.recipients.at(0).settled);
    REQUIRE(advice);
    return advice->culprit + ": " + advice->text;
}

} // namespace

TEST_CASE("Exim gives up without a last call, and the server that it called in vain is to be mended") {
    CHECK(
        advice_on({.provider = R"(, "software": "exim")", .shop = R"(, "up": false)"}) ==
        "the postmaster of mx1.shop.example: Nothing answers there on port 25. Start the mail service again. "
        "Then send the message again: the queue has given up on it.");
}

TEST_CASE("who opens somebody else's web mail is told that it is not the provider's") {
    std::string const there = R"(, "outgoing": { "web": true, "server": "mx1.shop.example" })";
    for (char const* accounts : {"", R"(, "accounts": { "leo": "other" })"})
        CHECK(advice_on({.shop = accounts, .maya = there}) ==
              "Maya: mx1.shop.example has no account maya, and is not the server of your own provider. Check "
              "the name of the web mail in the address line of the browser; if it is right, type the user "
              "name again.");
    CHECK(advice_on({.shop = R"(, "accounts": { "maya": "other" })", .maya = there}) ==
          "Maya: The web mail does not accept this user name with this password. Type both again.");
}

TEST_CASE("whoever runs the network of a person is told the person's name, not the file's key") {
    CHECK(advice_on({.home = R"("reaches": [])"})
              .starts_with("whoever runs the network of Maya: This network has no way out to any other."));
}

TEST_CASE("Exim gives up behind a blocked port, and it is the network that is to be mended") {
    CHECK(advice_on({.isp = R"("blocks": [{"port": 25}])", .provider = R"(, "software": "exim")"})
              .starts_with("whoever runs the network of mail.isp.example: "));
}

TEST_CASE("Exim gives up where no way leads, and nobody's mail service is blamed") {
    std::string const advice =
        advice_on({.isp = R"("reaches": ["home"])", .provider = R"(, "software": "exim")"});
    CHECK(
        advice.starts_with("whoever runs the networks between them: There is no route to mx1.shop.example."));
}

TEST_CASE("an Exim that does not even call blames the server that earlier mail to it was lost on") {
    World const world = world_of(R"({
        "format": 1, "title": "A test", "summary": "Two messages.", "until": "2h",
        "networks": { "home": {} },
        "servers": {
            "mail.isp.example": { "handles": ["isp.example"], "accounts": { "maya": "secret" },
                                  "software": "exim" },
            "mx1.shop.example": { "handles": ["shop.example", "other.example"], "up": false } },
        "people": { "maya": { "address": "maya@isp.example", "network": "home", "password": "secret" } },
        "mail": [ { "id": "first", "from": "maya", "to": ["leo@shop.example"] },
                  { "id": "later", "from": "maya", "to": ["leo@other.example"], "at": "1m" } ] })");
    Trace const trace = run(world);
    Deferral const* uncalled = nullptr;
    Instant at;
    for (Event const& event : trace.events)
        if (auto const* deferred = std::get_if<MessageDeferred>(&event.happening); deferred && !uncalled)
            if (Deferral const& one = trace.deferrals[deferred->deferral];
                one.saying == Saying::retry_time_not_reached) {
                uncalled = &one;
                at = event.at;
            }
    REQUIRE(uncalled);
    auto const advice = advise(world, trace, as_if_settled(*uncalled), at);
    REQUIRE(advice);
    CHECK(advice->culprit == "the postmaster of mx1.shop.example");
    CHECK(contains(advice->text, "the queue tries again by itself"));
}

TEST_CASE("an address that asks for relaying by its name is for the writer to write plainly") {
    std::string const off = R"(, "outgoing": {"port": 25, "authenticate": false})";
    for (std::string const to : {"leo%shop.example@isp.example", "shop.example!leo@isp.example"}) {
        std::string const advice = advice_on({.provider = R"(, "software": "sendmail")",
                                              .maya = off,
                                              .mail = fmt::format(R"("to": ["{}"])", to)});
        CHECK(advice ==
              "Maya: The address " + to +
                  " asks mail.isp.example to pass the message on to somebody else's domain, and the "
                  "server does well not to do that for strangers. Write to leo@shop.example, "
                  "through your own provider's server.");
    }
}

TEST_CASE("a name that an open relay has resolved is looked for where the mail went") {
    CHECK(
        advice_on({.provider = R"(, "open_relay": true)",
                   .maya = R"(, "outgoing": {"authenticate": false})",
                   .mail = R"("to": ["x%shop.example@isp.example"])"}) ==
        "Maya: Nobody called \"x\" has a mailbox at shop.example. Check the part of the address before the @ "
        "for a typing error, or ask the person.");
}

TEST_CASE("a bounce that an alias leads astray is for the keeper of the alias to mend") {
    World const world = advised_world({.provider = R"(, "aliases": { "maya": "nobody@shop.example" })",
                                       .mail = R"("to": ["xx@shop.example"])"});
    Trace const trace = run(world);
    Adviser const adviser{world, trace};
    std::vector<std::string> culprits;
    for (Event const& event : trace.events)
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening))
            if (auto const advice = adviser.advise(*settled, event.at))
                culprits.push_back(advice->culprit);
    CHECK(culprits == std::vector<std::string>{"Maya", "the postmaster of mail.isp.example"});
    std::string const told = story(world, trace, Detail::servers, Colour::off);
    CHECK(contains(told, "An alias of this server leads to nobody@shop.example"));
    CHECK_FALSE(contains(told, "your own address"));
}

TEST_CASE("a name with restricted characters is refused to everybody, whoever asks") {
    std::string const advice = advice_on({.provider = R"(, "software": "exim", "trusts": ["home"])",
                                          .maya = R"(, "outgoing": {"port": 25, "authenticate": false})",
                                          .mail = R"("to": ["leo%shop.example@isp.example"])"});
    CHECK(advice == "Maya: mail.isp.example takes no name with \"%\" from anybody, and to log in does not "
                    "help. Write the address without it; or, if it is right so, ask for another address.");
    using Sign = std::pair<std::string_view, std::string_view>;
    for (auto const& [name, sign] :
         {Sign{"a/b", R"("/")"}, Sign{"a!b", R"("!")"}, Sign{"a|b", R"("|")"}, Sign{"a&b", R"("&")"},
          Sign{R"(\".leo\")", "a leading dot"}, Sign{R"(\"a@b\")", R"("@")"}}) {
        AdviceSetting const setting{.provider = R"(, "software": "exim")",
                                    .mail = fmt::format(R"("to": ["{}@isp.example"])", name)};
        INFO(name);
        CHECK(contains(advice_on(setting), fmt::format("takes no name with {} from anybody", sign)));
        World const world = advised_world(setting);
        CHECK(summarize(world, run(world)).recipients.at(0).settled->reason == Reason::bad_address);
    }
}

TEST_CASE("who logs in at a server that is not her provider's checks its name, and not her password") {
    CHECK(advice_on({.shop = R"(, "accounts": { "leo": "letters" })",
                     .maya = R"(, "outgoing": { "server": "mx1.shop.example" })",
                     .mail = R"("to": ["leo@shop.example"])"}) ==
          "Maya: mx1.shop.example has no account maya, and is not the server of your own provider. Check the "
          "name of the outgoing server in the settings of the mail program; if it is right, type the user "
          "name again.");
}

TEST_CASE("nobody is sent to a port that the network blocks as well") {
    std::string const on_25 = R"(, "outgoing": {"port": 25})";
    CHECK(contains(advice_on({.home = R"("blocks": [{"port": 25}])", .maya = on_25}), "Enter port 587"));
    CHECK(contains(advice_on({.home = R"("blocks": [{"port": 25}, {"port": 587}])", .maya = on_25}),
                   "Enter port 465"));
    CHECK(
        advice_on({.home = R"("blocks": [{"port": 25}, {"port": 587}, {"port": 465}])"}) ==
        "Maya: This network lets nothing out to port 587, nor to 465. Write in your provider's web mail, or "
        "use another network.");
    CHECK(contains(advice_on({.home = R"("blocks": [{"port": 587}, {"port": 465}, {"port": 443}])"}),
                   "nor to 465. Use another network."));
}

TEST_CASE("who has no account at the server behind the blocked port is sent to her own provider's") {
    std::string const advice =
        advice_on({.home = R"("blocks": [{"port": 25}])",
                   .mail = R"("to": ["leo@shop.example"], "via": "mx1.shop.example")"});
    CHECK(advice == "Maya: This network lets nothing out to port 25. Send the message through "
                    "mail.isp.example, your usual outgoing server.");
    std::string const settings = advice_on(
        {.home = R"("blocks": [{"port": 25}])",
         .maya = R"(, "outgoing": {"server": "mx1.shop.example", "port": 25, "authenticate": false})"});
    CHECK(contains(settings, "Enter your own provider's server"));
    CHECK(contains(settings, "with port 587 and authentication"));
    std::string const usual_way_closed =
        advice_on({.home = R"("blocks": [{"port": 25}])",
                   .maya = R"(, "outgoing": {"port": 25, "authenticate": false})",
                   .mail = R"("to": ["leo@shop.example"], "via": "mx1.shop.example")"});
    CHECK(contains(usual_way_closed,
                   "mail.isp.example, your usual outgoing server, with port 587 and authentication"));
}

TEST_CASE("behind a blocked port her own provider has to give her an account, if she has none there") {
    std::string const advice = advice_on({.home = R"("blocks": [{"port": 25}])",
                                          .provider = R"(, "trusts": ["home"])",
                                          .accounts = "",
                                          .maya = R"(, "outgoing": {"port": 25, "authenticate": false})"});
    CHECK(advice == "the postmaster of mail.isp.example: This network lets nothing out to port 25, and "
                    "mail.isp.example has no account for Maya. Add one: with it Maya can log in on port 587, "
                    "which is open, from wherever.");
}

TEST_CASE("who went by another server this once is sent back to the one in the settings") {
    CHECK(advice_on({.dns = R"("else.example": {"mx": [{"host": "nowhere.else.example"}]})",
                     .mail = R"("to": ["leo@else.example"], "via": "mx1.shop.example")"}) ==
          "Maya: mx1.shop.example has no account for you, and does well to pass on nothing for strangers. "
          "Send the message through "
          "mail.isp.example, your usual outgoing server.");
}

TEST_CASE("smarthosts that point at each other are told of their circle") {
    for (std::string const software : {"postfix", "qmail", "exim"}) {
        std::string const advice =
            advice_on({.provider = fmt::format(R"(, "software": "{}", "smarthost": "mx1.shop.example",
                                                   "trusts": ["shop"])",
                                               software),
                       .shop = R"(, "smarthost": "mail.isp.example", "trusts": ["isp"])",
                       .dns = R"("else.example": {"mx": [{"host": "nowhere.else.example"}]})",
                       .mail = R"("to": ["leo@else.example"])"});
        INFO(advice);
        CHECK(contains(advice, "smarthosts or routes lead in a circle"));
        CHECK_FALSE(contains(advice, "handles"));
    }
}

TEST_CASE("a server that is told to send its mail to itself has that setting named") {
    std::string const itself = "The smarthost of this server names the server itself. Let it name another "
                               "one, or take it away.";
    for (std::string_view const software : {"postfix", "sendmail", "exchange", "qmail", "opensmtpd"}) {
        INFO(software);
        CHECK(advice_on({.provider = fmt::format(R"(, "software": "{}", "smarthost": "mail.isp.example")",
                                                 software)}) ==
              "the postmaster of mail.isp.example: " + itself);
    }
    CHECK(advice_on({.provider = R"(, "routes": { "shop.example": "mail.isp.example" })"}) ==
          "the postmaster of mail.isp.example: The route for shop.example of this server names the server "
          "itself. Let it name another one, or take it away.");
    CHECK(
        advice_on({.isp = R"("range": "192.0.2.0/24")",
                   .provider = R"(, "smarthost": "mx1.shop.example")",
                   .dns = R"("mx1.shop.example": { "address": "192.0.2.1" })",
                   .mail = R"("to": ["eve@elsewhere.example"])"}) ==
        "the postmaster of mail.isp.example: The smarthost of this server names mx1.shop.example, which "
        "has this server's own address in the DNS. Let it name another server, or mend the address record.");
}

TEST_CASE("a better exchanger without an address is for the keeper of the DNS to mend, not for the writer") {
    std::string const advice = advice_on({.dns = R"("e.example": { "mx": [
        { "host": "gone.example", "preference": 10 }, { "host": "mail.isp.example", "preference": 20 } ] })",
                                          .mail = R"("to": ["leo@e.example"])"});
    CHECK(advice.starts_with(
        "whoever keeps the DNS records of e.example: The DNS sends mail for e.example to a "
        "server that has no address."));
}

TEST_CASE("whose mailbox is full is told once that the message has to be sent again") {
    CHECK(advice_on({.shop = R"(, "answers": { "rcpt": "452 4.2.2 mailbox full" })"}) ==
          "whoever owns the mailbox leo@shop.example: The mailbox is full. Delete old mail. Then send the "
          "message again: the queue has given up on it.");
    CHECK(advice_on({.shop = R"(, "answers": { "rcpt": "552 5.2.2 mailbox full" })"}) ==
          "whoever owns the mailbox leo@shop.example: The mailbox is full. Delete old mail; then the message "
          "has to be sent again.");
}

TEST_CASE("a domain without any record for mail lacks an MX record, rather than has a wrong one") {
    CHECK(advice_on({.dns = R"("empty.example": {"mx": []})", .mail = R"("to": ["leo@empty.example"])"}) ==
          "whoever keeps the DNS records of empty.example: The DNS has neither an MX record nor an address "
          "record for empty.example. Publish one of them.");
}

namespace {

std::vector<Advice> advice_on_looks(std::string const& ann, std::string const& changes = "") {
    World const world = world_of(fmt::format(R"({{
        "format": 1, "title": "A test", "summary": "Ann looks for mail.", "until": "1h",
        "networks": {{ "home": {{ "blocks": [{{"port": 143}}] }} }},
        "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"],
                                             "accounts": {{ "ann": "secret" }} }} }},
        "people": {{ "ann": {{ "name": "Ann", "address": "ann@isp.example", "network": "home",
                               {} }} }},
        "mail": [ {{ "id": "hello", "from": "ann", "to": ["ann@isp.example"] }} ],
        "changes": [ {} ] }})",
                                             ann, changes));
    return advise_on_looks(world, run(world));
}

} // namespace

TEST_CASE("who cannot look into the mailbox is told what to mend, unless it is mended already") {
    std::string const wrong = R"("password": "wrong", "incoming": {"every": "5m", "port": 993})";
    std::vector<Advice> const told = advice_on_looks(wrong);
    REQUIRE(told.size() == 1);
    CHECK(told[0].culprit == "Ann");
    CHECK(contains(told[0].text, "in the settings for incoming mail"));

    CHECK(advice_on_looks(R"("password": "secret", "incoming": {"every": "5m", "port": 993})").empty());

    std::vector<Advice> const blocked =
        advice_on_looks(R"("password": "secret", "incoming": {"every": "5m", "port": 143})");
    REQUIRE(blocked.size() == 1);
    CHECK(contains(blocked[0].text, "lets nothing out to port 143"));

    std::vector<Advice> const down =
        advice_on_looks(R"("password": "secret", "incoming": {"every": "5m", "port": 993})",
                        R"({ "at": "30m", "server": "mail.isp.example", "set": { "up": false } })");
    REQUIRE(down.size() == 1);
    CHECK(down[0].culprit == "the postmaster of mail.isp.example");

    CHECK(advice_on_looks(R"("password": "secret", "incoming": {"every": "5m", "port": 993})",
                          R"({ "at": "10m", "server": "mail.isp.example", "set": { "up": false } },
                             { "at": "40m", "server": "mail.isp.example", "set": { "up": true } })")
              .empty());
}

TEST_CASE(
    "of two exchangers with one preference the one that does not handle the domain is left with itself") {
    auto const advice = [](std::string_view relays) {
        return advice_on(
            {.provider = fmt::format(R"( }}, "mx2.shop.example": {{ "relays_for": [{}])", relays),
             .shop = R"(, "up": false)",
             .dns = R"("shop.example": { "mx": [
                              { "host": "mx1.shop.example", "preference": 10 },
                              { "host": "mx2.shop.example", "preference": 10 } ] })"});
    };
    CHECK(
        advice(R"("shop.example")") ==
        "whoever keeps the DNS records of shop.example: The MX records name mx2.shop.example with no higher "
        "number than mx1.shop.example, which handles shop.example. A server hands mail on only to those with "
        "a "
        "smaller number than its own, so mx2.shop.example is left with itself. Give mx1.shop.example the "
        "smallest number.");
    CHECK(advice("").starts_with(
        "whoever keeps the DNS records of shop.example: The MX records name mx2.shop.example for "
        "shop.example with no higher number than mx1.shop.example, which handles the domain, but "
        "mx2.shop.example was never told so. Take mx2.shop.example out of the records; or, "));
}

TEST_CASE("an address where no machine stands is for the keeper of the DNS to mend, whoever calls there") {
    std::string const gone = R"("gone.example": { "mx": [], "address": "192.0.2.77" })";
    std::string const leads =
        "The address record of gone.example leads to 192.0.2.77, and no machine has that "
        "address. Let it lead to the mail server, or let there be one.";
    for (std::string_view const software : {"postfix", "exim", "sendmail"}) {
        INFO(software);
        AdviceSetting const setting{.provider = fmt::format(R"(, "software": "{}")", software),
                                    .dns = gone,
                                    .mail = R"("to": ["leo@gone.example"])"};
        CHECK(advice_on(setting).starts_with("whoever keeps the DNS records of gone.example: " + leads));
    }
    CHECK(advice_on({.dns = R"("shop.example": { "mx": [ { "host": "gone.example" } ] }, )" + gone})
              .starts_with("whoever keeps the DNS records of gone.example: " + leads));

    World const world = advised_world({.dns = R"("mail.isp.example": { "address": "192.0.2.77" })"});
    Trace const trace = run(world);
    CHECK(
        contains(story(world, trace, Detail::servers, Colour::off),
                 "Maya's mail program calls 192.0.2.77, and no answer comes: no machine has that address."));
    CHECK(advice_on({.dns = R"("mail.isp.example": { "address": "192.0.2.77" })"})
              .starts_with("whoever keeps the DNS records of mail.isp.example: The address record of "
                           "mail.isp.example leads to 192.0.2.77"));
}
