// When each software tries again, warns and gives up by itself: what is documented and measured of it.
#include "catch.hpp"

#include "engine/retry.hpp"

using namespace mailflow;
using std::chrono::hours;
using std::chrono::minutes;
using Seconds = std::chrono::seconds;

namespace {

Server server_with(Software software) {
    Server server;
    server.policy.software = software;
    return server;
}

/// The moments of the tries in seconds, each failing at once; the first is at the arrival.
std::vector<std::int64_t> tries_s(Server const& server, Duration arrived, std::size_t most) {
    std::vector<std::int64_t> tries{0};
    QueueAge age{Instant{arrived}, Instant{arrived}, 1};
    while (tries.size() < most && !has_expired(server, age)) {
        age.now = next_try(server, age);
        ++age.failed_tries;
        tries.push_back(std::chrono::floor<Seconds>(age.now - age.arrived).count());
    }
    return tries;
}

using Times = std::vector<std::int64_t>;

} // namespace

TEST_CASE("Postfix waits as long as the message is old, from 300 s up to 4000 s") {
    CHECK(tries_s(server_with(Software::postfix), {}, 8) ==
          Times{0, 300, 600, 1200, 2400, 4800, 8800, 12800});
}

TEST_CASE("Exim tries every quarter of an hour for two hours, then longer and longer, then every six hours") {
    Times const times = tries_s(server_with(Software::exim), {}, 60);
    Times const first(times.begin(), times.begin() + 9);
    CHECK(first == Times{0, 900, 1800, 2700, 3600, 4500, 5400, 6300, 7200});
    CHECK(times[9] == 7200 + 3600);      // an hour
    CHECK(times[10] == times[9] + 5400); // half as much again
    CHECK(times[11] == times[10] + 8100);
    CHECK(times[15] - times[14] == 6 * 3600);
    CHECK(times.back() == 4 * 24 * 3600);
}

TEST_CASE("Sendmail tries with each run of the queue, whenever the message came") {
    CHECK(tries_s(server_with(Software::sendmail), minutes{7}, 4) == Times{0, 180, 780, 1380});
}

TEST_CASE("OpenSMTPD tries after 400 seconds times the square of the try") {
    CHECK(tries_s(server_with(Software::opensmtpd), hours{1}, 5) == Times{0, 400, 1600, 3600, 6400});
}

TEST_CASE("qmail tries at the square of the root of the age and 20") {
    CHECK(tries_s(server_with(Software::qmail), {}, 6) == Times{0, 400, 1600, 3600, 6400, 10000});
    CHECK(tries_s(server_with(Software::qmail), {}, 1000).back() == 7 * 24 * 3600);
}

TEST_CASE("Exchange tries four times a minute apart, six times five minutes apart, then every ten minutes") {
    CHECK(tries_s(server_with(Software::exchange), {}, 13) ==
          Times{0, 60, 120, 180, 240, 540, 840, 1140, 1440, 1740, 2040, 2640, 3240});
    CHECK(tries_s(server_with(Software::exchange), {}, 1000).back() == 2 * 24 * 3600);
}

TEST_CASE("what the postmaster sets goes before the software's habits") {
    for (std::size_t n = 0; n < software_names.size(); ++n) {
        Server server = server_with(static_cast<Software>(n));
        server.retry = RetrySchedule{BackOff{Seconds{10}, Seconds{40}}, Seconds{100}, Seconds{50}};
        CHECK(tries_s(server, Seconds{7}, 100) == Times{0, 10, 30, 70, 100});
        CHECK(warnings_due(server, {Instant{}, Instant{Seconds{49}}, 1}) == 0);
        CHECK(warnings_due(server, {Instant{}, Instant{Seconds{50}}, 1}) == 1);
    }
}

TEST_CASE("warnings are due after each software's time, and Exim's again and again") {
    struct Case {
        Software software;
        Duration age;
        std::uint32_t due;
    };
    for (Case const& c : {Case{Software::postfix, hours{24 * 5}, 0}, Case{Software::qmail, hours{24 * 7}, 0},
                          Case{Software::sendmail, hours{4} - Seconds{1}, 0},
                          Case{Software::sendmail, hours{100}, 1}, Case{Software::opensmtpd, hours{4}, 1},
                          Case{Software::exchange, hours{4}, 1}, Case{Software::exim, hours{23}, 0},
                          Case{Software::exim, hours{24}, 1}, Case{Software::exim, hours{72}, 3}}) {
        INFO(software_names[static_cast<std::size_t>(c.software)]);
        CHECK(warnings_due(server_with(c.software), {Instant{}, Instant{c.age}, 1}) == c.due);
    }
}
