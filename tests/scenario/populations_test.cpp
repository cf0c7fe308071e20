// Populations and generated domains in scenario files.
#include "loading.hpp"

#include <algorithm>
#include <numeric>

using namespace mailflow;
using namespace mailflow::test;
using Lines = std::vector<std::string>;

namespace {

std::string populated_with(std::string const& members) {
    return R"({ "format": 1,
"servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],)"
           R"( "accounts": { "maya": "x" } } },
)" + members +
           " }";
}

Population const& town_of(World const& world) {
    return world.populations[PopulationId{0}];
}

std::vector<std::size_t> sizes_of(std::string const& domains) {
    World const world = world_of(populated_with(R"("domains": )" + domains));
    std::vector<std::size_t> sizes;
    for (std::size_t n = 1; n < world.servers.size(); ++n)
        sizes.push_back(world.servers[world.servers.id_at(n)].policy.mailboxes.size());
    return sizes;
}

} // namespace

TEST_CASE("A population needs nothing but a server") {
    World const world =
        world_of(populated_with(R"("populations": { "town": { "server": "mail.isp.example" } })"));
    Population const& town = town_of(world);
    CHECK(town.people == 1000);
    CHECK(town.interval == std::chrono::milliseconds{17'280});
    CHECK(town.logged_in_millionths == 1'000'000);
    CHECK(world.book.text(town.first_person) == "town1@isp.example");
    CHECK(world.book.text({town.first_person.index + 999}) == "town1000@isp.example");
    REQUIRE(town.to.size() == 1); // they write to each other
    CHECK(town.to[0].first == town.first_person);
    CHECK(town.to[0].names == 1000);
    CHECK(world.hosts[town.host].population == PopulationId{0});
    ServerPolicy const& policy = policy_of(world, "mail.isp.example");
    CHECK(policy.mailboxes.size() == 1001);
    CHECK(policy.accounts.size() == 2);
}

TEST_CASE("Generated domains have servers, names in the DNS, and people by the law") {
    World const world = world_of(
        populated_with(R"("domains": { "count": 3, "people": 11, "name": "shop", "software": "exim" })"));
    ServerPolicy const& policy = policy_of(world, "mx.shop2.example");
    CHECK(policy.software == Software::exim);
    CHECK(policy.mailboxes.size() == 3);
    CHECK(world.book.find_local_part("user6").has_value());
    CHECK(records_of(world, "shop3.example").mx.size() == 1);
    CHECK(sizes_of(R"({ "count": 3, "people": 11 })") == std::vector<std::size_t>{6, 3, 2});
    CHECK(sizes_of(R"({ "count": 4, "people": 10, "sizes": "equal" })") ==
          std::vector<std::size_t>{3, 3, 2, 2});
    CHECK(sizes_of(R"({ "count": 3, "people": 14, "exponent": 2 })") == std::vector<std::size_t>{11, 2, 1});
    CHECK(sizes_of(R"({ "count": 2, "people": 12, "exponent": "0.5" })") == std::vector<std::size_t>{8, 4});
}

TEST_CASE("Sizes by Zipf's law fall as one over the rank, and nobody is lost") {
    std::vector<std::size_t> const sizes = sizes_of(R"({ "count": 300, "people": 100000 })");
    CHECK(std::accumulate(sizes.begin(), sizes.end(), std::size_t{0}) == 100'000);
    for (std::size_t rank : {2U, 3U, 10U, 100U, 300U})
        CHECK(static_cast<double>(sizes[rank - 1]) ==
              Approx(static_cast<double>(sizes[0]) / static_cast<double>(rank)).margin(1.5));
    std::vector<std::size_t> const many = sizes_of(R"({ "count": 500, "people": 500, "exponent": 3 })");
    CHECK(std::accumulate(many.begin(), many.end(), std::size_t{0}) == 500);
    CHECK(many.back() == 1);
}

TEST_CASE("Mistakes are shares of what goes to each domain") {
    World const world = world_of(populated_with(R"("domains": { "count": 2, "sizes": "equal", "people": 10 },
        "populations": { "town": { "server": "mail.isp.example", "to": ["domains"], "mistyped": "2%",
                                   "unknown": "0.5%", "without_login": "10%" } })"));
    Population const& town = town_of(world);
    CHECK(town.logged_in_millionths == 900'000);
    REQUIRE(town.to.size() == 6);
    double const all = static_cast<double>(town.to[0].weight) + town.to[1].weight + town.to[2].weight;
    CHECK(town.to[0].names == 5);
    CHECK(world.book.text(town.to[1].first) == "user1@dmoain1.example");
    CHECK(town.to[1].weight / all == Approx(0.02));
    CHECK(world.book.text(town.to[2].first) == "no-such-name@domain1.example");
    CHECK(town.to[2].weight / all == Approx(0.005));
}

TEST_CASE("Sizes of messages follow the log-normal law") {
    World const world = world_of(populated_with(R"("populations": { "town": { "server": "mail.isp.example",
                                          "size": { "median": "10kB", "spread": 4 } } })"));
    auto sizes = town_of(world).sizes;
    std::sort(sizes.begin(), sizes.end(),
              [](MailSize const& a, MailSize const& b) { return a.bytes < b.bytes; });
    auto const share_above = [&](std::uint64_t bytes) {
        auto const above = std::count_if(sizes.begin(), sizes.end(),
                                         [bytes](MailSize const& size) { return size.bytes > bytes; });
        return static_cast<double>(above) / static_cast<double>(sizes.size());
    };
    // The normal law above 0, 1, 2 and -1 standard deviations.
    CHECK(share_above(10'000) == 0.5);
    CHECK(share_above(40'000) == Approx(0.1587).margin(0.005));
    CHECK(share_above(160'000) == Approx(0.0228).margin(0.01));
    CHECK(share_above(2'500) == Approx(0.8413).margin(0.005));
    CHECK(static_cast<double>(sizes[sizes.size() / 2].bytes) < 10'300); // the median of a sample
    CHECK(static_cast<double>(sizes.front().bytes) * static_cast<double>(sizes.back().bytes) ==
          Approx(1e8).epsilon(1e-3));
}

TEST_CASE("Who writes less than once a day writes a fraction of a message") {
    auto const interval = [](std::string const& mail_per_day) {
        return town_of(world_of(populated_with(
                           R"("populations": { "town": { "server": "mail.isp.example", "people": 24,
                                                                  "mail_per_day": )" +
                           mail_per_day + " } }")))
            .interval;
    };
    CHECK(interval("1") == std::chrono::hours{1});
    CHECK(interval("0.2") == std::chrono::hours{5});
    CHECK(interval("0.125") == std::chrono::hours{8});
    CHECK(interval("2.50") == std::chrono::minutes{24});
    CHECK(interval("2.5000") == std::chrono::minutes{24});
    CHECK(interval("1e2") == std::chrono::seconds{36});
    CHECK(interval("1E+3") == interval("1000"));
    CHECK(interval("2500e-3") == std::chrono::minutes{24});
    for (std::string const wrong : {"0", "1000.5", "1e4", "1e99", "-1", "\"often\"", "\".5\"", "true"}) {
        INFO(wrong);
        CHECK(
            complaints_about(populated_with(
                R"("populations": { "town": { "server": "mail.isp.example", "mail_per_day": )" + wrong +
                " } }")) ==
            Lines{
                "3:74: /populations/town/mail_per_day: \"mail_per_day\" must be from 0.001 to 1000, such as "
                "5 or 0.2"});
    }
    for (std::string const fine : {"0.0015", "0.0001", "15e-4"}) {
        INFO(fine);
        CHECK(complaints_about(populated_with(
                  R"("populations": { "town": { "server": "mail.isp.example", "mail_per_day": )" + fine +
                  " } }")) ==
              Lines{"3:74: /populations/town/mail_per_day: \"mail_per_day\" must be from 0.001 to 1000, such "
                    "as 5 or 0.2; it has at most three decimals"});
    }
}

TEST_CASE("A spammer beside many people sends as much as its share, however much that is") {
    World const world =
        world_of(populated_with(R"("until": "7d", "populations": { "town": { "server": "mail.isp.example",
                                             "people": 10000, "mail_per_day": 10, "spam": "50%" } })"));
    CHECK(world.spammers[SpammerId{0}].count == 36'600'000);
}

TEST_CASE("What is expected of a population is expected of all of its messages") {
    std::string const town = R"("populations": { "town": { "server": "mail.isp.example", "people": 3 } },
)";
    World const world = world_of(populated_with(town + R"("expect": [
        { "population": "town", "outcome": "delivered", "at_least": 5 },
        { "population": "town", "to": "town2@isp.example", "outcome": "delivered" } ])"));
    REQUIRE(world.expectations.size() == 2);
    CHECK(world.expectations[0].population == PopulationId{0});
    CHECK_FALSE(world.expectations[0].to.valid());
    CHECK(world.book.text(world.expectations[1].to) == "town2@isp.example");

    CHECK(complaints_about(
              populated_with(town + R"("expect": [ { "population": "twon", "outcome": "delivered" } ])")) ==
          Lines{"4:29: /expect/0/population: there is no population \"twon\"; did you mean \"town\"?"});
    CHECK(complaints_about(
              populated_with(town + R"("expect": [ { "population": "town", "to": "town4@isp.example",
        "outcome": "delivered" } ])")) ==
          Lines{"4:43: /expect/0/to: \"town\" does not write to town4@isp.example"});
    CHECK(
        complaints_about(
            populated_with(
                town + R"("expect": [ { "population": "town", "mail": "mail-1", "outcome": "delivered" } ])"))
            .size() == 2);
}

TEST_CASE("A spam share becomes a spammer who writes beside the people") {
    World const world = world_of(populated_with(R"("until": "10h", "domains": { "count": 2 },
        "populations": { "town": { "server": "mail.isp.example", "people": 240,
                                   "mail_per_day": 1, "spam": "75%" } })"));
    Spammer const& spammer = world.spammers[SpammerId{0}];
    CHECK(spammer.key == "town-spam");
    CHECK(spammer.is_drawn);
    CHECK(spammer.interval == std::chrono::minutes{2}); // three for each of theirs, one in six minutes
    CHECK(spammer.count == 263'520);
    CHECK(spammer.to.size() == 280); // 40 people at the domains, 240 of the town
}

TEST_CASE("What does not fit together in a population is complained about") {
    CHECK(
        complaints_about(populated_with(R"("populations": { "town": { "server": "mail.ips.example" } })")) ==
        Lines{R"(3:38: /populations/town/server: there is no server "mail.ips.example"; )"
              R"(did you mean "mail.isp.example"?)"});
    CHECK(complaints_about(populated_with(
              R"("populations": { "town": { "server": "mail.isp.example", "mistyped": 2 } })")) ==
          Lines{R"(3:70: /populations/town/mistyped: "mistyped" must be a share from "0%" )"
                R"(to "100%", such as "2%" or "0.5%"; did you mean "2%"?)"});
    for (std::string const member :
         {R"("to": ["shop.example"])", R"("rhythm": [1, 2])", R"("rhythm": "nights")", R"("spam": "96%")",
          R"("mistyped": "60%", "unknown": "60%")", R"("people": 0)", R"("peeple": 3)", R"("end": "8d")",
          R"("start": "3h", "end": "3h")"}) {
        INFO(member);
        CHECK(complaints_about(populated_with(R"("populations": { "town": { "server": "mail.isp.example", )" +
                                              member + " } }"))
                  .size() == 1);
    }
    CHECK(complaints_about(populated_with(R"("populations": { "town": { "server": "mail.isp.example" } },
"spammers": { "town": { "to": "leo@isp.example" } })")) ==
          Lines{R"(3:18: /populations/town: a spammer is called "town", too; choose another key: the )"
                "messages of both would have the same ids"});
    CHECK(complaints_about(
              populated_with(R"("populations": { "town": { "server": "mail.isp.example", "spam": "50%" } },
"spammers": { "town-spam": { "to": "leo@isp.example" } })")) ==
          Lines{R"(3:18: /populations/town: its spam comes from "town-spam", and a spammer is called )"
                R"("town-spam", too; choose another key for one of the two)"});
    CHECK(complaints_about(populated_with(R"("domains": { "count": 5, "people": 4 })")).size() == 1);
    CHECK(complaints_about(populated_with(R"("domains": { "name": "a b" })")).size() == 1);
    CHECK(complaints_about(
              populated_with(R"("populations": { "town": { "server": "mail.isp.example", "people": 20 },
                                                     "town1": { "server": "mail.isp.example",
 "people": 20 } })"))
              .size() == 1);
}

TEST_CASE("A change leaves generated servers, and the people of populations, what they had") {
    World const world = world_of(
        populated_with(R"("domains": { "count": 2, "people": 6, "sizes": "equal", "software": "exim" },
"populations": { "town": { "server": "mail.isp.example", "people": 3 } },
"changes": [ { "at": "1s", "server": "mx.domain2.example", "set": { "open_relay": true } },
             { "at": "2s", "server": "mx.domain1.example", "set": { "aliases": { "post": "user1" } } },
             { "at": "3s", "server": "mx.domain2.example", "set": { "open_relay": null } },
             { "at": "4s", "server": "mail.isp.example",
               "set": { "mailboxes": ["leo"], "accounts": {} } } ])"));
    auto const after = [&](std::size_t change) -> ServerPolicy const& {
        return std::get<ServerChange>(world.changes[world.changes.id_at(change)].what).after.policy;
    };
    CHECK(after(0).open_relay);
    CHECK(after(0).software == Software::exim);
    CHECK(world.book.name(after(0).handles[0]) == "domain2.example");
    CHECK(after(0).mailboxes.size() == 3);
    CHECK(after(1).alias_names.size() == 1);
    CHECK(world.book.name(after(1).handles[0]) == "domain1.example");
    CHECK_FALSE(after(2).open_relay);
    CHECK(after(2).mailboxes.size() == 3);
    CHECK(after(3).mailboxes.size() == 4);
    CHECK(after(3).accounts.size() == 1);
}

TEST_CASE("Changes of servers with very many mailboxes are limited") {
    std::string changes;
    for (int n = 1; n <= 8; ++n)
        changes += (n == 1 ? "" : ", ") + std::string{R"({ "at": ")"} + std::to_string(n) +
                   R"(s", "server": "mx.domain1.example", "set": { "up": false } })";
    Lines const complaints = complaints_about(
        populated_with(R"("domains": { "count": 1, "people": 400000 }, "changes": [ )" + changes + "]"));
    REQUIRE(complaints.size() == 1);
    CHECK(complaints.front().find(
              "/changes/7: up to here the changes of servers repeat more than 3000000 mailboxes") !=
          std::string::npos);
}
