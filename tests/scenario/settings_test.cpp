// The settings of servers and networks beyond who may send what: aliases, smarthosts, queues, blocked ports.
#include "loading.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::test;

namespace {

using namespace std::chrono_literals;

Server const& server_named(World const& world, std::string_view name) {
    return world.servers[world.hosts[host_named(world, name)].server];
}

/// The complaints about a server a.example with the members; they stand from column 44 on.
std::vector<std::string> about_server(std::string_view members) {
    return complaints_about(
        fmt::format("{{ \"format\": 1, \"servers\": {{ \"a.example\": {{ {} }} }} }}", members));
}

std::vector<std::string> about_network(std::string_view members) {
    return complaints_about(
        fmt::format("{{ \"format\": 1, \"networks\": {{ \"home\": {{ {} }} }} }}", members));
}

} // namespace

TEST_CASE("An alias goes to an address, or to a name at the first domain that the server handles") {
    World const world = world_of(R"({ "format": 1, "servers": {
      "a.example": { "handles": ["z.example", "b.example"],
                     "aliases": { "Sales": "leo@shop.example", "post": "maya", "maya": "post" } } } })");
    Server const& server = server_named(world, "a.example");
    REQUIRE(server.aliases.size() == 3);
    REQUIRE(server.policy.alias_names.size() == 3);
    std::vector<std::string> pairs;
    for (std::size_t n = 0; n < 3; ++n) {
        CHECK(server.aliases[n].local_part == server.policy.alias_names[n]);
        CHECK((n == 0 || server.aliases[n - 1].local_part < server.aliases[n].local_part));
        pairs.push_back(world.book.name(server.aliases[n].local_part) + " " +
                        world.book.text(server.aliases[n].target));
    }
    std::sort(pairs.begin(), pairs.end());
    CHECK(pairs ==
          std::vector<std::string>{"maya post@z.example", "post maya@z.example", "sales leo@shop.example"});
    CHECK_FALSE(records_of(world, "shop.example").exists);
}

TEST_CASE("Aliases that are none are refused") {
    CHECK(
        about_server(R"("aliases": { "post": "maya" })") ==
        std::vector<std::string>{R"(1:65: /servers/a.example/aliases/post: "maya" needs a domain, for this )"
                                 R"(server handles none; write "maya@shop.example")"});
    CHECK(about_server(R"("aliases": { "a b": "x@b.example" })") ==
          std::vector<std::string>{R"(1:57: /servers/a.example/aliases/a b: "a b" is no local part of an )"
                                   "address; leave out the blank"});
    CHECK(
        about_server(R"("aliases": { "p@b.example": "x@b.example" })") ==
        std::vector<std::string>{R"(1:57: /servers/a.example/aliases/p@b.example: "p@b.example" is no local )"
                                 R"(part of an address; write what stands before the @: "p")"});
    CHECK(
        about_server(R"("aliases": { "*": "x@b.example" })") ==
        std::vector<std::string>{"1:57: /servers/a.example/aliases/*: an alias cannot stand for every name; "
                                 "name each alias"});
    CHECK(about_server(R"("aliases": { "p": "x@b.example", "P": "y@b.example" })") ==
          std::vector<std::string>{R"(1:77: /servers/a.example/aliases/P: "P" is an alias already; mailflow )"
                                   "takes upper and lower case for the same in addresses"});
    CHECK(about_server(R"("aliases": { "p": "x@" })") ==
          std::vector<std::string>{R"(1:62: /servers/a.example/aliases/p: "x@" is no mail address; it reads )"
                                   "like maya@isp.example"});
    CHECK(about_server(R"("aliases": { "p": "jürgen@b.example" })") ==
          std::vector<std::string>{R"(1:62: /servers/a.example/aliases/p: "jürgen@b.example" is no mail )"
                                   "address; the addresses of a scenario have no letters beyond ASCII"});
    CHECK(
        about_server(R"("mailboxes": ["jürgen"])") ==
        std::vector<std::string>{R"(1:58: /servers/a.example/mailboxes/0: "jürgen" is no name of a mailbox; )"
                                 "the addresses of a scenario have no letters beyond ASCII"});
}

TEST_CASE("A smarthost, its account and the routes beside it are what the file says") {
    World const world = world_of(R"({ "format": 1, "servers": {
      "a.example": { "smarthost": "RELAY.example", "smarthost_account": { "user": "isp", "password": "x" },
                     "routes": { "p.example": "relay.example", "o.example": "a.example" } },
      "relay.example": {} } })");
    Server const& server = server_named(world, "a.example");
    CHECK(server.smarthost == world.book.find_domain("relay.example"));
    REQUIRE(server.smarthost_account);
    CHECK(server.smarthost_account->user == "isp");
    CHECK(server.smarthost_account->password == "x");
    REQUIRE(server.routes.size() == 2);
    CHECK(server.routes[0].domain < server.routes[1].domain);
    for (Route const& route : server.routes)
        CHECK(world.book.name(route.host) ==
              (world.book.name(route.domain) == "p.example" ? "relay.example" : "a.example"));
    CHECK_FALSE(server_named(world, "relay.example").smarthost);
    CHECK_FALSE(server_named(world, "relay.example").smarthost_account);
}

TEST_CASE("Smarthosts and routes that lead nowhere are refused") {
    CHECK(about_server(R"("smarthost": "b.example")") ==
          std::vector<std::string>{R"(1:57: /servers/a.example/smarthost: there is no server "b.example"; )"
                                   R"(did you mean "a.example"?)"});
    CHECK(
        about_server(R"("routes": { "p.example": "mx.example", "-": "a.example" })") ==
        std::vector<std::string>{R"(1:69: /servers/a.example/routes/p.example: there is no server )"
                                 R"("mx.example"; did you mean "a.example"?)",
                                 R"(1:83: /servers/a.example/routes/-: "-" is no domain name; it reads like )"
                                 "shop.example"});
    CHECK(about_server(R"("routes": { "p.example": "a.example", "P.example": "a.example" })") ==
          std::vector<std::string>{R"(1:82: /servers/a.example/routes/P.example: "P.example" has a route )"
                                   "already; upper and lower case are the same in domain names"});
    CHECK(
        about_server(R"("smarthost_account": { "user": "u", "password": "p" })") ==
        std::vector<std::string>{R"(1:65: /servers/a.example/smarthost_account: "smarthost_account" needs a )"
                                 R"("smarthost"; name the server that takes this server's mail, or leave )"
                                 R"(the account out (null, in a change))"});
    CHECK(about_server(R"("smarthost": "a.example", "smarthost_account": { "user": "u" })") ==
          std::vector<std::string>{R"(1:91: /servers/a.example/smarthost_account: "password" is missing; )"
                                   R"(write "password": "secret")"});
}

TEST_CASE("Sizes, greylisting and whether the server is up") {
    World const world = world_of(R"({ "format": 1, "servers": {
      "a.example": { "max_size": "10MB", "greylist": "5m", "up": false }, "b.example": {} } })");
    CHECK(policy_of(world, "a.example").max_size_bytes == 10'000'000);
    CHECK(policy_of(world, "a.example").greylist == Duration{5min});
    CHECK_FALSE(server_named(world, "a.example").up);
    CHECK_FALSE(policy_of(world, "b.example").max_size_bytes);
    CHECK_FALSE(policy_of(world, "b.example").greylist);
    CHECK(server_named(world, "b.example").up);
    CHECK(about_server(R"("greylist": "0s", "max_size": "0B", "up": 1)") ==
          std::vector<std::string>{
              R"(1:56: /servers/a.example/greylist: "greylist" must be more than 0s)",
              R"(1:74: /servers/a.example/max_size: "max_size" must be a size such as "500B", "4kB" or )"
              R"("10MB", from 1B to 10GB)",
              R"(1:86: /servers/a.example/up: "up" must be true or false, not a number)"});
}

TEST_CASE("A queue retries as the file says, and what it leaves out is filled in") {
    World const world = world_of(R"({ "format": 1, "servers": {
      "a.example": { "retry": { "first": "1m", "most": "10m", "give_up": "2h", "warn": "1h" } },
      "b.example": { "retry": {} }, "c.example": {} } })");
    auto const& retry = server_named(world, "a.example").retry;
    REQUIRE(retry);
    REQUIRE(retry->back_off);
    CHECK(retry->back_off->first == Duration{1min});
    CHECK(retry->back_off->most == Duration{10min});
    CHECK(retry->give_up == Duration{2h});
    CHECK(retry->warn == Duration{1h});
    auto const& usual = server_named(world, "b.example").retry;
    REQUIRE(usual);
    CHECK_FALSE(usual->back_off);
    CHECK(usual->give_up == Duration{120h});
    CHECK_FALSE(usual->warn);
    CHECK_FALSE(server_named(world, "c.example").retry);
}

TEST_CASE("What the postmaster leaves out of the retries stays as it is in the software") {
    World const world = world_of(R"({ "format": 1, "servers": {
      "a.example": { "software": "sendmail", "retry": { "give_up": "3d" } },
      "b.example": { "software": "exchange", "retry": { "first": "2h" } },
      "c.example": { "software": "exim", "retry": { "most": "5m" } },
      "d.example": { "software": "opensmtpd", "retry": { "warn": "1h" } } } })");
    auto const& sendmail = server_named(world, "a.example").retry;
    REQUIRE(sendmail);
    CHECK_FALSE(sendmail->back_off);
    CHECK(sendmail->give_up == Duration{72h});
    CHECK(sendmail->warn == Duration{4h});
    auto const& exchange = server_named(world, "b.example").retry;
    REQUIRE((exchange && exchange->back_off));
    CHECK(exchange->back_off->first == Duration{2h});
    CHECK(exchange->back_off->most == Duration{2h}); // its own ten minutes are shorter
    CHECK(exchange->give_up == Duration{48h});
    auto const& exim = server_named(world, "c.example").retry;
    REQUIRE((exim && exim->back_off));
    CHECK(exim->back_off->first == Duration{5min}); // its own quarter of an hour is longer
    CHECK(exim->back_off->most == Duration{5min});
    CHECK(exim->warn == Duration{24h});
    auto const& opensmtpd = server_named(world, "d.example").retry;
    REQUIRE(opensmtpd);
    CHECK(opensmtpd->warn == Duration{1h});
    CHECK(opensmtpd->give_up == Duration{96h});
}

TEST_CASE("Queues that cannot be are refused") {
    CHECK(about_server(R"("retry": { "first": "2h", "most": "1h" })") ==
          std::vector<std::string>{R"(1:64: /servers/a.example/retry/first: "first", 2h, must not be longer )"
                                   R"(than "most", 1h)"});
    CHECK(about_server(R"("retry": { "warn": "5d", "give_up": "5d" })") ==
          std::vector<std::string>{R"(1:63: /servers/a.example/retry/warn: "warn", 5d, must be shorter than )"
                                   R"("give_up", 5d)"});
    CHECK(about_server(R"("retry": { "warn": "5d" })") ==
          std::vector<std::string>{
              R"(1:63: /servers/a.example/retry/warn: "warn", 5d, must be shorter than 5d, )"
              R"(after which postfix gives up; name a longer "give_up", too)"});
    CHECK(about_server(R"("software": "qmail", "retry": { "warn": "5d" })").empty());
    CHECK(about_server(R"("retry": { "first": "10ms" })") ==
          std::vector<std::string>{R"(1:64: /servers/a.example/retry/first: "first" must be at least "1s")"});
    // What was complained about is not compared with the usual time in its place.
    CHECK(about_server(R"("retry": { "first": "0s", "most": "1m" })").size() == 1);
    CHECK(about_server(R"("retry": { "give_up": "soon", "warn": "6d" })").size() == 1);
    CHECK(
        about_server(R"("retry": "5m")") ==
        std::vector<std::string>{R"(1:53: /servers/a.example/retry: "retry" must be an object, not a text)"});
}

TEST_CASE("A network blocks ports and reaches other networks as the file says") {
    World const world = world_of(R"({ "format": 1, "networks": {
      "a": { "blocks": [ { "port": 587 }, { "port": 25 }, { "port": 587 } ], "reaches": ["c", "b"] },
      "b": { "reaches": [] }, "c": { "up": true }, "d": { "reaches": ["a"], "up": false } } })");
    CHECK(world.networks[NetworkId{0}].blocked_ports == std::vector<Port>{25, 587});
    CHECK(world.networks[NetworkId{0}].reaches == std::vector{NetworkId{1}, NetworkId{2}});
    CHECK(world.networks[NetworkId{1}].reaches == std::vector<NetworkId>{});
    CHECK(world.networks[NetworkId{3}].reaches == std::vector<NetworkId>{}); // whatever it has ways to
    CHECK(world.networks[NetworkId{2}].blocked_ports.empty());
    CHECK_FALSE(world.networks[NetworkId{2}].reaches);
    CHECK(
        about_network(R"("reaches": [ "hme" ])") ==
        std::vector<std::string>{R"(1:53: /networks/home/reaches/0: there is no network "hme"; did you mean )"
                                 R"("home"?)"});
    CHECK(about_network(R"("blocks": [ 25, { "prot": 25 } ])") ==
          std::vector<std::string>{
              R"(1:52: /networks/home/blocks/0: an item of "blocks" must be an object, not a number)",
              R"(1:56: /networks/home/blocks/1: "port" is missing; write "port": 25)",
              R"(1:58: /networks/home/blocks/1/prot: unknown key "prot"; did you mean "port"?)"});
}

TEST_CASE("A failing domain keeps the records that it has by default, and any entry its MX") {
    World const world = world_of(R"({ "format": 1,
      "servers": { "mx.example": { "handles": ["a.example", "b.example", "c.example"] } },
      "dns": { "a.example": { "fails": "servfail" }, "b.example": { "fails": "timeout", "ttl": "90s" },
               "c.example": { "ttl": "5m" }, "d.example": { "fails": "timeout" },
               "e.example": { "fails": "nxdomain", "ttl": "1s" } } })");
    DnsRecords const& a = records_of(world, "a.example");
    CHECK(a.exists);
    CHECK(a.trouble == DnsTrouble::server_failure);
    CHECK(a.mx.size() == 1);
    CHECK(a.ttl == Duration{1h});
    CHECK(records_of(world, "b.example").trouble == DnsTrouble::no_answer);
    CHECK(records_of(world, "b.example").ttl == Duration{90s});
    CHECK(records_of(world, "c.example").trouble == DnsTrouble::none);
    CHECK(records_of(world, "c.example").mx.size() == 1);
    CHECK(records_of(world, "c.example").ttl == Duration{5min});
    CHECK(records_of(world, "d.example").exists);
    CHECK(records_of(world, "d.example").mx.empty());
    CHECK_FALSE(records_of(world, "e.example").exists);
    CHECK(records_of(world, "e.example").ttl == Duration{1s});
}

TEST_CASE("A message goes once through another server") {
    std::string const start = R"({ "format": 1, "servers": { "a.example": { "handles": ["a.example"] } },
  "people": { "m": { "address": "m@a.example" } },
  "mail": [ { "from": "m", "to": "n@a.example" }, { "from": "m", "to": "n@a.example", "via": )";
    World const world = world_of(start + R"("A.example" } ] })");
    CHECK_FALSE(world.mail[MailId{0}].via.valid());
    CHECK(world.mail[MailId{1}].via == ServerId{0});
    CHECK(complaints_about(start + R"("home" } ] })") ==
          std::vector<std::string>{
              R"(3:94: /mail/1/via: there is no server "home"; there is only "a.example")"});
}

TEST_CASE("Every reason that a run can give can be expected") {
    for (std::size_t n = 1; n < reason_names.size(); ++n) {
        World const world = world_of(fmt::format(
            R"({{ "format": 1, "servers": {{ "a.example": {{ "handles": ["a.example"] }} }}, "people": )"
            R"({{ "m": {{ "address": "m@a.example" }} }}, "mail": [ {{ "from": "m", "to": "n@a.example" )"
            R"(}} ], "expect": [ {{ "mail": "mail-1", "reason": "{}" }} ] }})",
            reason_names[n]));
        CHECK(world.expectations.at(0).reason == static_cast<Reason>(n));
    }
}

TEST_CASE("Places and machines may say where a picture shows them, in thousandths of it") {
    World const world = world_of(R"({ "format": 1,
      "networks": { "isp": { "at": [500, 250] }, "home": {} },
      "servers": { "a.example": { "network": "isp", "at": [0, 1000] } },
      "people": { "maya": { "address": "maya@a.example", "network": "home", "at": [120, 40],
                            "outgoing": { "server": "a.example" } } } })");
    CHECK(world.networks[NetworkId{0}].shown_at == PictureSpot{500, 250});
    CHECK_FALSE(world.networks[NetworkId{1}].shown_at);
    CHECK(world.hosts[host_named(world, "a.example")].shown_at == PictureSpot{0, 1000});
    CHECK(world.hosts[host_named(world, "maya")].shown_at == PictureSpot{120, 40});
}

TEST_CASE("A spot in the picture that is none is refused with what it should be") {
    for (std::string_view const bad : {"[500]", "[1, 2, 3]", "[]"}) {
        auto const complaints = about_network(fmt::format(R"("at": {})", bad));
        REQUIRE(complaints.size() == 1);
        CHECK(contains(complaints[0], "/networks/home/at"));
        CHECK(contains(complaints[0], "the middle is [500, 500]"));
    }
    auto const outside = about_network(R"("at": [500, 1001])");
    REQUIRE(outside.size() == 1);
    CHECK(contains(outside[0], "must be a whole number from 0 to 1000"));
    CHECK(about_server(R"("at": "left")").size() == 1);
}
