// What is measured of the whole program: how long it takes to start, and what a second thread brings.
#include "batch/batch.hpp"
#include "bench/child.hpp"
#include "bench/patterns.hpp"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <limits>

namespace mailflow::bench {

namespace {

/// A message that is refused, one that is delivered, and an answer: a lesson like those that come with it.
constexpr char const* small_scenario = R"({
  "format": 1,
  "title": "A small world",
  "servers": {
    "mail.isp.example": { "handles": ["isp.example"] },
    "mx1.shop.example": { "handles": ["shop.example"], "mailboxes": ["leo"] }
  },
  "people": { "maya": { "address": "maya@isp.example" }, "leo": { "address": "leo@shop.example" } },
  "mail": [
    { "from": "maya", "to": ["leo@shop.example"] },
    { "from": "maya", "to": ["nobody@shop.example"], "at": "1m" },
    { "from": "leo", "to": ["maya@isp.example"], "at": "2m" }
  ]
})";

constexpr int batch_rounds = 3;

/// Plays the plan on so many threads; comes back with the elapsed time, in seconds.
double seconds_on(std::size_t threads, batch::Plan const& plan) {
    batch::Shard const whole;
    batch::Pieces const pieces{plan, whole};
    auto spool = batch::Spool::create({}, batch::head_of(plan, pieces, whole, {}));
    if (!std::holds_alternative<batch::Spool>(spool))
        std::abort(); // of a benchmark that cannot be carried out there is nothing to tell
    auto const start = std::chrono::steady_clock::now();
    (void)batch::play(plan, pieces, std::get<batch::Spool>(spool), threads,
                      [](std::uint64_t) { return true; });
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

} // namespace

Measurement measure_batch() {
    constexpr std::uint64_t run_count = 30'000; // long enough that starting the threads does not count
    batch::Plan const plan{.files = {{"small.json", small_scenario}},
                           .factors = {},
                           .seeds = std::get<batch::SeedList>(batch::SeedList::parse("1..30000"))};
    double one = std::numeric_limits<double>::infinity();
    double two = one;
    for (int round = 0; round < batch_rounds; ++round) {
        one = std::min(one, seconds_on(1, plan));
        two = std::min(two, seconds_on(2, plan));
    }
    return {.events = run_count, .seconds = two, .reference_ns = one * 1e9 / run_count};
}

Measurement measure_start_up() {
    constexpr double allowed_ns = 15e6;
    constexpr int starts = 10;
    double best = std::numeric_limits<double>::infinity();
    for (int i = 0; i < starts; ++i)
        best = std::min(best, seconds_of_program({"run", "-"}, small_scenario));
    return {.events = 1, .seconds = best, .reference_ns = allowed_ns};
}

} // namespace mailflow::bench
