// How long things took, in constant memory: counts in buckets that are each an eighth of a power of two wide
// at most, so that a percentile is off by 6 % or less; count, mean, least and most are exact. (After
// HdrHistogram's buckets.)
#pragma once

#include "base/time.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace mailflow {

class DurationHistogram {
public:
    /// `duration` must not be negative.
    void add(Duration duration);
    void add(DurationHistogram const& other);

    [[nodiscard]] std::uint64_t count() const { return count_; }
    // The rest is empty when nothing was added.
    [[nodiscard]] std::optional<Duration> mean() const;
    [[nodiscard]] std::optional<Duration> least() const;
    [[nodiscard]] std::optional<Duration> most() const;
    /// The value below which that share lies (nearest rank), up to the width of its bucket.
    [[nodiscard]] std::optional<Duration> percentile(double share) const;

    bool operator==(DurationHistogram const&) const = default;

private:
    static constexpr unsigned steps_bits = 3; // eight steps to each power of two
    static constexpr std::size_t steps = std::size_t{1} << steps_bits;
    static constexpr std::size_t bucket_count = std::size_t{64 - steps_bits} << steps_bits;

    [[nodiscard]] static std::size_t bucket_of(Duration duration);
    [[nodiscard]] static Duration middle_of(std::size_t bucket);

    std::array<std::uint64_t, bucket_count> buckets_{};
    std::uint64_t count_ = 0;
    std::int64_t sum_s_ = 0; // of all, in whole seconds ...
    Duration sum_rest_{};    // ... and less than one more
    Duration least_ = Duration::max();
    Duration most_{};
};

} // namespace mailflow
