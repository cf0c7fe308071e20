#include "base/duration_histogram.hpp"

#include "base/numbers.hpp"

#include <algorithm>
#include <bit>
#include <cassert>

namespace mailflow {

namespace {

constexpr std::chrono::seconds one_second{1};

} // namespace

/// The highest bit and the three below it; small numbers have a bucket each.
std::size_t DurationHistogram::bucket_of(Duration duration) {
    assert(duration.count() >= 0);
    auto const ns = static_cast<std::uint64_t>(duration.count());
    if (ns < steps)
        return ns;
    unsigned const shift = static_cast<unsigned>(std::bit_width(ns)) - steps_bits;
    return (shift << steps_bits) | ((ns >> (shift - 1)) % steps);
}

Duration DurationHistogram::middle_of(std::size_t bucket) {
    if (bucket < steps)
        return Duration{static_cast<std::int64_t>(bucket)};
    std::size_t const shift = bucket >> steps_bits;
    std::uint64_t const first = (steps | (bucket % steps)) << (shift - 1);
    std::uint64_t const width = std::uint64_t{1} << (shift - 1);
    return Duration{static_cast<std::int64_t>(first + width / 2)};
}

void DurationHistogram::add(Duration duration) {
    ++buckets_[bucket_of(duration)];
    ++count_;
    sum_rest_ += duration % one_second;
    sum_s_ += duration / one_second + sum_rest_ / one_second;
    sum_rest_ %= one_second;
    least_ = std::min(least_, duration);
    most_ = std::max(most_, duration);
}

void DurationHistogram::add(DurationHistogram const& other) {
    for (std::size_t i = 0; i < bucket_count; ++i)
        buckets_[i] += other.buckets_[i];
    count_ += other.count_;
    sum_rest_ += other.sum_rest_;
    sum_s_ += other.sum_s_ + sum_rest_ / one_second;
    sum_rest_ %= one_second;
    least_ = std::min(least_, other.least_);
    most_ = std::max(most_, other.most_);
}

std::optional<Duration> DurationHistogram::mean() const {
    if (count_ == 0)
        return std::nullopt;
    auto const count = static_cast<std::int64_t>(count_);
    // In two steps, since the sum in nanoseconds may be more than fits.
    std::int64_t const rest_s = sum_s_ % count;
    double const rest_ns = (static_cast<double>(rest_s) * 1e9 + static_cast<double>(sum_rest_.count())) /
                           static_cast<double>(count_);
    return sum_s_ / count * Duration{one_second} + Duration{static_cast<std::int64_t>(rest_ns)};
}

std::optional<Duration> DurationHistogram::least() const {
    return count_ == 0 ? std::nullopt : std::optional{least_};
}

std::optional<Duration> DurationHistogram::most() const {
    return count_ == 0 ? std::nullopt : std::optional{most_};
}

std::optional<Duration> DurationHistogram::percentile(double share) const {
    if (count_ == 0)
        return std::nullopt;
    std::uint64_t const rank = nearest_rank(share, count_);
    if (rank == 1)
        return least_;
    if (rank == count_)
        return most_;
    std::uint64_t seen = 0;
    std::size_t bucket = 0;
    while ((seen += buckets_[bucket]) < rank)
        ++bucket;
    return std::clamp(middle_of(bucket), least_, most_);
}

} // namespace mailflow
