// Advice that shows another way, where the first one is closed: it has to be one that is open.
#include "told.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// Maya at home, her provider, the shop, and what each test adds.
struct Ways {
    std::string isp{};  // keys of the provider's server
    std::string home{}; // of the network in which Maya and the provider stand
    std::string maya{}; // of Maya
    std::string servers{};
    std::string mail = R"({ "from": "maya", "to": "leo@shop.example" })";
    std::string more{};

    [[nodiscard]] std::string told() const {
        return Played{world_of(fmt::format(
                          R"({{ "format": 1, "title": "A test", "until": "7d",
      "networks": {{ "home": {{ "label": "the house" {} }} }},
      "servers": {{
        "mail.isp.example": {{ "network": "home", "handles": ["isp.example"] {} }},
        "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"] }} {} }},
      "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example", "network": "home" {} }} }},
      "mail": [ {} ] {} }})",
                          home, isp, servers, maya, mail, more))}
            .told();
    }
};

constexpr char const* blocks_25 = R"(, "blocks": [ { "port": 25 } ], "range": "192.0.2.0/24")";
constexpr char const* relay = R"(, "relay.example": { "accounts": { "isp": "x" }, "trusts": ["home"] })";

} // namespace

TEST_CASE("a smarthost is a way round a blocked port only with an account there") {
    std::string const told = Ways{.isp = R"(, "retry": { "give_up": "1h" })", .home = blocks_25}.told();
    INFO(told);
    CHECK(contains(told,
                   "Open it for this server, or let the server send its mail through the provider's, with "
                   "an account there (a smarthost): that goes by port 587."));
    std::string const without = Ways{.isp = R"(, "retry": { "give_up": "1h" }, "smarthost": "relay.example")",
                                     .home = blocks_25,
                                     .servers = relay}
                                    .told();
    INFO(without);
    CHECK(contains(without, "or let the server log in at its smarthost: that goes by port 587."));
    constexpr char const* logs_in = R"(, "retry": { "give_up": "1h" }, "smarthost": "relay.example",
        "smarthost_account": { "user": "isp", "password": "x" })";
    std::string const with = Ways{.isp = logs_in, .home = blocks_25, .servers = relay}.told();
    INFO(with);
    CHECK_FALSE(contains(with, "Who has to mend it")); // the advice was good
    std::string const both = Ways{.isp = logs_in,
                                  .home = R"(, "blocks": [ { "port": 25 }, { "port": 587 } ])",
                                  .servers = R"(, "relay.example": { "accounts": { "isp": "x" } })"}
                                 .told();
    INFO(both);
    CHECK(contains(both, "lets nothing out to port 587. Open it for this server. "));
}

TEST_CASE("what failed before the repair has not failed in spite of it") {
    constexpr char const* mended =
        R"(, "dns": { "shop.example": { "mx": [ { "host": "mx2.shop.example" } ] } },
      "changes": [ { "at": "50m", "server": "mx2.shop.example", "set": { "handles": ["shop.example"] } } ])";
    constexpr char const* two = R"({ "from": "maya", "to": "leo@shop.example" },
        { "at": "25m", "from": "maya", "to": "leo@shop.example" })";
    constexpr char const* mx2 = R"(, "mx2.shop.example": { "mailboxes": ["leo"] })";
    std::string const told = Ways{.servers = mx2, .mail = two, .more = mended}.told();
    INFO(told);
    CHECK_FALSE(contains(told, "failed all the same"));
    CHECK(count_in(told, "Send it again.") == 1);
    constexpr char const* later =
        R"(, "dns": { "shop.example": { "mx": [ { "host": "mx2.shop.example" } ] } },
      "changes": [ { "at": "50m", "server": "mx2.shop.example", "set": { "handles": ["shop.example"] } },
                   { "at": "2h", "server": "mx2.shop.example", "set": { "mailboxes": ["leo"] } } ])";
    std::string const third =
        Ways{.servers = R"(, "mx2.shop.example": { "mailboxes": [] })",
             .mail = std::string{two} + R"(, { "at": "1h", "from": "maya", "to": "leo@shop.example" })",
             .more = later}
            .told();
    INFO(third);
    CHECK(contains(third, "What Maya wrote to the same address later failed all the same."));
}

TEST_CASE("who looks for mail elsewhere is not known by it") {
    constexpr char const* pop_first = R"(, "pop_before_smtp": "10m", "accounts": { "maya": "s" })";
    constexpr char const* pop_server = R"(, "pop.example": { "accounts": { "maya": "s" } })";
    auto const looking_at = [&](std::string const& server) {
        return Ways{.isp = pop_first,
                    .maya = R"(, "password": "s", "outgoing": { "authenticate": false }, "incoming": {
                        "server": ")" +
                            server + R"(", "protocol": "pop3", "every": "1d" })",
                    .servers = pop_server,
                    .mail = R"({ "at": "1h", "from": "maya", "to": "leo@shop.example" })"}
            .told();
    };
    CHECK(contains(looking_at("mail.isp.example"), "Look for mail first, and send within 10 min"));
    std::string const elsewhere = looking_at("pop.example");
    INFO(elsewhere);
    CHECK_FALSE(contains(elsewhere, "Look for mail first"));
    CHECK(contains(elsewhere, "Maya: The server does not know who is asking. Turn on authentication"));
}

TEST_CASE("an address in an MX record is the fault of those who keep the record") {
    std::string const told =
        Ways{.isp = R"(, "retry": { "give_up": "1h" })",
             .more = R"(, "dns": { "shop.example": { "mx": [ { "host": "198.51.100.99" } ] } })"}
            .told();
    INFO(told);
    CHECK(contains(told, "Whoever keeps the DNS records of shop.example: The MX record of shop.example names "
                         "198.51.100.99, but a host stands there, not an address"));
}

TEST_CASE("who reaches nothing is not sent by a server that both sides reach") {
    std::string const told =
        Ways{.isp = R"(, "retry": { "give_up": "1h" })", .home = R"(, "reaches": [])"}.told();
    INFO(told);
    CHECK(contains(told, "This network has no way out to any other. Open one, or use another network."));
    CHECK_FALSE(contains(told, "both sides reach"));
}

TEST_CASE("a blocked port for looking for mail has a way round, if that is open") {
    auto const told_of = [](std::string const& blocks, std::string const& protocol) {
        return Played{world_of(fmt::format(R"({{ "format": 1, "until": "1h",
            "networks": {{ "inn": {{ "blocks": [ {} ] }} }},
            "servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }} }},
            "people": {{ "maya": {{ "address": "maya@isp.example", "network": "inn",
                                    "incoming": {{ "protocol": "{}" }} }} }} }})",
                                           blocks, protocol))}
            .told();
    };
    CHECK(contains(
        told_of(R"({ "port": 143 })", "imap"),
        "lets nothing out to port 143. Enter port 993 in the settings for incoming mail: it is open."));
    CHECK(contains(told_of(R"({ "port": 110 })", "pop3"), "Enter port 995"));
    CHECK(
        contains(told_of(R"({ "port": 110 }, { "port": 995 })", "pop3"), "Look for mail from another one."));
}

TEST_CASE("who looks into a mailbox that has moved is sent after it") {
    auto const told_with = [](std::string const& set) {
        return Played{world_of(R"({ "format": 1, "until": "4h",
            "servers": { "old.isp.example": { "handles": ["isp.example"], "accounts": { "maya": "s" } },
                         "new.isp.example": { "accounts": { "maya": "s" } } },
            "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "password": "s",
                                  "incoming": { "server": "old.isp.example" } } },
            "mail": [ { "at": "2h", "from": "maya", "to": "maya@isp.example" } ],
            "changes": [ )" + set +
                               R"( { "at": "1h", "server": "old.isp.example", "set": { "up": false } } ] })")}
            .told();
    };
    std::string const moved =
        told_with(R"({ "at": "30m", "server": "old.isp.example", "set": { "handles": [] } },
        { "at": "30m", "server": "new.isp.example", "set": { "handles": ["isp.example"] } },)");
    INFO(moved);
    CHECK(contains(moved,
                   "Maya: old.isp.example does not answer, and it is new.isp.example that takes the mail of "
                   "isp.example. Enter that one as the incoming server"));
    CHECK(contains(told_with(""), "The postmaster of old.isp.example: Nothing answers there on port 143."));
}

TEST_CASE("where no login is offered, the server that should offer one has to") {
    auto const told_with = [](std::string const& accounts) {
        return Ways{.isp = R"(, "smarthost": "relay.example",
                             "smarthost_account": { "user": "isp", "password": "x" })",
                    .servers = R"(, "relay.example": { "accounts": {)" + accounts + "} }"}
            .told();
    };
    std::string const told = told_with("");
    INFO(told);
    CHECK(contains(told,
                   "The postmaster of relay.example: mail.isp.example wants to log in at this server, which "
                   "has no account for anybody. Add one for it."));
    CHECK_FALSE(contains(told_with(R"("isp": "x")"), "Who has to mend it"));
}
