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
