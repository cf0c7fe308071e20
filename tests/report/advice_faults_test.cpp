// Whose fault it is where the writer has done nothing wrong: mailboxes and domains that should be there,
// strangers who are none, two servers at once.
#include "told.hpp"

#include <fmt/format.h>

using namespace mailflow;

namespace {

/// Maya's provider, the shop, and what each test adds.
struct Worlds {
    std::string isp{};  // keys of the provider's server
    std::string shop{}; // of the shop's
    std::string servers{};
    std::string people{};
    std::string to = "leo@shop.example";
    std::string at = "0s";
    std::string more{};

    [[nodiscard]] std::string told() const {
        return Played{world_of(fmt::format(
                          R"({{ "format": 1, "title": "A test", "until": "7d",
      "servers": {{
        "mail.isp.example": {{ "handles": ["isp.example"] {} }},
        "mx1.shop.example": {{ "handles": ["shop.example"], "mailboxes": ["leo"] {} }} {} }},
      "people": {{ "maya": {{ "name": "Maya", "address": "maya@isp.example" }} {} }},
      "mail": [ {{ "at": "{}", "from": "maya", "to": ["{}"] }} ] {} }})",
                          isp, shop, servers, people, at, to, more))}
            .told();
    }
};

constexpr char const* both_named = R"(, "dns": { "shop.example": { "mx": [
    { "host": "mx1.shop.example", "preference": 1 }, { "host": "bak.example", "preference": 9 } ] } })";

} // namespace

TEST_CASE("a domain that somebody handles and that the DNS denies is no typing error") {
    std::string const denied = R"({ "fails": "nxdomain" })";
    for (std::string const& more :
         {R"(, "dns": { "shop.example": )" + denied + " }",
          R"(, "changes": [ { "at": "1h", "dns": "shop.example", "set": )" + denied + " } ]"}) {
        std::string const told = Worlds{.at = "3h", .more = more}.told();
        INFO(told);
        CHECK(contains(told, "Whoever keeps the DNS records of shop.example: The DNS says that there is no "
                             "domain shop.example, but mx1.shop.example handles it."));
        CHECK_FALSE(contains(told, "typing error"));
    }
    CHECK(contains(Worlds{.to = "leo@shoop.example"}.told(), "typing error"));
}

TEST_CASE("a mailbox that should be there is the postmaster's to make") {
    std::string const of_tom =
        Worlds{.people = R"(, "tom": { "name": "Tom", "address": "tom@shop.example" })",
               .to = "tom@shop.example"}
            .told();
    INFO(of_tom);
    CHECK(contains(of_tom, "The postmaster of mx1.shop.example: tom@shop.example is the address of Tom, and "
                           "this server has no mailbox for it. Add one."));
    std::string const own = Worlds{.isp = R"(, "mailboxes": ["tom"])", .to = "maya@isp.example"}.told();
    INFO(own);
    CHECK(contains(own, "The postmaster of mail.isp.example: maya@isp.example is the address of Maya"));
    std::string const gone = Worlds{.at = "2h",
                                    .more =
                                        R"(, "changes": [ { "at": "1h", "server": "mx1.shop.example",
                                      "set": { "mailboxes": [] } } ])"}
                                 .told();
    INFO(gone);
    CHECK(contains(gone,
                   "The postmaster of mx1.shop.example: The server had a mailbox leo, and somebody took "
                   "it away."));
    CHECK(contains(Worlds{.to = "lea@shop.example"}.told(), "Maya: Nobody called \"lea\" has a mailbox"));
}

TEST_CASE("a backup server that has given a domain up is not said to have never heard of it") {
    auto const told_with = [](std::string const& relays_for, std::string const& changes) {
        return Worlds{.shop = R"(, "up": false)",
                      .servers = R"(, "bak.example": { "relays_for": [)" + relays_for + "] }",
                      .at = "2h",
                      .more = both_named + changes}
            .told();
    };
    std::string const given_up =
        told_with(R"("shop.example")",
                  R"(, "changes": [ { "at": "1h", "server": "bak.example", "set": { "relays_for": [] } } ])");
    INFO(given_up);
    CHECK(contains(given_up,
                   "The postmaster of bak.example: The DNS names bak.example as a backup server for "
                   "shop.example, for which it does not relay any more."));
    std::string const never = told_with("", "");
    INFO(never);
    CHECK(contains(never, "but the server was never told so"));
}

TEST_CASE("a backup that is down beside the main server matters no more when that is up again") {
    std::string const bak = R"(, "bak.example": { "relays_for": ["shop.example"], "up": false })";
    std::string const mended =
        Worlds{.shop = R"(, "up": false)", .servers = bak, .more = both_named + std::string{R"(, "changes": [
                   { "at": "6d", "server": "mx1.shop.example", "set": { "up": true } } ])"}}
            .told();
    INFO(mended);
    CHECK_FALSE(contains(mended, "Start the mail service"));
    CHECK(contains(mended, "Send it again"));
    // One that handles the domain, too, is no backup that only keeps the mail; nor is one that was never
    // told.
    for (char const* second : {R"(, "bak.example": { "handles": ["shop.example"], "up": false })",
                               R"(, "bak.example": { "up": false })"}) {
        std::string const told =
            Worlds{.shop = R"(, "up": false)", .servers = second, .more = both_named}.told();
        INFO(told);
        CHECK_FALSE(contains(told, "its backup"));
    }
}

TEST_CASE("where the server of the domain and its backup are down both postmasters are named") {
    std::string const told =
        Worlds{.shop = R"(, "up": false)",
               .servers = R"(, "bak.example": { "relays_for": ["shop.example"], "up": false })",
               .more = both_named}
            .told();
    INFO(told);
    CHECK(contains(told, "The postmasters of mx1.shop.example and bak.example: Nothing answers on port 25 at "
                         "mx1.shop.example, which handles shop.example, nor at bak.example, its backup."));
}

TEST_CASE("a backup server that is down and was never told of the domain is not the one to be started") {
    std::string const down = R"(, "bak.example": { "up": false })";
    std::string const both = Worlds{.shop = R"(, "up": false)", .servers = down, .more = both_named}.told();
    INFO(both);
    CHECK(contains(both, "The postmaster of mx1.shop.example: Nothing answers on port 25 at "
                         "mx1.shop.example, which handles shop.example. Start the mail service of "
                         "mx1.shop.example again."));
    CHECK(contains(both, "would only refuse the mail"));
    std::string const cut_off =
        Worlds{.shop = R"(, "network": "shop")",
               .servers = down,
               .more = std::string{both_named} + R"(, "networks": { "shop": { "up": false } })"}
            .told();
    INFO(cut_off);
    CHECK(contains(cut_off, "Whoever runs the network of mx1.shop.example: This network is cut off"));
    CHECK_FALSE(contains(cut_off, "The postmaster of bak.example"));
}

TEST_CASE("a dead server that would refuse to relay is not started, but taken out of the way") {
    std::string const gone = R"(, "gone.example": { "up": false })";
    std::string const to_gone = R"(, "dns": { "shop.example": { "mx": [ { "host": "gone.example" } ] } })";
    std::string const by_dns = Worlds{.servers = gone, .more = to_gone}.told();
    INFO(by_dns);
    CHECK(contains(by_dns, "it is mx1.shop.example that handles the domain. Let the MX record name that "
                           "server."));
    CHECK_FALSE(contains(by_dns, "Start the mail service"));
    std::string const cut_off = Worlds{.servers = R"(, "gone.example": { "network": "old" })",
                                       .more = to_gone + R"(, "networks": { "old": { "up": false } })"}
                                    .told();
    INFO(cut_off);
    CHECK(contains(cut_off, "Let the MX record name that server."));
    CHECK_FALSE(contains(cut_off, "Mend its line"));
    std::string const by_route =
        Worlds{.isp = R"(, "routes": { "shop.example": "gone.example" })", .servers = gone}.told();
    INFO(by_route);
    CHECK(contains(by_route, "The postmaster of mail.isp.example: The route of this server"));
    CHECK_FALSE(contains(by_route, "Start the mail service"));
}

TEST_CASE("a backup server whose smarthost follows the MX records back to it needs a route") {
    std::string const told =
        Worlds{.shop = R"(, "up": false)",
               .servers = R"(, "bak.example": { "relays_for": ["shop.example"], "smarthost": "r.example" },
                               "r.example": { "open_relay": true })",
               .more = both_named}
            .told();
    INFO(told);
    CHECK(contains(told, "The postmaster of bak.example: bak.example relays for shop.example"));
    CHECK(contains(told, "Give it a route for shop.example to mx1.shop.example, past the smarthost."));
    CHECK_FALSE(contains(told, "local domains"));
}

TEST_CASE("a gateway whose route leads back is not to be mended at the other end") {
    std::string const told =
        Worlds{.servers = R"(, "bak.example": { "relays_for": ["shop.example"],
                                                "routes": { "shop.example": "gw.example" } },
                               "gw.example": { "relays_for": ["shop.example"] })",
               .more = R"(, "dns": { "shop.example": { "mx": [ { "host": "bak.example" } ] } })"}
            .told();
    INFO(told);
    CHECK(contains(told,
                   "The postmaster of bak.example: bak.example relays for shop.example, and its route leads "
                   "to gw.example, which sends the mail back. Let the route lead to mx1.shop.example"));
    CHECK_FALSE(contains(told, "local domains"));
}

TEST_CASE("a mailbox that every name had is nobody's that was taken away") {
    std::string const told = Played{world_of(R"({ "format": 1, "title": "A test",
      "servers": { "mail.isp.example": { "handles": ["isp.example"] },
                   "mx1.shop.example": { "handles": ["shop.example"] } },
      "people": { "maya": { "name": "Maya", "address": "maya@isp.example" } },
      "changes": [ { "at": "1h", "server": "mx1.shop.example", "set": { "mailboxes": ["leo"] } } ],
      "mail": [ { "at": "2h", "from": "maya", "to": ["loe@shop.example"] } ] })")}
                                 .told();
    INFO(told);
    CHECK(contains(told, "Maya: Nobody called \"loe\" has a mailbox"));
}

TEST_CASE("who has turned on authentication since is not told to do so") {
    std::string const told = Played{world_of(R"({ "format": 1, "title": "A test", "networks": { "hotel": {} },
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "greylist": "5m" } },
      "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "network": "hotel",
                            "outgoing": { "authenticate": false } } },
      "changes": [ { "at": "1h", "person": "maya", "set": { "outgoing": { "authenticate": true } } } ],
      "mail": [ { "from": "maya", "to": ["tom@isp.example"] } ] })")}
                                 .told();
    INFO(told);
    CHECK_FALSE(contains(told, "Turn on authentication"));
    CHECK(contains(told, "Send it again"));
}

TEST_CASE("an alias to a domain that the DNS denies is not to be changed") {
    std::string const told = Worlds{.isp = R"(, "aliases": { "sales": "leo@shop.example" })",
                                    .to = "sales@isp.example",
                                    .more = R"(, "dns": { "shop.example": { "fails": "nxdomain" } })"}
                                 .told();
    INFO(told);
    CHECK(contains(told,
                   "Whoever keeps the DNS records of shop.example: The DNS says that there is no domain"));
    CHECK_FALSE(contains(told, "Let it lead to a mailbox"));
}

TEST_CASE("who is a stranger at the own provider has not logged in") {
    auto const told_with = [](std::string const& accounts) {
        return Played{world_of(R"({ "format": 1, "title": "A test", "networks": { "hotel": {} },
          "servers": { "mail.isp.example": { "handles": ["isp.example"], "greylist": "5m" )" +
                               accounts + R"( } },
          "people": { "maya": { "name": "Maya", "address": "maya@isp.example", "network": "hotel",
                                "outgoing": { "authenticate": false } } },
          "mail": [ { "from": "maya", "to": ["tom@isp.example"] } ] })")}
            .told();
    };
    std::string const own = told_with("");
    INFO(own);
    CHECK(contains(own, "does not know who is asking. Turn on authentication"));
    CHECK_FALSE(contains(own, "your own provider's server"));
    std::string const other = told_with(R"(, "accounts": {})");
    INFO(other);
    CHECK(contains(other, "The postmaster of mail.isp.example: This server handles the domain of Maya's own "
                          "address, but has no account for Maya."));
}

TEST_CASE("who cannot look into the mailbox is told whose fault that is") {
    auto const told_with = [](std::string const& incoming, std::string const& more,
                              std::string const& person = "", std::string const& shop = "") {
        return Worlds{.shop = shop,
                      .people = R"(, "leo": { "name": "Leo", "address": "leo@shop.example",
                                              "incoming": { "every": "10m" )" +
                                incoming + " }" + person + " }",
                      .more = more}
            .told();
    };
    CHECK(contains(told_with(R"(, "server": "mail.isp.example")", ""),
                   "Leo: mail.isp.example has no account leo, and is not the server of your own provider."));
    CHECK(
        contains(Worlds{.shop = R"(, "accounts": {})",
                        .servers = R"(, "mx2.shop.example": { "handles": ["shop.example"],
                                          "accounts": { "leo": "x" } })",
                        .people = R"(, "leo": { "name": "Leo", "address": "leo@shop.example", "password": "x",
                              "incoming": { "server": "mx1.shop.example", "every": "10m" },
                              "outgoing": { "server": "mx2.shop.example" } })"}
                     .told(),
                 "Leo: mx1.shop.example has no account leo, but mx2.shop.example has."));
    CHECK(contains(told_with("", R"(, "changes": [ { "at": "1m", "server": "mx1.shop.example",
                                                     "set": { "accounts": {} } } ])"),
                   "The postmaster of mx1.shop.example: This server handles the domain of Leo's own address, "
                   "but has no account leo"));
    CHECK(contains(told_with("", "", R"(, "password": "wrong")", R"(, "accounts": { "leo": "right" })"),
                   "Leo: The server does not accept this user name"));
}
