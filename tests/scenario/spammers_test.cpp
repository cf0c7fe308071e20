// Spammers and blocklists in scenario files.
#include "loading.hpp"

#include "scenario/guessed_names.hpp"

#include <set>

using namespace mailflow;
using namespace mailflow::test;
using Lines = std::vector<std::string>;

namespace {

std::string spammed_with(std::string const& members) {
    return R"({ "format": 1, "networks": { "far": {} },
"servers": { "mx.shop.example": { "handles": ["shop.example"] } },
)" + members +
           " }";
}

Spammer const& first_spammer(World const& world) {
    return world.spammers[SpammerId{0}];
}

} // namespace

TEST_CASE("A spammer needs nothing but somebody to write to") {
    World const world = world_of(spammed_with(R"("spammers": { "bulk": { "to": "leo@shop.example" } })"));
    Spammer const& spammer = first_spammer(world);
    CHECK(spammer.name == "Spammer bulk");
    CHECK(spammer.way == SpamWay::direct);
    CHECK(world.book.text(spammer.from) == "winner@lottery.example");
    CHECK(spammer.interval == std::chrono::milliseconds{100});
    CHECK(spammer.count == 1000);
    CHECK(spammer.start == Instant{});
    CHECK(world.networks[world.hosts[spammer.host].network].label == "Spammer bulk's network");
}

TEST_CASE("No message has the id of one that a spammer or a population sends") {
    auto const with_id = [](std::string const& id) {
        return complaints_about(spammed_with(R"("spammers": { "bulk": { "to": "leo@shop.example" } },
"people": { "leo": { "address": "leo@shop.example" } },
"mail": [ { "from": "leo", "to": "zoe@shop.example", "id": ")" +
                                             id + "\" } ]"));
    };
    CHECK(with_id("bulk-1") ==
          Lines{R"(5:60: /mail/0/id: "bulk-1" is the id of a message of the spammer "bulk"; )"
                "choose another id"});
    CHECK(with_id("bulk").empty());
    CHECK(with_id("bulk-").empty());
    CHECK(with_id("bulk-01").empty());
    CHECK(with_id("bulky-1").empty());
}

TEST_CASE("A stolen account is on the only server that has it, where no server is named") {
    auto const stolen = [](std::string const& user) {
        return R"({ "format": 1,
"servers": { "mail.isp.example": { "accounts": { "maya": "secret", "info": "x" } },
             "mx.shop.example": { "handles": ["shop.example"], "accounts": { "info": "y" } } },
"spammers": { "b": { "to": "leo@shop.example", "account": { "user": ")" +
               user + R"(", "password": "secret" } } } })";
    };
    World const world = world_of(stolen("maya"));
    Spammer const& thief = first_spammer(world);
    CHECK(thief.way == SpamWay::account);
    CHECK(world.hosts[world.servers[thief.server].host].name == "mail.isp.example");
    CHECK(complaints_about(stolen("info")) ==
          Lines{"4:59: /spammers/b/account: mail.isp.example and mx.shop.example both have an account "
                "\"info\"; say which is meant: \"server\": \"mail.isp.example\""});
    CHECK(complaints_about(stolen("nobody")) ==
          Lines{"4:59: /spammers/b/account: no server has an account \"nobody\"; name the server that is "
                "tried: \"server\": \"mail.isp.example\""});
}

TEST_CASE("That a spammer goes no direct way says nothing beside another one, and alone too little") {
    auto const denied = [](std::string const& more) {
        return spammed_with(R"("spammers": { "b": { "to": "leo@shop.example", "direct": false)" + more +
                            " } }");
    };
    Spammer const relayed = first_spammer(world_of(denied(R"(, "through": "mx.shop.example")")));
    CHECK(relayed.way == SpamWay::through);
    CHECK(
        complaints_about(denied("")) ==
        Lines{"3:58: /spammers/b/direct: \"direct\": false does not say how the mail gets in; remove it, or "
              "add \"through\", \"account\" or \"probe\""});
}

TEST_CASE("A rate is read in messages a second, a minute or an hour") {
    auto const interval = [](std::string const& rate) {
        return first_spammer(
                   world_of(spammed_with(R"("spammers": { "b": { "to": "a@shop.example", "rate": ")" + rate +
                                         R"(" } })")))
            .interval;
    };
    CHECK(interval("20/s") == std::chrono::milliseconds{50});
    CHECK(interval("30/m") == std::chrono::seconds{2});
    CHECK(interval("100/h") == std::chrono::seconds{36});
    CHECK(interval("0.5/s") == std::chrono::seconds{2});
}

TEST_CASE("What is wrong with a spammer is told all at once") {
    CHECK(
        complaints_about(
            spammed_with(R"("spammers": { "b": { "to": "leo@shop.example", "rate": 20, "count": 0,
"direct": true, "through": "mx.shop.exmaple", "account": { "server": "mx.shop.example", "user": "u",
"password": "p" }, "network": "faar", "form": "a@b.example" } })")) ==
        Lines{"3:56: /spammers/b/rate: \"rate\" must be a rate such as \"20/s\", \"30/m\" or \"100/h\"; did "
              "you mean \"20/s\"?",
              "3:69: /spammers/b/count: \"count\" must be a whole number from 1 to 100000",
              "4:17: /spammers/b/through: \"through\" contradicts \"direct\"; a spammer has one way; write a "
              "second spammer for the other",
              "4:28: /spammers/b/through: there is no server \"mx.shop.exmaple\"; did you mean "
              "\"mx.shop.example\"?",
              "4:47: /spammers/b/account: \"account\" contradicts \"direct\"; a spammer has one way; write a "
              "second spammer for the other",
              "5:31: /spammers/b/network: there is no network \"faar\"; did you mean \"far\"?",
              "5:39: /spammers/b/form: unknown key \"form\"; did you mean \"from\"?"});
}

TEST_CASE("Spammers may not write to more recipients than a run can keep") {
    auto const complaints = complaints_about(
        spammed_with(R"("spammers": { "a": { "to": ["x@shop.example", "y@shop.example"], "count": 40000 },
                              "b": { "to": "x@shop.example", "count": 20001 } })"));
    REQUIRE(complaints.size() == 1);
    CHECK(contains(complaints[0], "/spammers/b/count: the spammers of a scenario write to at most 100000 "
                                  "recipients in all; lower a \"count\""));
    CHECK(complaints_about(
              spammed_with(R"("spammers": { "a": { "to": "x@shop.example", "count": 1000000000 } })"))
              .size() == 1);
}

TEST_CASE("Guessed names are many, different, and begin with common ones") {
    std::vector<std::string> const names = guessed_names(100'000);
    CHECK(names.size() == 100'000);
    CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
    std::vector<std::string> const few = guessed_names(200);
    CHECK(std::equal(few.begin(), few.end(), names.begin()));
    for (char const* name : {"leo", "maya", "info"})
        CHECK(std::find(few.begin(), few.begin() + 100, name) != few.begin() + 100);
}

TEST_CASE("A guessing spammer sends one message to each name, as many as are asked for") {
    World const world =
        world_of(spammed_with(R"("spammers": { "all": { "to": { "domain": "shop.example", "names": 50 } },
        "some": { "to": { "domain": "shop.example", "names": 50 }, "count": 20 },
        "again": { "to": { "domain": "shop.example", "names": 50 }, "count": 120 } })"));
    CHECK(world.spammers[SpammerId{0}].count == 50);
    CHECK(world.spammers[SpammerId{1}].to.size() == 20);
    CHECK(world.spammers[SpammerId{2}].to.size() == 50);
    CHECK(world.spammers[SpammerId{2}].count == 120);
}

TEST_CASE("A blocklist stands in the world when the file describes it or a server names it") {
    World const world = world_of(R"({ "format": 1, "networks": { "home": { "range": "192.0.2.0/24" } },
      "servers": { "a.example": { "blocklists": ["two.example", "one.example"] }, "b.example": {} },
      "blocklists": { "one.example": { "lists": ["home", "203.0.113.0/28", "b.example"], "for": "2h" } },
      "changes": [ { "at": "1h", "server": "b.example", "set": { "blocklists": ["three.example"] } } ] })");
    REQUIRE(world.blocklists.size() == 3);
    Blocklist const& one = world.blocklists[BlocklistId{0}];
    CHECK(world.book.name(one.zone) == "one.example");
    REQUIRE(one.always.size() == 3);
    CHECK(to_text(one.always[0]) == "192.0.2.0/24");
    CHECK(to_text(one.always[1]) == "203.0.113.0/28");
    CHECK(one.always[2].contains(world.hosts[host_named(world, "b.example")].address));
    CHECK(one.after == 10);
    CHECK(one.lasts == std::chrono::hours{2});
    CHECK(world.book.name(world.blocklists[BlocklistId{1}].zone) == "two.example");
    CHECK(world.book.name(world.blocklists[BlocklistId{2}].zone) == "three.example");
    // No machine is listed by accident.
    CHECK_FALSE(one.always[1].contains(world.hosts[host_named(world, "a.example")].address));
}

TEST_CASE("An expectation speaks of a message, a spammer or a population, and of numbers that can be") {
    CHECK(complaints_about(spammed_with(R"("spammers": { "b": { "to": "leo@shop.example" } },
"expect": [ { "outcome": "delivered" },
{ "spammer": "c", "outcome": "delivered" },
{ "spammer": "b", "to": "mia@shop.example", "outcome": "delivered" },
{ "spammer": "b", "outcome": "delivered", "at_least": 5, "at_most": 3 },
{ "spammer": "b", "at_most": 3 } ])")) ==
          Lines{"4:13: /expect/0: it is not said what is expected of what; add \"mail\", \"spammer\" or "
                "\"population\", such as \"mail\": \"mail-1\"",
                "5:14: /expect/1/spammer: there is no spammer \"c\"; did you mean \"b\"?",
                "6:25: /expect/2/to: \"b\" does not write to mia@shop.example",
                "7:55: /expect/3/at_least: \"at_least\", 5, must not be more than \"at_most\", 3",
                "8:1: /expect/4: nothing is expected here; add an \"outcome\""});
}

TEST_CASE("A spammer who looks for an open relay tries every trick at every server") {
    World const world = world_of(spammed_with(R"("spammers": { "p": {
        "probe": { "servers": ["mx.shop.example"], "to": "drop@shop.example" } } })"));
    Spammer const& spammer = first_spammer(world);
    CHECK(spammer.way == SpamWay::probe);
    REQUIRE(spammer.probe);
    CHECK(spammer.probe->interval == std::chrono::seconds{10});
    CHECK(spammer.probe->wait == std::chrono::minutes{10});
    CHECK(spammer.count == 0);
    REQUIRE(spammer.probe->tries.size() == trick_names.size());
    Lines written;
    for (ProbeTry const& tried : spammer.probe->tries)
        written.push_back(world.book.text(tried.recipient));
    CHECK(written[5] == "drop%shop.example@mx.shop.example");
    CHECK(written[12] == "@mx.shop.example:drop@shop.example");
    CHECK(written.back() == "shop.example!drop@shop.example");
}

TEST_CASE("What is wrong with a search for open relays is told where it is") {
    CHECK(complaints_about(spammed_with(R"("spammers": { "p": { "probe": {
        "servers": ["mx.shop.example", "mx.shop.exampel", "mx.shop.example"], "to": "drop@free.example",
        "tricks": ["percent", "percents"] }, "direct": true } })")) ==
          Lines{"4:40: /spammers/p/probe/servers/1: there is no server \"mx.shop.exampel\"; did you mean "
                "\"mx.shop.example\"?",
                "4:59: /spammers/p/probe/servers/2: \"mx.shop.example\" is tried already; remove it",
                "4:85: /spammers/p/probe/to: no server has a mailbox drop@free.example: the spammer could "
                "not see what comes through; write the address of a mailbox of the scenario, such as the "
                "spammer's own",
                "5:31: /spammers/p/probe/tricks/1: \"percents\" is none of the words for an item of "
                "\"tricks\"; did you mean \"percent\"?",
                "5:46: /spammers/p/direct: \"direct\" contradicts \"probe\"; a spammer has one way; write a "
                "second spammer for the other"});
}

TEST_CASE("Who only probes names nobody else, and who probes guesses no names") {
    CHECK(complaints_about(spammed_with(R"("spammers": { "p": { "probe": {
        "servers": ["mx.shop.example"], "to": "drop@shop.example" },
        "to": { "domain": "shop.example", "names": 5 } } })"))
              .size() == 1);
    CHECK(complaints_about(spammed_with(R"("spammers": { "p": { "from": "a@shop.example" } })")) ==
          Lines{"3:20: /spammers/p: \"to\" is missing; write \"to\": [\"leo@shop.example\"]"});
    CHECK(complaints_about(spammed_with(R"("spammers": { "p": { "probe": { "servers": [] } } })")) ==
          Lines{"3:31: /spammers/p/probe: \"to\" is missing; write \"to\": \"drop@throwaway.example\"",
                "3:44: /spammers/p/probe/servers: \"servers\" must name a server that is tried"});
}
