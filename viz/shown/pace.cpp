#include "viz/shown/pace.hpp"

#include "trace/replay.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

constexpr Duration shortest_idle = std::chrono::seconds{2};
constexpr double idle_watch_s = 2.0;
constexpr double idle_watch_in_all_s = 30.0; // a queue that tries a hundred times has a hundred pauses
constexpr double calm_watch_s = 20.0;
/// Of the timeline's busy length, what each idle stretch is given.
constexpr double idle_share = 0.10;
constexpr double idle_share_in_all = 1.0;

} // namespace

Pace::Pace(Trace const& trace) : end_(trace.ended_at) {
    Instant busy_until;
    std::vector<Stretch> found;
    auto const add = [&found](Instant from, Instant to, bool idle) {
        if (to > from)
            found.push_back({.from = from, .to = to, .axis_from = 0, .axis_to = 0, .idle = idle});
    };
    Instant busy_from;
    for (Event const& event : trace.events) {
        if (event.at - busy_until > shortest_idle) {
            add(busy_from, busy_until, false);
            add(busy_until, event.at, true);
            busy_from = event.at;
        }
        busy_until = std::max(busy_until, event.at + travel_time(trace, event));
        end_ = std::max(end_, event.at);
    }
    busy_until = std::min(busy_until, end_);
    add(busy_from, busy_until, false);
    add(busy_until, end_, end_ - busy_until > shortest_idle);
    if (found.empty())
        found.push_back({.from = {}, .to = {}, .axis_from = 0, .axis_to = 1, .idle = false});

    double pauses = 0;
    for (Stretch const& stretch : found) {
        if (stretch.idle)
            ++pauses;
        else
            busy_ += stretch.to - stretch.from;
    }
    pauses = std::max(pauses, 1.0);
    pause_watch_s_ = std::min(idle_watch_s, idle_watch_in_all_s / pauses);
    double const share = std::min(idle_share, idle_share_in_all / pauses);
    double const busy = std::max(seconds(busy_), 1e-9);
    auto const length = [busy, share](Stretch const& stretch) {
        return stretch.idle ? busy * share : seconds(stretch.to - stretch.from);
    };
    double total = 0;
    for (Stretch const& stretch : found)
        total += length(stretch);
    double place = 0;
    for (Stretch& stretch : found) {
        stretch.axis_from = place;
        place += total > 0 ? length(stretch) / total : 1.0;
        stretch.axis_to = place;
    }
    found.back().axis_to = 1.0;
    stretches_ = std::move(found);
}

std::size_t Pace::stretch_at(Instant at) const {
    auto const found = std::lower_bound(stretches_.begin(), stretches_.end(), at,
                                        [](Stretch const& stretch, Instant to) { return stretch.to < to; });
    return static_cast<std::size_t>(found - stretches_.begin());
}

double Pace::axis_of(Instant at) const {
    std::size_t const number = stretch_at(at);
    if (number == stretches_.size())
        return 1.0;
    Stretch const& stretch = stretches_[number];
    double const length = seconds(stretch.to - stretch.from);
    double const part = length > 0 ? seconds(at - stretch.from) / length : 0.0;
    return stretch.axis_from + std::clamp(part, 0.0, 1.0) * (stretch.axis_to - stretch.axis_from);
}

Instant Pace::at_axis(double place) const {
    if (place >= 1.0)
        return end_;
    auto const found =
        std::lower_bound(stretches_.begin(), stretches_.end(), place,
                         [](Stretch const& stretch, double to) { return stretch.axis_to < to; });
    if (found == stretches_.end())
        return end_;
    double const width = found->axis_to - found->axis_from;
    double const part = width > 0 ? std::clamp((place - found->axis_from) / width, 0.0, 1.0) : 0.0;
    auto const length = static_cast<double>((found->to - found->from).count());
    return found->from + Duration{static_cast<std::int64_t>(part * length)};
}

Instant Pace::advance(Instant now, double watched_s, Speed speed) const {
    for (std::size_t i = stretch_at(now); i < stretches_.size(); ++i) {
        Stretch const& stretch = stretches_[i];
        if (now >= stretch.to)
            continue;
        double rate = speed.factor();
        if (stretch.idle)
            rate = std::max(rate, seconds(stretch.to - stretch.from) / pause_watch_s_);
        double const left_s = seconds(stretch.to - now) / rate;
        if (watched_s < left_s)
            return now + Duration{std::llround(watched_s * rate * 1e9)};
        watched_s -= left_s;
        now = stretch.to;
    }
    return end_;
}

Stretch const* Pace::idle_at(Instant now) const {
    std::size_t const number = stretch_at(now);
    if (number == stretches_.size())
        return nullptr;
    Stretch const& stretch = stretches_[number];
    return stretch.idle && stretch.from < now && now < stretch.to ? &stretch : nullptr;
}

std::size_t Pace::calm_speed() const {
    double const wanted = std::log(std::max(seconds(busy_), 1e-6) / calm_watch_s);
    auto const distance = [wanted](Speed const& speed) {
        return std::abs(std::log(speed.factor()) - wanted);
    };
    auto const best = std::min_element(speeds.begin(), speeds.end(), [&](Speed const& a, Speed const& b) {
        return distance(a) < distance(b);
    });
    return static_cast<std::size_t>(best - speeds.begin());
}

} // namespace mailflow::viz
