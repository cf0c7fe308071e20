// What changes while the clock runs: what each change leaves of the thing that it changes.
#include "loading.hpp"

#include "world/present.hpp"

#include <fmt/format.h>

using namespace mailflow;
using namespace mailflow::test;

namespace {

using namespace std::chrono_literals;

/// A world of a provider, a shop, a home and a hotel, with the changes.
std::string with_changes(std::string_view changes) {
    return fmt::format(R"({{ "format": 1,
"networks": {{
  "home": {{ "range": "192.0.2.0/24", "latency": "5ms", "blocks": [ {{ "port": 25 }} ] }}, "hotel": {{}}
}},
"servers": {{
  "mail.isp.example": {{ "handles": ["isp.example"], "mailboxes": ["maya"], "aliases": {{ "post": "maya" }},
                        "smarthost": "mx.shop.example",
                        "smarthost_account": {{ "user": "u", "password": "p" }} }},
  "mx.shop.example": {{ "network": "home", "handles": ["shop.example"], "greylist": "5m" }}
}},
"people": {{ "maya": {{ "address": "maya@isp.example", "network": "home" }},
            "leo": {{ "address": "leo@shop.example", "outgoing": {{ "authenticate": false }} }} }},
"dns": {{ "quiet.example": {{ "null_mx": true }},
         "far.example": {{ "mx": [ {{ "host": "mx.shop.example" }} ] }} }},
"changes": [
{}
] }})",
                       changes);
}

template<class What>
What const& change_at(World const& world, std::size_t n) {
    REQUIRE(n < world.changes.size());
    auto const* what = std::get_if<What>(&world.changes[world.changes.id_at(n)].what);
    REQUIRE(what != nullptr);
    return *what;
}

} // namespace

TEST_CASE("Changes come by time, those of one time in the order of the file") {
    World const world = world_of(with_changes(R"(
      { "at": "2h", "server": "mx.shop.example", "set": { "up": true }, "note": "third" },
      { "at": "1h", "server": "MX.shop.example", "set": { "up": false }, "note": "first" },
      { "at": "1h", "dns": "shop.example", "set": { "ttl": "5m" } })"));
    REQUIRE(world.changes.size() == 3);
    CHECK(world.changes[ChangeId{0}].note == "first");
    CHECK(world.changes[ChangeId{0}].at == Instant{1h});
    CHECK(world.changes[ChangeId{1}].note.empty());
    CHECK(world.changes[ChangeId{2}].note == "third");
    CHECK(world.changes[ChangeId{2}].at == Instant{2h});
    CHECK_FALSE(change_at<ServerChange>(world, 0).after.up);
    CHECK(change_at<ServerChange>(world, 2).after.up);
}

TEST_CASE("A change of a server replaces the keys that it names and leaves the others") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "server": "mail.isp.example", "set": { "mailboxes": ["leo"], "greylist": "1m" } },
      { "at":"2h", "server": "mail.isp.example", "set": { "aliases": { "sales": "leo" }, "greylist": null } },
      { "at": "3h", "server": "mail.isp.example", "set": { "smarthost": null, "smarthost_account": null,
                                                            "mailboxes": null } })"));
    Server const& start = world.servers[ServerId{0}];
    Server const& first = change_at<ServerChange>(world, 0).after;
    Server const& second = change_at<ServerChange>(world, 1).after;
    Server const& third = change_at<ServerChange>(world, 2).after;
    for (Server const* after : {&first, &second, &third}) {
        CHECK(after->host == start.host);
        CHECK(after->name == start.name);
        CHECK(after->policy.handles == start.policy.handles);
        REQUIRE(after->policy.accounts.size() == 1);
        CHECK(after->policy.accounts[0].user == "maya");
        CHECK(after->policy.accounts[0].password == start.policy.accounts.at(0).password);
    }
    auto const leo = *world.book.find_local_part("leo");
    CHECK(first.policy.mailboxes == InlineList<LocalPartId, 2>{leo});
    CHECK(first.policy.greylist == Duration{1min});
    CHECK(world.book.name(first.aliases.at(0).local_part) == "post");
    CHECK(first.smarthost == start.smarthost);
    CHECK(second.policy.mailboxes == InlineList<LocalPartId, 2>{leo});
    CHECK_FALSE(second.policy.greylist);
    REQUIRE(second.aliases.size() == 1);
    CHECK(world.book.text(second.aliases[0].target) == "leo@isp.example");
    CHECK(second.smarthost_account);
    CHECK(third.policy.any_mailbox);
    CHECK_FALSE(third.smarthost);
    CHECK_FALSE(third.smarthost_account);
    CHECK(third.aliases.size() == 1);
    CHECK_FALSE(start.policy.any_mailbox);
    CHECK(start.smarthost);
}

TEST_CASE("Accounts and servers of people follow from the other things as they are at the start") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "server": "mail.isp.example", "set": { "handles": ["new.example"],
                                                            "accounts": { "maya": "n" } } },
      { "at": "2h", "dns": "isp.example", "set": { "mx": null, "ttl": "1m" } },
      { "at": "3h", "person": "maya", "set": { "network": "hotel" } },
      { "at": "4h", "server": "mail.isp.example", "set": { "accounts": null } })"));
    CHECK_FALSE(records_of(world, "new.example").exists);
    CHECK(change_at<DnsChange>(world, 1).after.exists); // of new.example
    DnsRecords const& isp = change_at<DnsChange>(world, 2).after;
    REQUIRE(isp.mx.size() == 1);
    CHECK(world.book.name(isp.mx[0].host) == "mail.isp.example");
    CHECK(isp.ttl == Duration{1min});
    Person const& start = person_named(world, "maya");
    CHECK(change_at<PersonChange>(world, 3).after.account.password == start.account.password);
    CHECK(change_at<PersonChange>(world, 3).after.outgoing == start.outgoing);
    CHECK(change_at<ServerChange>(world, 0).after.policy.accounts.at(0).password == "n");
    CHECK(change_at<ServerChange>(world, 4).after.policy.accounts.at(0).password == start.account.password);
}

TEST_CASE("An outage hides the records of a domain, and they come back") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "dns": "FAR.example", "set": { "fails": "servfail" } },
      { "at": "2h", "dns": "far.example", "set": { "fails": null } },
      { "at": "3h", "dns": "far.example", "set": { "fails": "nxdomain" } },
      { "at":"4h", "dns": "far.example", "set": { "fails": null, "mx": [ { "host": "mail.isp.example" } ] } },
      { "at": "5h", "dns": "far.example", "set": { "mx": null, "null_mx": true } })"));
    auto const host_after = [&](std::size_t n) {
        DnsRecords const& records = change_at<DnsChange>(world, n).after;
        return records.mx.empty() ? "" : world.book.name(records.mx[0].host);
    };
    CHECK(change_at<DnsChange>(world, 0).name == world.book.find_domain("far.example"));
    CHECK(change_at<DnsChange>(world, 0).after.trouble == DnsTrouble::server_failure);
    CHECK(change_at<DnsChange>(world, 1).after.trouble == DnsTrouble::none);
    CHECK(host_after(1) == "mx.shop.example");
    CHECK_FALSE(change_at<DnsChange>(world, 2).after.exists);
    CHECK(change_at<DnsChange>(world, 3).after.exists);
    CHECK(host_after(3) == "mail.isp.example");
    CHECK(change_at<DnsChange>(world, 4).after.null_mx);
    CHECK(host_after(4).empty());
}

TEST_CASE("A domain without an entry in dns can change, and go back to what it was") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "dns": "new.example", "set": { "mx": [ { "host": "mx.new.example" } ] } },
      { "at": "2h", "dns": "new.example", "set": { "mx": null } },
      { "at": "3h", "dns": "mx.shop.example", "set": { "fails": "timeout" } },
      { "at": "4h", "dns": "mx.shop.example", "set": { "fails": null } })"));
    CHECK(world.dns.size() == world.book.domain_count());
    CHECK_FALSE(records_of(world, "new.example").exists);
    CHECK_FALSE(records_of(world, "mx.new.example").exists);
    CHECK(change_at<DnsChange>(world, 0).after.exists);
    CHECK_FALSE(change_at<DnsChange>(world, 1).after.exists);
    CHECK(change_at<DnsChange>(world, 2).after.trouble == DnsTrouble::no_answer);
    CHECK(change_at<DnsChange>(world, 3).after.address == host_named(world, "mx.shop.example"));
    Present present{world};
    present.apply_next();
    CHECK(present.dns(*world.book.find_domain("new.example")).exists);
}

TEST_CASE("A person who moves has an address in each network, and the same again on coming back") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "person": "maya", "set": { "network": "hotel" } },
      { "at": "2h", "person": "maya", "set": { "network": null } },
      { "at": "3h", "person": "maya", "set": { "network": "home" } },
      { "at": "4h", "person": "leo", "set": { "network": "hotel" } },
      { "at": "5h", "person": "leo", "set": { "network": null } },
      { "at": "6h", "person": "maya", "set": { "network": "hotel", "password": "x" } })"));
    Host const& maya = world.hosts[host_named(world, "maya")];
    Host const& leo = world.hosts[host_named(world, "leo")];
    auto const host_after = [&](std::size_t n) -> Host const& {
        return change_at<PersonChange>(world, n).host_after;
    };
    for (std::size_t n = 0; n < 6; ++n) {
        CHECK(world.networks[host_after(n).network].range.contains(host_after(n).address));
        CHECK(host_after(n).name == (n == 3 || n == 4 ? "leo" : "maya"));
    }
    CHECK(world.networks[host_after(0).network].name == "hotel");
    CHECK(world.networks[host_after(1).network].name == "maya");
    CHECK(world.networks[host_after(1).network].label == "Maya's network");
    CHECK(host_after(2).network == maya.network);
    CHECK(host_after(2).address == maya.address);
    CHECK(host_after(3).network == host_after(0).network);
    CHECK(host_after(3).address != host_after(0).address);
    CHECK(host_after(4).network == leo.network);
    CHECK(host_after(4).address == leo.address);
    CHECK(host_after(5).address == host_after(0).address);
    CHECK(change_at<PersonChange>(world, 5).after.account.password == "x");
    CHECK(change_at<PersonChange>(world, 0).after.host == host_named(world, "maya"));
}

TEST_CASE("People who come later count for the size of a network") {
    std::string people;
    std::string changes;
    for (int n = 0; n < 15; ++n) {
        people += fmt::format("{}\"p{}\": {{ \"address\": \"p{}@a.example\" }}", n ? ", " : "", n, n);
        changes +=
            fmt::format("{}{{ \"at\": \"1h\", \"person\": \"p{}\", \"set\": {{ \"network\": \"hotel\" }} }}",
                        n ? ", " : "", n);
    }
    auto const text = [&](std::string_view range) {
        return fmt::format(
            R"({{ "format": 1, "networks": {{ "hotel": {{ {} }} }}, "servers": {{ "a.example": )"
            R"({{ "handles": ["a.example"] }} }}, "people": {{ {} }}, "changes": [ {} ] }})",
            range, people, changes);
    };
    World const world = world_of(text(""));
    CHECK(to_text(world.networks[NetworkId{0}].range) == "203.0.113.0/27");
    CHECK(complaints_about(text(R"("range": "192.0.2.0/28")")) ==
          std::vector<std::string>{
              "1:50: /networks/hotel/range: 192.0.2.0/28 has room for 14 machines, but 15 stand in "
              "\"hotel\"; give it a larger range, or leave the range out"});
}

TEST_CASE("A change of the mail program's settings replaces them as a whole") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "person": "leo", "set": { "outgoing": { "server": "mail.isp.example" } } },
      { "at": "2h", "person": "leo", "set": { "outgoing": null } })"));
    Person const& first = change_at<PersonChange>(world, 0).after;
    CHECK(first.authenticate);
    CHECK(first.port == port_submission);
    CHECK(world.hosts[world.servers[first.outgoing].host].name == "mail.isp.example");
    Person const& second = change_at<PersonChange>(world, 1).after;
    CHECK(second.authenticate);
    CHECK(second.account.user == "leo");
    CHECK(world.hosts[world.servers[second.outgoing].host].name == "mx.shop.example");
    CHECK_FALSE(person_named(world, "leo").authenticate);
}

TEST_CASE("A change of a network leaves its range and its name") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "network": "home", "set": { "blocks": null, "reaches": ["hotel"] } },
      { "at": "2h", "network": "home", "set": { "latency": null, "reaches": null } })"));
    Network const& start = world.networks[NetworkId{0}];
    Network const& first = change_at<NetworkChange>(world, 0).after;
    CHECK(first.name == "home");
    CHECK(first.range == start.range);
    CHECK(first.latency == Duration{5ms});
    CHECK(first.blocked_ports.empty());
    CHECK(first.reaches == std::vector{NetworkId{1}});
    Network const& second = change_at<NetworkChange>(world, 1).after;
    CHECK(second.latency == Duration{10ms});
    CHECK_FALSE(second.reaches);
    CHECK(start.blocked_ports == std::vector<Port>{25});
}

TEST_CASE("A network that goes down has ways to nowhere, and the old ones when it comes back") {
    World const world = world_of(with_changes(R"(
      { "at": "1h", "network": "home", "set": { "reaches": ["hotel"] } },
      { "at": "2h", "network": "home", "set": { "up": false } },
      { "at": "3h", "network": "home", "set": { "latency": "2s" } },
      { "at": "4h", "network": "home", "set": { "up": null } })"));
    CHECK(change_at<NetworkChange>(world, 1).after.reaches == std::vector<NetworkId>{});
    CHECK(change_at<NetworkChange>(world, 2).after.reaches == std::vector<NetworkId>{});
    CHECK(change_at<NetworkChange>(world, 3).after.reaches == std::vector{NetworkId{1}});
}

TEST_CASE("Chosen ranges keep away from what a server trusts later") {
    World const world = world_of(with_changes(
        R"({ "at": "1h", "server": "mx.shop.example", "set": { "trusts": ["203.0.113.0/28", "home"] } })"));
    CHECK(to_text(world.networks[NetworkId{1}].range) == "203.0.113.16/28");
    CHECK(change_at<ServerChange>(world, 0).after.policy.trusts.size() == 2);
}

TEST_CASE("The default MX records follow what the servers handle") {
    auto const records_of = [](World const& world, std::string const& name) {
        std::vector<std::string> found;
        for (Change const& change : world.changes)
            if (auto const* dns = std::get_if<DnsChange>(&change.what))
                if (world.book.name(dns->name) == name) {
                    found.push_back(say_duration(change.at.since_start));
                    for (MxRecord const& mx : dns->after.mx)
                        found.back() += " " + world.book.name(mx.host);
                }
        return found;
    };
    using Found = std::vector<std::string>;
    World const gained = world_of(with_changes(R"(
      { "at": "1h", "server": "mail.isp.example", "set": { "handles": ["isp.example", "new.example"] } },
      { "at": "2h", "server": "mx.shop.example", "set": { "handles": ["shop.example", "new.example"] } },
      { "at": "3h", "server": "mail.isp.example", "set": { "handles": ["isp.example"] } })"));
    CHECK(records_of(gained, "new.example") ==
          Found{"1 h mail.isp.example", "2 h mail.isp.example mx.shop.example", "3 h mx.shop.example"});
    CHECK(records_of(gained, "shop.example").empty());

    SECTION("what the last server lets go keeps its record until another one handles it") {
        World const moved = world_of(with_changes(R"(
          { "at": "1h", "server": "mx.shop.example", "set": { "handles": [] } },
          { "at": "2h", "server": "mx.shop.example", "set": { "handles": ["shop.example"] } },
          { "at": "3h", "server": "mx.shop.example", "set": { "handles": [] } },
          { "at": "4h", "dns": "shop.example", "set": { "ttl": "5m" } },
          { "at": "5h", "server": "mail.isp.example", "set": { "handles": ["shop.example"] } })"));
        CHECK(records_of(moved, "shop.example") == Found{"4 h mx.shop.example", "5 h mail.isp.example"});
    }
    SECTION("records that the file names stay, also while the name fails") {
        World const named = world_of(with_changes(R"(
          { "at": "1h", "server": "mail.isp.example",
            "set": { "handles": ["far.example", "quiet.example"] } },
          { "at": "2h", "dns": "far.example", "set": { "mx": null } },
          { "at": "3h", "dns": "shop.example", "set": { "fails": "servfail" } },
          { "at": "4h", "server": "mail.isp.example", "set": { "handles": ["shop.example"] } },
          { "at": "5h", "dns": "shop.example", "set": { "fails": null } })"));
        CHECK(records_of(named, "far.example") == Found{"2 h mail.isp.example"});
        CHECK(records_of(named, "quiet.example").empty());
        CHECK(records_of(named, "shop.example") ==
              Found{"3 h mx.shop.example", "5 h mail.isp.example mx.shop.example"});
    }
}

TEST_CASE("A right password that nobody writes stays right, whatever changes of the person") {
    auto const person_after = [](std::string_view first, std::string_view set) {
        World const world = world_of(fmt::format(R"({{ "format": 1,
"networks": {{ "road": {{}} }},
"servers": {{ "mail.isp.example": {{ "handles": ["isp.example"] }},
             "mx.shop.example": {{ "handles": ["shop.example"] }} }},
"people": {{ "maya": {{ "address": "maya@isp.example"{} }} }},
"changes": [ {{ "at": "1h", "person": "maya", "set": {{ {} }} }} ] }})",
                                                 first, set));
        Account const& right = world.servers[ServerId{0}].policy.accounts.at(0);
        Person const after = change_at<PersonChange>(world, 0).after;
        CHECK(after.account.user == right.user);
        if (after.outgoing == ServerId{0})
            CHECK(after.account.password == right.password);
        if (after.incoming)
            CHECK(after.incoming->password == right.password);
        return after;
    };
    std::string_view const elsewhere = R"(, "outgoing": { "server": "mx.shop.example" })";
    std::string_view const own = R"("outgoing": { "server": "mail.isp.example" })";
    CHECK(person_after(elsewhere, own).outgoing == ServerId{0});
    CHECK(person_after(elsewhere, R"("outgoing": null)").outgoing == ServerId{0});
    CHECK(person_after(elsewhere, R"("outgoing": null, "password": null)").outgoing == ServerId{0});
    CHECK(person_after(elsewhere, R"("outgoing": { "server": "mail.isp.example", "web": true })").web);
    CHECK(person_after(elsewhere, R"("incoming": { "every": "30m" })").incoming);
    CHECK(person_after(R"(, "outgoing": { "server": "mx.shop.example", "authenticate": false })", own)
              .authenticate);
    Person const moved =
        person_after(R"(, "outgoing": { "server": "mx.shop.example" }, "incoming": { "every": "30m" })",
                     R"("network": "road")");
    CHECK(moved.outgoing == ServerId{1});
    CHECK(moved.account.password == "a guess"); // no account there, before as after
    CHECK(moved.incoming);
}

TEST_CASE("A password of the file stays that of the account, whatever the person comes to type") {
    World const world = world_of(R"({ "format": 1,
"servers": { "mail.isp.example": { "handles": ["isp.example"] }, "mx.shop.example": {} },
"people": { "maya": { "address": "maya@isp.example", "password": "own",
                      "outgoing": { "server": "mx.shop.example" } } },
"changes": [ { "at": "1h", "person": "maya", "set": { "outgoing": null, "password": "wrong" } },
             { "at": "2h", "person": "maya", "set": { "password": null } } ] })");
    CHECK(world.servers[ServerId{0}].policy.accounts.at(0).password == "own");
    CHECK(change_at<PersonChange>(world, 0).after.account.password == "wrong");
    CHECK(change_at<PersonChange>(world, 1).after.account.password == "own");
}
