// How fast the run is shown. Stretches in which nothing is on its way are shortened, both on the timeline and
// while playing, so that hours of waiting can be watched; everything else keeps its proportions.
#pragma once

#include "trace/trace.hpp"

#include <array>
#include <vector>

namespace mailflow::viz {

/// A piece of the run. `axis_*` are places on the timeline, 0 at its beginning and 1 at its end.
struct Stretch {
    Instant from;
    Instant to;
    double axis_from = 0;
    double axis_to = 0;
    bool idle = false;
};

/// Simulated seconds per second of watching, as a fraction for people.
struct Speed {
    int times = 1;
    int divided_by = 1;

    [[nodiscard]] double factor() const { return static_cast<double>(times) / divided_by; }
};

inline constexpr std::array<Speed, 25> speeds{
    {{1, 1000}, {1, 500},  {1, 200},  {1, 100},   {1, 50},    {1, 20},    {1, 10},    {1, 5},   {1, 2},
     {1, 1},    {2, 1},    {5, 1},    {10, 1},    {20, 1},    {50, 1},    {100, 1},   {200, 1}, {500, 1},
     {1000, 1}, {2000, 1}, {5000, 1}, {10000, 1}, {20000, 1}, {50000, 1}, {100000, 1}}};

class Pace {
public:
    explicit Pace(Trace const& trace);

    [[nodiscard]] std::vector<Stretch> const& stretches() const { return stretches_; }
    [[nodiscard]] Instant end() const { return end_; }

    /// Where the moment stands on the timeline, from 0 to 1; and back.
    [[nodiscard]] double axis_of(Instant at) const;
    [[nodiscard]] Instant at_axis(double place) const;

    /// The moment after watching for so many seconds, at most the end. An idle stretch takes two seconds, or
    /// less where the speed passes it sooner, or where there are so many that they would take over 30 s.
    [[nodiscard]] Instant advance(Instant now, double watched_s, Speed speed) const;

    /// The idle stretch in which the moment lies; null where something is on its way.
    [[nodiscard]] Stretch const* idle_at(Instant now) const;

    /// The speed, an index into `speeds`, at which the busy stretches take about 20 seconds.
    [[nodiscard]] std::size_t calm_speed() const;

private:
    /// The first stretch that ends at the moment or after it.
    [[nodiscard]] std::size_t stretch_at(Instant at) const;

    std::vector<Stretch> stretches_; // without gaps, from 0 to end_
    Instant end_;
    Duration busy_{};
    double pause_watch_s_ = 0; // how long to watch each idle stretch
};

} // namespace mailflow::viz
