// Streams and bursts of mail with everything that mailflow simulates, beside the same number of events a
// message on a bare loop; and that bare pattern on mailflow's own event queue and tables.
#include "bench/mail_pattern.hpp"
#include "bench/mail_world.hpp"
#include "bench/patterns.hpp"
#include "bench/stopwatch.hpp"

#include "run/count.hpp"

#include <algorithm>

namespace mailflow::bench {

namespace {

/// So many are under way at a time, where there are enough.
constexpr double most_in_flight = 13'600;
/// A message of the mail world is under way for about so long.
constexpr double lifetime_ns = 1.2e9;
constexpr double stream_interval_ns = lifetime_ns / most_in_flight;

/// Long runs are steady enough to be measured once.
int rounds_for(std::uint64_t messages) {
    return messages > 200'000 ? 1 : rounds;
}

Measurement measure_mail(MailWorld const& wanted) {
    World const world = make_world(wanted);
    Effort effort;
    PatternShape shape{.servers = std::max(wanted.providers, wanted.destinations),
                       .messages = wanted.messages,
                       .interval_ns = static_cast<double>(wanted.interval.count())};
    BestTimes const best = best_times(
        rounds_for(wanted.messages), [&] { effort = effort_of(world); },
        [&] {
            shape.events_per_message = static_cast<std::uint32_t>(effort.turns / wanted.messages);
            shape.most_in_flight = std::min(wanted.messages, 4 * effort.most_in_flight);
            (void)play_bare(shape);
        });
    auto const events_of_reference = static_cast<double>(shape.events_per_message * wanted.messages);
    return {.events = effort.turns,
            .messages = wanted.messages,
            .seconds = best.own,
            .reference_ns = best.reference * 1e9 / events_of_reference,
            .bytes_per_message =
                static_cast<double>(effort.most_bytes) / static_cast<double>(effort.most_in_flight)};
}

} // namespace

Measurement measure_mail_stream(std::uint64_t messages, std::uint32_t servers) {
    return measure_mail({.providers = servers / 2,
                         .destinations = servers / 2,
                         .messages = messages,
                         .interval = Duration{static_cast<std::int64_t>(stream_interval_ns)}});
}

Measurement measure_mail_burst(std::uint64_t messages) {
    return measure_mail({.messages = messages, .interval = Duration{1}});
}

Measurement measure_mail_pattern(std::uint64_t messages) {
    PatternShape const shape{.messages = messages,
                             .events_per_message = 45,
                             .interval_ns = stream_interval_ns,
                             .most_in_flight = 100'000};
    PatternCount count;
    BestTimes const best = best_times(
        rounds, [&] { count = play_on_own_loop(shape); }, [&] { (void)play_bare(shape); });
    return {.events = count.events,
            .messages = messages,
            .seconds = best.own,
            .reference_ns = best.reference * 1e9 / static_cast<double>(count.events)};
}

} // namespace mailflow::bench
