// Populations: mail that is drawn when it is due.
#include "engine/play.hpp"
#include "engine/same_numbers.hpp"
#include "run/count.hpp"
#include "trace/tally.hpp"

#include <map>

using namespace mailflow;
using namespace std::chrono_literals;

namespace {

/// A provider with a shop's server somewhere else, and a thousand people who write to the shop; to one name
/// in ten that is none, and to one domain in ten that does not exist.
World town() {
    World world = play_text(R"({ "format": 1, "until": "1d",
        "networks": { "isp": {}, "core": {} },
        "servers": { "mail.isp.example": { "network": "isp", "handles": ["isp.example"],
                                           "accounts": { "all": "secret" } },
                     "mx.shop.example": { "network": "core", "handles": ["shop.example"],
                                          "mailboxes": ["n0", "n1", "n2"] } } })")
                      .world;
    AddressBook& book = world.book;
    Population people;
    people.key = "town";
    people.name = "The town";
    people.outgoing = ServerId{0};
    people.account = {"all", "secret"};
    people.people = 1000;
    for (std::uint32_t i = 0; i < people.people; ++i) {
        AddressId const person = book.add_address({"p" + std::to_string(i), "isp.example"});
        if (i == 0)
            people.first_person = person;
    }
    AddressId const first = book.add_address({"n0", "shop.example"});
    book.add_address({"n1", "shop.example"});
    book.add_address({"n2", "shop.example"});
    people.to = {{first, 3, 8},
                 {book.add_address({"wrong", "shop.example"}), 1, 1},
                 {book.add_address({"n0", "shpo.example"}), 1, 1}};
    world.dns.add({}); // of shpo.example: no such name
    people.sizes = {{1000, 3}, {100'000, 1}};
    people.interval = 60s;
    people.host = world.hosts.add({.name = "town",
                                   .network = NetworkId{0},
                                   .address = *parse_ip("192.0.2.77"),
                                   .person = {},
                                   .server = {},
                                   .population = PopulationId{0}});
    world.populations.add(people);
    return world;
}

} // namespace

TEST_CASE("a population writes as often as it says, to whom it says") {
    World const world = town();
    Numbers const numbers = numbers_of(world, run(world), EndedBy::until);
    CHECK(numbers.messages > 1300); // 1,440 on average
    CHECK(numbers.messages < 1580);
    CHECK(numbers.people.all() == numbers.messages);
    double const all = static_cast<double>(numbers.messages);
    CHECK(static_cast<double>(numbers.people.of(Outcome::delivered)) / all == Approx(0.8).margin(0.04));
    CHECK(static_cast<double>(numbers.people.of(Reason::unknown_user)) / all == Approx(0.1).margin(0.03));
    CHECK(static_cast<double>(numbers.people.of(Reason::no_such_domain)) / all == Approx(0.1).margin(0.03));
    CHECK(numbers.bounces.of(Outcome::delivered) > 200); // the people have mailboxes
}

TEST_CASE("the numbers of a counted population are those of its trace") {
    World const world = town();
    check_same(count(world), numbers_of(world, run(world), EndedBy::until));
}

TEST_CASE("a population's messages are of the sizes given, by people of its own") {
    World const world = town();
    Trace const trace = run(world);
    std::map<std::uint64_t, std::size_t> sizes;
    std::map<AddressId, std::size_t> writers;
    std::size_t written = 0;
    for (Message const& message : trace.messages) {
        if (message.kind != MessageKind::crowd)
            continue;
        ++sizes[message.size_bytes];
        ++writers[message.reverse_path];
        CHECK(message.number == ++written);
        CHECK(message.logs_in);
    }
    REQUIRE(sizes.size() == 2);
    CHECK(static_cast<double>(sizes.at(100'000)) / static_cast<double>(written) == Approx(0.25).margin(0.04));
    CHECK(writers.size() > 500);
    for (auto const& [writer, count_of_mail] : writers)
        CHECK(world.book[writer].domain ==
              world.book[world.populations[PopulationId{0}].first_person].domain);
}

TEST_CASE("without a login the mail of a stranger to the provider is refused") {
    World world = town();
    world.populations[PopulationId{0}].logged_in_millionths = 0;
    Numbers const numbers = count(world);
    CHECK(numbers.people.of(Outcome::refused, Reason::relay_denied) == numbers.messages);
}

TEST_CASE("a population rests at night") {
    World world = town();
    Population& people = world.populations[PopulationId{0}];
    people.hours.assign(24, 0);
    people.hours[9] = 1;
    people.hours[10] = 3;
    std::size_t at_nine = 0;
    std::size_t at_ten = 0;
    constexpr std::size_t days = 10;
    for (world.seed = 1; world.seed <= days; ++world.seed) {
        Trace const trace = run(world);
        for (Event const& event : trace.events) {
            if (!std::holds_alternative<MessageSubmitted>(event.happening))
                continue;
            REQUIRE((event.at.since_start >= 9h && event.at.since_start <= 11h));
            ++(event.at.since_start < 10h ? at_nine : at_ten);
        }
    }
    CHECK(static_cast<double>(at_nine) / days == Approx(360).margin(20)); // as many a day as without a rhythm
    CHECK(static_cast<double>(at_ten) / days == Approx(1080).margin(35));
}

TEST_CASE("a population begins and ends when it is told") {
    World world = town();
    Population& people = world.populations[PopulationId{0}];
    people.start = Instant{2h};
    people.most_mail = 10;
    Numbers const few = count(world);
    CHECK(few.messages == 10);
    CHECK((few.ended_at >= Instant{2h}));
    people.most_mail.reset();
    people.end = Instant{3h};
    CHECK(count(world).messages > 30);
    CHECK(count(world).messages < 100);
    CHECK(count(world).ended_by == EndedBy::itself);
}

TEST_CASE("spam beside people who stop after so many messages stops with its share") {
    std::string const text = R"({ "format": 1, "until": "2d", "domains": { "count": 5, "people": 50 },
        "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
        "populations": { "town": { "server": "mail.isp.example", "people": 100, "mail_per_day": 10,
                                   "spam": "20%", "at_most": 102 } } })";
    Numbers const numbers = count(play_text(text).world);
    CHECK(numbers.people.all() == 102);
    CHECK(numbers.spam.all() == 26); // 25.5
}

TEST_CASE("the same seed draws the same mail, another seed other mail") {
    World world = town();
    std::vector<std::string> const once = settlements({world, run(world)});
    CHECK(settlements({world, run(world)}) == once);
    world.seed = 2;
    CHECK(settlements({world, run(world)}) != once);
}

TEST_CASE("a population writes for as long as the run lasts, with a rhythm and without") {
    for (char const* rhythm : {"", R"("rhythm": "office", )"}) {
        World const world = play_text(std::string{R"({ "format": 1, "until": "20d",
            "servers": { "mail.isp.example": { "handles": ["isp.example"] } },
            "domains": { "count": 1, "people": 5 },
            "populations": { "few": { "server": "mail.isp.example", "people": 10, )"} +
                                      rhythm + R"("mail_per_day": 2 } } })")
                                .world;
        std::vector<std::size_t> by_day(20);
        for (Event const& event : run(world).events)
            if (std::holds_alternative<MessageSubmitted>(event.happening))
                ++by_day.at(static_cast<std::size_t>(event.at.since_start / 24h));
        INFO(rhythm);
        for (std::size_t const messages : by_day) {
            CHECK(messages > 3); // 20 on average
            CHECK(messages < 60);
        }
    }
}
