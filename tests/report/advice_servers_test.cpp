// What the postmasters of servers are told to mend, and their settings of aliases, accounts and relays.
#include "one_message.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::one_message;

namespace {

/// Maya writes to somebody at the shop; each test says how the two servers are set.
Played played(std::string const& isp, std::string const& shop, std::string const& to,
              std::string const& more = "") {
    return {world_of(fmt::format(R"({{ "format": 1, "title": "A test", "until": "7d",
      "servers": {{
        "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"] {} }},
        "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"] {} }} }},
      "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example" }} }},
      "mail": [ {{ "from": "maya", "to": ["{}"] }} ] {} }})",
                                 isp, shop, to, more))};
}

constexpr std::string_view softwares[] = {"postfix", "exim", "sendmail", "opensmtpd", "qmail", "exchange"};

} // namespace

TEST_CASE("an alias that leads to no mailbox is for the postmaster to mend, whatever the software") {
    for (std::string_view const software : softwares)
        for (std::string_view const aliases :
             {R"({ "sales": "ghost" })", R"({ "b": "sales", "sales": "b" })", R"({ "sales": "sales" })"}) {
            INFO(software << " " << aliases);
            std::string const told =
                played("", fmt::format(R"(, "software": "{}", "aliases": {})", software, aliases),
                       "sales@shop.example")
                    .told();
            CHECK(contains(told, "The postmaster of mx1.shop.example:"));
            CHECK_FALSE(contains(told, "Maya: Nobody called"));
            CHECK_FALSE((aliases.ends_with("\"sales\" }") && contains(told, "Let one of the two")));
        }
}

TEST_CASE("the ladder says that the name is an alias which leads nowhere") {
    CHECK(contains(
        played("", R"(, "software": "sendmail", "aliases": { "sales": "ghost" })", "sales@shop.example")
            .told(),
        "sales is an alias here that leads to no mailbox"));
}

TEST_CASE("who has no account at her own provider's server is not sent to her own provider's server") {
    for (std::string_view const login : {"true", "false"}) {
        INFO(login);
        std::string const told = Played{world_of(fmt::format(R"({{ "format": 1, "title": "A test",
              "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "accounts": {{}} }},
                            "mx1.shop.example": {{ "handles": ["shop.example"] }} }},
              "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example",
                                      "outgoing": {{ "authenticate": {} }} }} }},
              "mail": [ {{ "from": "maya", "to": ["leo@shop.example"] }} ] }})",
                                                             login))}
                                     .told();
        CHECK(contains(told,
                       "The postmaster of mail.isp.example: This server handles the domain of Maya's own "
                       "address, but has no account for Maya. Add one"));
        // An account alone helps nobody who does not log in.
        CHECK(contains(told, "Add one, and have Maya turn on authentication (name and password) for outgoing "
                             "mail in the settings of the mail program; or,") == (login == "false"));
    }
}

TEST_CASE("a wrong address record is not taken for a wrong MX record") {
    Played const play{world_of(R"({ "format": 1, "title": "A test",
      "networks": { "o": { "range": "198.51.100.0/28" } },
      "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                   "mx1.shop.example": { "handles": ["shop.example"] },
                   "old.example": { "network": "o" } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "dns": { "mx1.shop.example": { "address": "198.51.100.1" } },
      "mail": [ { "from": "maya", "to": ["leo@shop.example"] } ] })")};
    std::string const told = play.told(Detail::protocol);
    CHECK(contains(told, "Whoever keeps the DNS records of mx1.shop.example: The address record of "
                         "mx1.shop.example leads to the machine of old.example."));
    CHECK(contains(told, "host mx1.shop.example[198.51.100.1] said:"));
    CHECK(contains(told, "Remote-MTA: dns; mx1.shop.example"));
}

TEST_CASE("a gateway that has nowhere to pass mail on needs a route, and no local domain") {
    std::string const told = Played{world_of(R"({ "format": 1, "title": "A test",
      "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                   "gw.firm.example": { "relays_for": ["firm.example"] } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "dns": { "firm.example": { "mx": [ { "host": "gw.firm.example" } ] } },
      "mail": [ { "from": "maya", "to": ["leo@firm.example"] } ] })")}
                                 .told();
    CHECK(contains(told,
                   "The postmaster of gw.firm.example: The server is told to relay mail for firm.example, "
                   "and has nowhere to pass it on"));
    CHECK_FALSE(contains(told, "local domains"));
}

TEST_CASE("a postmaster is told of the local domains by the name that they have in his software") {
    constexpr std::string_view settings[] = {"(mydestination or virtual_mailbox_domains)",
                                             "(domainlist local_domains)",
                                             "(local-host-names)",
                                             "(a rule \"match from any for domain\")",
                                             "(control/rcpthosts and control/locals)",
                                             "(the accepted domains)"};
    for (std::size_t i = 0; i < std::size(softwares); ++i) {
        std::string const told = Played{world_of(fmt::format(R"({{ "format": 1, "title": "A test",
          "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }},
                       "mx1.shop.example": {{ "handles": [], "software": "{}" }} }},
          "dns": {{ "shop.example": {{ "mx": [ {{ "host": "mx1.shop.example" }} ] }} }},
          "people": {{ "maya": {{ "address": "maya@isp.example" }} }},
          "mail": [ {{ "from": "maya", "to": ["leo@shop.example"] }} ] }})",
                                                             softwares[i]))}
                                     .told();
        INFO(softwares[i] << '\n' << told);
        CHECK(contains(told, "The postmaster of mx1.shop.example: "));
        CHECK(contains(told, "list of local domains " + std::string{settings[i]}));
    }
}

TEST_CASE("a server that has let a domain go is not said to have never heard of it") {
    std::string const told = Played{world_of(R"({ "format": 1, "title": "A test",
          "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                       "mx1.shop.example": { "handles": ["shop.example"] } },
          "people": { "maya": { "address": "maya@isp.example" } },
          "changes": [ { "at": "1h", "server": "mx1.shop.example", "set": { "handles": [] } } ],
          "mail": [ { "at": "2h", "from": "maya", "to": ["leo@shop.example"] } ] })")}
                                 .told();
    CHECK(contains(told, "which does not handle shop.example any more"));
    CHECK(contains(told, "(mydestination or virtual_mailbox_domains) again"));
    CHECK_FALSE(contains(told, "never told"));
}

TEST_CASE("what Exim has frozen is not said to have a next try") {
    std::string const told = Played{world_of(R"({ "format": 1, "title": "A test", "until": "1d",
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "software": "exim" } },
      "people": { "maya": { "address": "maya@isp.example" } },
      "dns": { "firm.example": { "mx": [ { "host": "mail.isp.example" } ] } },
      "mail": [ { "from": "maya", "to": ["leo@firm.example"] } ] })")}
                                 .told();
    CHECK(contains(told, "mail.isp.example freezes the message"));
    CHECK(contains(told, "frozen: not tried again until the postmaster looks at it"));
    CHECK_FALSE(contains(told, "next try"));
}

TEST_CASE("Exim says in the report what it says in its letter when it gives up") {
    Played const play = played(R"(, "software": "exim")", R"(, "up": false)", "leo@shop.example");
    std::string const last_try =
        "H=mx1.shop.example [203.0.113.17]: Connection refused: retry timeout exceeded";
    CHECK(contains(play.told(), "leo@shop.example: " + last_try));
    CHECK(play.report()["messages"][0]["reply"] == last_try);
}

TEST_CASE(
    "spam that is refused for its own sender's domain is not said to go to a domain that there is not") {
    std::string const told = Played{world_of(R"({ "format": 1, "title": "A test",
          "servers": { "mx1.shop.example": { "handles": ["shop.example"], "software": "sendmail" } },
          "spammers": { "bulk": { "through": "mx1.shop.example", "from": "x@nowhere.example",
                                  "to": ["leo@shop.example"], "count": 3 } } })")}
                                 .told();
    CHECK(contains(told, "3 refused (the sender's domain: no such domain)"));
}

TEST_CASE("of a message that is refused for its sender's domain it is said whose domain that is") {
    auto const told =
        [](std::string const& dns, Detail detail) {
            return Played{world_of(R"({ "format": 1, "until": "1h",
              "servers": { "mail.isp.example": { "handles": ["isp.example"], "software": "sendmail" } },
              "dns": { )" + dns + R"( },
              "people": { "ola": { "name": "Ola", "address": "ola@given-up.example",
                                   "outgoing": { "server": "mail.isp.example", "authenticate": false } } },
              "mail": [ { "from": "ola", "to": "maya@isp.example" } ] })")}
                .told(detail);
        };
    for (Detail const detail : {Detail::magic, Detail::servers}) {
        CHECK(contains(told("", detail), "(the sender's domain does not exist)"));
        CHECK_FALSE(contains(told("", detail), "(no such domain)"));
        CHECK(contains(told(R"("given-up.example": { "fails": "servfail" })", detail),
                       "(trouble with the DNS about the sender's domain)"));
    }
}

TEST_CASE("a route goes without a login, and nobody is told to enter an account for it") {
    Result const result{{world_of(R"({ "format": 1,
        "servers": { "mail.isp.example": { "handles": ["isp.example"],
                                           "routes": { "shop.example": "gw.example" } },
                     "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] },
                     "gw.example": { "accounts": { "isp": "x" } } },
        "people": { "maya": { "address": "maya@isp.example" } },
        "mail": [ { "from": "maya", "to": ["leo@shop.example"] } ] })")}};
    Advice const advice = result.advice();
    INFO(advice.text);
    CHECK(advice.culprit == "the postmaster of mail.isp.example");
    CHECK_FALSE(contains(advice.text, "smarthost_account"));
    CHECK(contains(advice.text, "let it lead to mx1.shop.example, which handles shop.example"));
}

TEST_CASE("two routes that lead to each other are a circle, whatever the software") {
    for (std::string const software : {"postfix", "exim", "sendmail", "qmail", "opensmtpd", "exchange"}) {
        Result const result{{world_of(R"({ "format": 1,
            "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                         "b1.example": { "relays_for": ["d.example"], "routes": { "d.example": "b2.example" },
                                         "software": ")" +
                                      software + R"(" },
                         "b2.example": { "relays_for": ["d.example"],
                                         "routes": { "d.example": "b1.example" } } },
            "dns": { "d.example": { "mx": [ { "host": "b1.example" } ] } },
            "people": { "maya": { "address": "maya@isp.example" } },
            "mail": [ { "from": "maya", "to": ["leo@d.example"] } ] })")}};
        INFO(software);
        CHECK(
            contains(result.advice().text,
                     "smarthosts or routes lead in a circle. Let one of them lead to the server that handles "
                     "d.example."));
    }
}

TEST_CASE("trust is not advised where it is given, nor where it does not help") {
    auto const advice = [](std::string const& isp, std::string const& maya) {
        return Result{{world_of(R"({ "format": 1, "networks": { "home": {} },
            "servers": { "mail.isp.example": { "handles": ["isp.example"], "accounts": {} )" +
                                isp + R"( } },
            "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "network": "home" )" +
                                maya + R"( } },
            "mail": [ { "from": "maya", "to": ["leo@shop.example"] } ] })")}}
            .advice()
            .text;
    };
    std::string const trusts = R"(, "trusts": ["home"])";
    std::string const web = R"(, "outgoing": { "web": true })";
    CHECK(contains(advice("", ""), "let the server trust it"));
    CHECK_FALSE(contains(advice(trusts, ""), "let the server trust it"));
    CHECK(contains(advice(trusts, ""), "send on port 25 without a login: the server trusts that network"));
    CHECK_FALSE(contains(advice("", web), "trust"));
    CHECK_FALSE(contains(advice(trusts, web), "trust"));
}

TEST_CASE("nobody without an account is sent to port 25 of a network that blocks it") {
    auto const advised = [](std::string_view home) {
        return Result{{world_of(fmt::format(R"({{ "format": 1,
            "networks": {{ "home": {{ {} }}, "work": {{}} }},
            "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "network": "work",
                                                 "accounts": {{}}, "trusts": ["home"] }} }},
            "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example", "network": "home" }} }},
            "mail": [ {{ "from": "maya", "to": ["leo@shop.example"] }} ] }})",
                                            home))}}
            .advice()
            .text;
    };
    CHECK(contains(advised(""), "send on port 25 without a login"));
    std::string const blocked = advised(R"("blocks": [ { "port": 25 } ])");
    INFO(blocked);
    CHECK(contains(blocked, "Add one."));
    CHECK_FALSE(contains(blocked, "port 25"));
}

TEST_CASE("a gateway that was never told to relay is to be told, and stays in the way") {
    auto const advised = [](std::string_view gateway) {
        Played const played{world_of(fmt::format(R"({{ "format": 1,
"networks": {{ "g": {{}}, "p": {{ "reaches": ["g"] }} }},
"servers": {{ "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"] }},
             "gw.firm.example": {{ "network": "g" {} }},
             "in.firm.example": {{ "network": "p", "handles": ["firm.example"], "mailboxes": ["ada"] }} }},
"dns": {{ "firm.example": {{ "mx": [ {{ "host": "gw.firm.example" }} ] }} }},
"people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example" }} }},
"mail": [ {{ "from": "maya", "to": ["ada@firm.example"] }} ] }})",
                                                 gateway))};
        RecipientSummary const& came = played.summary.recipients.at(0);
        auto const advice = advise(played.world, played.trace, *came.settled);
        return advice ? advice->culprit + ": " + advice->text : "";
    };
    std::string const to_be_told = "the postmaster of gw.firm.example: The DNS sends mail for firm.example "
                                   "to gw.firm.example, the way in "
                                   "to in.firm.example, which handles the domain, but gw.firm.example was "
                                   "never told to relay for it. Add "
                                   "firm.example to the domains that it relays for";
    std::string const route = R"(, "routes": { "firm.example": "in.firm.example" })";
    CHECK(advised(route) == to_be_told + ".");
    CHECK(advised("") == to_be_told + ", and give it a route for firm.example to in.firm.example.");
    CHECK(advised(route + R"(, "relays_for": ["firm.example"])").empty());
}

TEST_CASE("a network that is cut off is for its own keeper to mend") {
    Advice const advice =
        result_of({.changes = R"({ "at": "0s", "network": "shop", "set": { "up": false } })"}).advice();
    CHECK(advice.culprit == "whoever runs the network of mx1.shop.example");
}
