// The mail of populations as a run shows it: by the laws that the scenario names, and told shortly.
#include "library.hpp"

#include "report/csv.hpp"
#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/story/story.hpp"
#include "report/summary.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <vector>

using namespace mailflow;

namespace {

World town(std::string const& members, std::uint64_t seed = 1) {
    World world = world_of(R"({ "format": 1, "title": "Town", "until": "1d",
        "domains": { "count": 12, "people": 600 },
        "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": [] } },
        "populations": { "town": { "server": "mail.isp.example", "people": 500, "mail_per_day": 4,
                                   "to": ["domains"] )" +
                           members + " } } }");
    world.seed = seed;
    return world;
}

std::vector<Event> submissions(Trace const& trace) {
    std::vector<Event> found;
    for (Event const& event : trace.events)
        if (std::holds_alternative<MessageSubmitted>(event.happening))
            found.push_back(event);
    return found;
}

/// Four standard deviations of a count that is Poisson distributed.
double four_sigma(double mean) {
    return 4 * std::sqrt(mean);
}

} // namespace

TEST_CASE("a population writes as much as its people do in a day, whatever the seed") {
    for (std::uint64_t const seed : {1U, 2U, 3U}) {
        World const world = town("", seed);
        CHECK(static_cast<double>(submissions(run(world)).size()) == Approx(2000).margin(four_sigma(2000)));
    }
}

TEST_CASE("mail goes to domains by Zipf's law, mistyped and unknown ones by their shares") {
    World const world = town(R"(, "mistyped": "10%", "unknown": "5%" )");
    Trace const trace = run(world);
    std::map<std::string, double> by_domain;
    double all = 0;
    double unknown = 0;
    double mistyped = 0;
    for (Recipient const& recipient : trace.recipients) {
        if (trace.messages[recipient.message].kind != MessageKind::crowd)
            continue;
        auto const& address = world.book[recipient.address];
        std::string const& domain = world.book.name(address.domain);
        ++all;
        ++by_domain[domain];
        unknown += world.book.name(address.local_part) == "no-such-name" ? 1 : 0;
        mistyped += domain.starts_with("dmoain") ? 1 : 0;
    }
    CHECK(mistyped == Approx(all * 0.10).margin(four_sigma(all * 0.10)));
    CHECK(unknown == Approx(all * 0.05).margin(four_sigma(all * 0.05)));
    double harmonic = 0;
    for (int rank = 1; rank <= 12; ++rank)
        harmonic += 1.0 / rank;
    for (int const rank : {1, 2, 3, 6, 12}) {
        double const mean = all * 0.90 / harmonic / rank;
        CHECK(by_domain["domain" + std::to_string(rank) + ".example"] ==
              Approx(mean).margin(four_sigma(mean)));
    }
}

TEST_CASE("a rhythm gives each hour its part of the day's mail") {
    World const world = town(R"(, "rhythm": [0,0,0,0,0,0, 0,0,3,3,3,3, 1,3,3,3,3,1, 0,0,0,0,0,0] )");
    std::array<double, 24> hours{};
    for (Event const& event : submissions(run(world)))
        ++hours[static_cast<std::size_t>(event.at.since_start / std::chrono::hours{1} + 9) %
                24]; // from nine on
    for (std::size_t const hour : {0U, 7U, 18U, 23U})
        CHECK(hours[hour] == 0);
    for (auto const& [hour, part] : {std::pair{8U, 3.0}, {12U, 1.0}, {16U, 3.0}, {17U, 1.0}}) {
        double const mean = 2000 * part / 26;
        CHECK(hours[hour] == Approx(mean).margin(four_sigma(mean)));
    }
}

TEST_CASE("the gaps of an even rhythm are exponential") {
    Trace const trace = run(town(""));
    std::vector<Event> const written = submissions(trace);
    double const mean = 86'400.0 / 2000;
    double longer = 0; // than the mean: one in e
    for (std::size_t i = 1; i < written.size(); ++i)
        longer += seconds(written[i].at - written[i - 1].at) > mean ? 1 : 0;
    double const expected = static_cast<double>(written.size()) / 2.718281828;
    CHECK(longer == Approx(expected).margin(four_sigma(expected)));
}

TEST_CASE("the spam beside a population is drawn from the seed: how much, when, and to whom") {
    std::set<std::size_t> amounts;
    std::set<std::vector<std::uint32_t>> targets;
    for (std::uint64_t const seed : {1U, 2U, 3U, 4U}) {
        World const world = town(R"(, "spam": "50%", "start": "2h", "end": "20h" )", seed);
        Trace const trace = run(world);
        double const mean_gap = 86'400.0 / 2000;
        std::vector<double> moments;
        std::vector<std::uint32_t> recipients;
        double longer = 0; // than the mean gap: one in e
        for (Event const& event : submissions(trace)) {
            Message const& message = trace.messages[std::get<MessageSubmitted>(event.happening).message];
            if (message.kind != MessageKind::spam)
                continue;
            double const at = seconds(event.at.since_start);
            longer += !moments.empty() && at - moments.back() > mean_gap ? 1 : 0;
            moments.push_back(at);
            recipients.push_back(trace.recipients[message.first_recipient].address.index);
        }
        auto const count = static_cast<double>(moments.size());
        CHECK(count == Approx(1500).margin(four_sigma(1500)));
        CHECK(longer == Approx(count / 2.718281828).margin(four_sigma(count / 2.718281828)));
        CHECK(moments.front() > 7200);
        CHECK(moments.back() <= 72'000);
        CHECK(std::set<std::uint32_t>(recipients.begin(), recipients.end()).size() > 500); // of 600
        amounts.insert(moments.size());
        targets.insert(recipients);
    }
    CHECK(amounts.size() > 1);
    CHECK(targets.size() == 4);
}

TEST_CASE("whatever a population puts in comes out") {
    World const world =
        town(R"(, "mistyped": "10%", "unknown": "5%", "without_login": "5%", "spam": "30%" )");
    Trace const trace = run(world);
    mailflow::Totals const totals = summarize(world, trace).totals;
    std::size_t handed_in = 0;
    for (Message const& message : trace.messages)
        handed_in += is_handed_in(message) ? message.recipient_count : 0;
    CHECK(totals.recipients == handed_in);
    CHECK(totals.recipients ==
          totals.delivered + totals.refused + totals.bounced + totals.queued + totals.discarded);
    CHECK(totals.refused > 0); // without a login
    CHECK(totals.bounced > 0);
    CHECK(totals.delivered > totals.recipients / 2);
}

TEST_CASE("the same town gives the same bytes, another seed gives others") {
    std::string const members = R"(, "size": { "median": "8kB" }, "rhythm": "home" )";
    auto const lines = [&](std::uint64_t seed) {
        World const world = town(members, seed);
        Trace const trace = run(world);
        return trace_jsonl(world, trace) + report_json(world, trace) + report_csv(world, trace);
    };
    std::string const once = lines(1);
    CHECK(once == lines(1));
    CHECK(once != lines(2));
}

TEST_CASE("the CSV of a town has a line for each recipient, however many there are") {
    World const world = town(R"(, "mistyped": "2%", "spam": "40%" )");
    Trace const trace = run(world);
    std::string const csv = report_csv(world, trace);
    std::uint64_t const recipients = summarize(world, trace).totals.recipients;
    CHECK(recipients > 2000);
    CHECK(static_cast<std::uint64_t>(std::count(csv.begin(), csv.end(), '\n')) == recipients + 1);
}

TEST_CASE("a day of thousands of messages is told on a few pages") {
    World const world = town(R"(, "mistyped": "2%", "spam": "40%" )");
    Trace const trace = run(world);
    std::string const told = story(world, trace, Detail::servers, Colour::off);
    CHECK(std::count(told.begin(), told.end(), '\n') < 600);
}

TEST_CASE("what is sent beside a population that writes to one domain is no guessing of names") {
    World const world = world_of(R"({ "format": 1, "title": "Town", "until": "2h",
        "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": [] } },
        "populations": { "town": { "server": "mail.isp.example", "people": 50, "mail_per_day": 20,
                                   "to": ["isp.example"], "spam": "20%" } } })");
    Trace const trace = run(world);
    for (Detail const detail : {Detail::magic, Detail::servers})
        CHECK(story(world, trace, detail, Colour::off).find("guess") == std::string::npos);
}
