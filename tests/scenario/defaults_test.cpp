// What a scenario leaves out, and what the loader makes of it.
#include "loading.hpp"

using namespace mailflow;
using namespace mailflow::test;

namespace {

std::string const small = R"({
  "format": 1,
  "servers": {
    "mail.isp.example": { "handles": ["isp.example"] },
    "mx1.shop.example": { "handles": ["shop.example", "shop2.example"], "mailboxes": ["leo"] },
    "mx2.shop.example": { "handles": ["shop.example"], "mailboxes": "*" }
  },
  "people": { "maya": { "address": "maya@isp.example" } },
  "mail": [ { "from": "maya", "to": "leo@shop.example" }, { "from": "maya", "to": ["a@lost.example"] } ],
  "expect": [ { "mail": "mail-2", "outcome": "bounced" } ]
})";

} // namespace

TEST_CASE("The smallest scenario is ten lines, and everything else is filled in") {
    World const world = world_of(small);
    CHECK(world.title == "Untitled");
    CHECK(world.summary.empty());
    CHECK(world.seed == 1);
    CHECK(world.until == longest_run);

    Person const& maya = person_named(world, "maya");
    CHECK(maya.name == "Maya");
    CHECK(world.book.text(maya.address) == "maya@isp.example");
    CHECK(world.hosts[world.servers[maya.outgoing].host].name == "mail.isp.example");
    CHECK(maya.authenticate);
    CHECK(maya.port == port_submission);
    CHECK(maya.account.user == "maya");
    CHECK(maya.account.password == policy_of(world, "mail.isp.example").accounts.at(0).password);

    REQUIRE(world.mail.size() == 2);
    Mail const& first = world.mail[MailId{0}];
    CHECK(first.id == "mail-1");
    CHECK(first.at == Instant{});
    CHECK(first.subject == "Hello");
    CHECK(first.size_bytes == 4000);
    CHECK(first.from == PersonId{0});
    REQUIRE(world.expectations.size() == 1);
    CHECK(world.expectations[0].mail == MailId{1});
    CHECK_FALSE(world.expectations[0].to.valid());
    CHECK(world.expectations[0].outcome == Outcome::bounced);
    CHECK_FALSE(world.expectations[0].reason);
}

TEST_CASE("A machine without a network stands in one of its own") {
    World const world = world_of(small);
    REQUIRE(world.networks.size() == 4);
    Network const& server = world.networks[world.hosts[host_named(world, "mail.isp.example")].network];
    CHECK(server.name == "mail.isp.example");
    CHECK(server.label == "mail.isp.example");
    Network const& home = world.networks[world.hosts[host_named(world, "maya")].network];
    CHECK(home.name == "maya");
    CHECK(home.label == "Maya's network");
    CHECK(home.latency == std::chrono::milliseconds{10});

    World const clash = world_of(R"({ "format": 1, "networks": { "maya": {} },
        "servers": { "a.example": { "handles": ["a.example"] } },
        "people": { "maya": { "address": "maya@a.example" } } })");
    CHECK(clash.networks[clash.hosts[host_named(clash, "maya")].network].name == "maya (2)");
}

TEST_CASE("Servers without a list of mailboxes have every name, others just those") {
    World const world = world_of(small);
    CHECK(policy_of(world, "mail.isp.example").any_mailbox);
    CHECK(policy_of(world, "mx2.shop.example").any_mailbox);
    ServerPolicy const& shop = policy_of(world, "mx1.shop.example");
    CHECK_FALSE(shop.any_mailbox);
    CHECK(has_mailbox(shop, world.book, *world.book.find_local_part("LEO")));
    CHECK_FALSE(has_mailbox(shop, world.book, *world.book.find_local_part("maya")));
}

TEST_CASE("Accounts are those of the file, else those of the people with addresses here") {
    World const world = world_of(R"({ "format": 1,
      "servers": {
        "a.example": { "handles": ["a.example", "b.example"] },
        "c.example": { "handles": ["c.example"], "accounts": { "zoe@c.example": "z", "bo": "b" } },
        "d.example": { "handles": ["d.example"], "accounts": {} }
      },
      "people": {
        "maya": { "address": "maya@a.example", "password": "m" },
        "other": { "address": "maya@b.example" },
        "zoe": { "address": "zoe@c.example" },
        "bo": { "address": "robert@c.example", "password": "wrong" },
        "cy": { "address": "cy@c.example" },
        "dan": { "address": "dan@d.example", "outgoing": { "server": "A.example" } }
      } })");
    auto const& accounts = policy_of(world, "a.example").accounts;
    REQUIRE(accounts.size() == 2);
    CHECK(accounts[0].user == "maya");
    CHECK(accounts[0].password == "m");
    CHECK(accounts[1].user == "maya@b.example");
    CHECK(policy_of(world, "d.example").accounts.empty());
    CHECK(person_named(world, "other").account.user == "maya@b.example");
    CHECK(person_named(world, "other").account.password == accounts[1].password);
    CHECK(person_named(world, "zoe").account.user == "zoe@c.example");
    CHECK(person_named(world, "zoe").account.password == "z");
    CHECK(person_named(world, "bo").account.user == "bo");
    CHECK(person_named(world, "bo").account.password == "wrong");
    CHECK(person_named(world, "cy").account.user == "cy"); // whom c.example does not know
    CHECK(person_named(world, "dan").account.user == "dan");
    CHECK(world.hosts[world.servers[person_named(world, "dan").outgoing].host].name == "a.example");
}

TEST_CASE("Without authentication the port is 25, unless the file names one") {
    World const world = world_of(R"({ "format": 1, "servers": { "a.example": { "handles": ["a.example"] } },
      "people": {
        "p": { "address": "p@a.example", "outgoing": { "authenticate": false } },
        "q": { "address": "q@a.example", "outgoing": { "authenticate": false, "port": 587 } },
        "r": { "address": "r@a.example", "outgoing": { "port": 25 } }
      } })");
    CHECK(person_named(world, "p").port == 25);
    CHECK(person_named(world, "q").port == 587);
    CHECK(person_named(world, "r").port == 25);
    CHECK(person_named(world, "r").authenticate);
}

TEST_CASE("DNS knows the servers and the domains that they handle, and nothing else") {
    World const world = world_of(small);
    REQUIRE(world.dns.size() == world.book.domain_count());
    DnsRecords const& shop = records_of(world, "shop.example");
    CHECK(shop.exists);
    REQUIRE(shop.mx.size() == 2);
    CHECK(world.book.name(shop.mx[0].host) == "mx1.shop.example");
    CHECK(shop.mx[0].preference == 10);
    CHECK(world.book.name(shop.mx[1].host) == "mx2.shop.example");
    CHECK(records_of(world, "shop2.example").mx.size() == 1);
    DnsRecords const& host = records_of(world, "mx1.shop.example");
    CHECK(host.exists);
    CHECK(host.mx.empty());
    CHECK(host.address == host_named(world, "mx1.shop.example"));
    CHECK_FALSE(records_of(world, "lost.example").exists);
    CHECK_FALSE(records_of(world, "example").exists);
}

TEST_CASE("An entry in dns replaces the MX that a domain has by default, but not the address of a host") {
    World const world = world_of(R"({ "format": 1,
      "servers": { "shop.example": { "handles": ["shop.example", "gone.example", "quiet.example",
                                                "bare.example"] } },
      "dns": {
        "SHOP.example": { "mx": [ { "host": "b.far.example", "preference": 20 }, { "host": "c.far.example" },
                                  { "host": "d.far.example" },
                                  { "host": "a.far.example", "preference": 0 } ] },
        "gone.example": { "fails": "nxdomain" },
        "quiet.example": { "null_mx": true },
        "bare.example": { "mx": [] },
        "new.example": {}
      } })");
    DnsRecords const& shop = records_of(world, "shop.example");
    std::vector<std::string> hosts;
    for (MxRecord const& mx : shop.mx)
        hosts.push_back(world.book.name(mx.host));
    CHECK(hosts ==
          std::vector<std::string>{"a.far.example", "c.far.example", "d.far.example", "b.far.example"});
    CHECK(shop.address == host_named(world, "shop.example"));
    CHECK_FALSE(records_of(world, "gone.example").exists);
    CHECK(records_of(world, "gone.example").mx.empty());
    CHECK(records_of(world, "quiet.example").null_mx);
    CHECK(records_of(world, "quiet.example").mx.empty());
    CHECK(records_of(world, "bare.example").exists);
    CHECK(records_of(world, "bare.example").mx.empty());
    CHECK(records_of(world, "new.example").exists);
    CHECK_FALSE(records_of(world, "a.far.example").exists);
}

TEST_CASE("What the file says is what the world has") {
    World const world = world_of(R"({ "format": 1, "title": "T", "summary": "a\nb", "seed": 42, "until": "6h",
      "networks": { "home": { "label": "Maya's home", "range": "192.0.2.0/24", "latency": "1.5ms" } },
      "servers": { "a.example": { "network": "home", "handles": ["B.example", "b.EXAMPLE"],
                                  "open_relay": true,
                                  "relays_for": ["partner.example"], "trusts": ["home", "198.51.100.7"],
                                  "software": "postfix" } },
      "people": { "maya": { "name": "Frau M.", "address": "Maya@b.example", "network": "home" } },
      "mail": [ { "id": "x", "at": "90s", "from": "maya", "to": ["l@c.example", "k@c.example"],
                  "subject": "S",
                  "size": "2MB" } ],
      "expect": [ { "mail": "x", "to": "K@C.example", "outcome": "refused", "reason": "mail-loop",
                    "by": "A.example",
                    "reply": "554" } ] })");
    CHECK(world.title == "T");
    CHECK(world.summary == "a\nb");
    CHECK(world.seed == 42);
    CHECK(world.until == std::chrono::hours{6});
    CHECK(world.networks[NetworkId{0}].latency == std::chrono::microseconds{1500});
    ServerPolicy const& server = policy_of(world, "a.example");
    CHECK(server.handles.size() == 1);
    CHECK(server.open_relay);
    CHECK(relayed_at(server, world.book, *world.book.find_domain("partner.example")));
    REQUIRE(server.trusts.size() == 2);
    CHECK(to_text(server.trusts[0]) == "192.0.2.0/24");
    CHECK(to_text(server.trusts[1]) == "198.51.100.7");
    CHECK(person_named(world, "maya").name == "Frau M.");
    Mail const& mail = world.mail[MailId{0}];
    CHECK(mail.at == Instant{std::chrono::seconds{90}});
    CHECK(mail.size_bytes == 2'000'000);
    CHECK(mail.subject == "S");
    Expectation const& expected = world.expectations.at(0);
    CHECK(expected.to == mail.to[1]);
    CHECK(expected.reason == Reason::mail_loop);
    CHECK(expected.by == host_named(world, "a.example"));
    CHECK(expected.reply == "554");
}

TEST_CASE("The same text always gives the same world") {
    World const once = world_of(small);
    World const again = world_of(small);
    REQUIRE(once.hosts.size() == again.hosts.size());
    for (std::size_t n = 0; n < once.hosts.size(); ++n) {
        CHECK(once.hosts[HostId{static_cast<std::uint32_t>(n)}].address ==
              again.hosts[HostId{static_cast<std::uint32_t>(n)}].address);
    }
    CHECK(once.book.domain_count() == again.book.domain_count());
}
