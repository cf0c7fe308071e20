// The hold model (Vaucher and Duval 1975): N events wait; take the earliest, and schedule one exponentially
// later. It measures the event set alone.
#include "bench/bare_ladder.hpp"
#include "bench/patterns.hpp"
#include "bench/stopwatch.hpp"

#include "base/ladder_queue.hpp"
#include "base/random.hpp"

#include <memory>
#include <vector>

namespace mailflow::bench {

namespace {

struct HoldEvent {
    Instant at;
    std::uint64_t subject = 0;
};

constexpr std::size_t delay_count = std::size_t{1} << 16;
constexpr std::size_t steps = 3'000'000;

/// Mailflow's own event queue, filled and in its stride.
class OwnHold {
public:
    OwnHold(std::size_t waiting, std::vector<std::uint64_t> const& delays) : delays_(delays) {
        for (std::size_t i = 0; i < waiting; ++i)
            queue_.push({Instant{Duration{static_cast<std::int64_t>(next_delay())}}, i});
    }

    void play(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            HoldEvent event = *queue_.pop();
            event.at = event.at + Duration{static_cast<std::int64_t>(next_delay())};
            queue_.push(event);
        }
    }

private:
    std::uint64_t next_delay() { return delays_[drawn_++ % delay_count]; }

    std::vector<std::uint64_t> const& delays_;
    std::size_t drawn_ = 0;
    LadderQueue<HoldEvent> queue_;
};

class BareHold {
public:
    BareHold(std::size_t waiting, std::vector<std::uint64_t> const& delays)
        : delays_(delays)
        , ladder_(std::make_unique<BareLadder>(waiting)) {
        for (std::size_t i = 0; i < waiting; ++i)
            ladder_->push({next_delay(), i});
    }

    void play(std::size_t count) {
        for (std::size_t i = 0; i < count; ++i) {
            BareEvent event = ladder_->pop();
            event.time += next_delay();
            ladder_->push(event);
        }
    }

private:
    std::uint64_t next_delay() { return delays_[drawn_++ % delay_count]; }

    std::vector<std::uint64_t> const& delays_;
    std::size_t drawn_ = 0;
    std::unique_ptr<BareLadder> ladder_;
};

} // namespace

Measurement measure_hold(std::size_t waiting) {
    std::vector<std::uint64_t> const delays = exponential_delays(delay_count, 1e9);
    OwnHold own{waiting, delays};
    BareHold bare{waiting, delays};
    own.play(2 * waiting); // until the beginning is forgotten
    bare.play(2 * waiting);
    BestTimes const best = best_times(
        rounds, [&] { own.play(steps); }, [&] { bare.play(steps); });
    return {.events = steps, .seconds = best.own, .reference_ns = best.reference * 1e9 / steps};
}

} // namespace mailflow::bench
