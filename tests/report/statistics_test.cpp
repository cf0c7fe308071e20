#include "library.hpp"

#include "report/json_report.hpp"
#include "report/summary.hpp"

#include <nlohmann/json.hpp>

#include <vector>

using namespace mailflow;

TEST_CASE("a percentile is the value at the nearest rank") {
    std::vector<Duration> delays;
    CHECK_FALSE(percentile(delays, 0.5));
    for (int i = 1; i <= 10; ++i)
        delays.push_back(std::chrono::seconds{i});
    CHECK(percentile(delays, 0.5) == Duration{std::chrono::seconds{5}});
    CHECK(percentile(delays, 0.9) == Duration{std::chrono::seconds{9}});
    CHECK(percentile(delays, 0.99) == Duration{std::chrono::seconds{10}});
}

TEST_CASE("what a server denied is the same number wherever it is told, in whatever words it was denied") {
    std::size_t denied = 0;
    for (auto const& file : library_files()) {
        INFO(file.filename().string());
        World const world = world_of(text_of(file));
        auto const report = nlohmann::ordered_json::parse(report_json(world, run(world)));
        for (auto const& [server, counts] : report["servers"].items()) {
            INFO(server);
            auto const& refused = report["statistics"][server]["refused"];
            CHECK(counts["relay_denied"] == refused.value("relay-denied", 0));
            denied += counts["relay_denied"].get<std::size_t>();
        }
    }
    CHECK(denied > 100);
}

TEST_CASE(
    "the course of a queue has a point for each change, and of many changes the most between two points") {
    QueueCourse course;
    for (std::size_t n = 0; n < QueueCourse::most_points; ++n)
        course.add({Instant{Duration{n}}, n});
    REQUIRE(course.points().size() == QueueCourse::most_points);
    CHECK(course.points()[7].messages == 7);
    for (std::size_t n = QueueCourse::most_points; n < 1'000'000; ++n)
        course.add({Instant{Duration{n}}, n == 500'001 ? 5'000'000 : n % 7});
    CHECK(course.points().size() > QueueCourse::most_points / 2 - 1);
    CHECK(course.points().size() <= QueueCourse::most_points);
    std::size_t most = 0;
    Instant last{Duration{-1}};
    for (QueueLength const& point : course.points()) {
        CHECK(point.from > last);
        last = point.from;
        most = std::max(most, point.messages);
    }
    CHECK(most == 5'000'000);
}

TEST_CASE("how long a server had what it passed on is told of what it was given, not of its own letters") {
    World const world = world_of(R"({ "format": 1, "title": "x",
      "servers": { "mail.isp.example": { "handles": ["isp.example"], "mailboxes": ["maya"],
                                         "accounts": { "maya": "s" } } },
      "people": { "maya": { "address": "maya@isp.example", "password": "s" } },
      "mail": [ { "from": "maya", "to": ["leo@nowhere.example"] },
                { "from": "maya", "to": ["maya@isp.example"] } ] })");
    Trace const trace = run(world);
    Summary const summary = summarize(world, trace);
    REQUIRE(summary.servers.size() == 1);
    CHECK(summary.servers[ServerId{0}].delays.size() == 1);
}
