// The one clock: integer nanoseconds of simulated time since the start of the run. Never the wall clock.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

using Duration = std::chrono::duration<std::int64_t, std::nano>;

/// A moment of simulated time. Moments are subtracted and shifted, never added.
struct Instant {
    Duration since_start{0};

    constexpr auto operator<=>(Instant const&) const = default;
    friend constexpr Instant operator+(Instant at, Duration later) { return {at.since_start + later}; }
    friend constexpr Instant operator-(Instant at, Duration earlier) { return {at.since_start - earlier}; }
    friend constexpr Duration operator-(Instant later, Instant earlier) {
        return later.since_start - earlier.since_start;
    }
};

/// After this long a run ends at the latest, unless it is asked to go on for longer.
inline constexpr Duration longest_run = std::chrono::hours{24 * 7};

/// Reads "250ms", "90s", "5m", "2h" or "5d" (a whole or decimal number and one unit; no sign).
/// Empty when the text is anything else, or more than ten years.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text);

/// The duration in seconds, as reports write it.
[[nodiscard]] double seconds(Duration duration);

/// For people: "0.164 s", "12.5 s", "2 min 5 s", "3 h", "1 d 4 h". Rounds to what a reader can use.
[[nodiscard]] std::string say_duration(Duration duration);

/// For people: the moment as time since the start, in the words of `say_duration`.
[[nodiscard]] std::string say_instant(Instant at);

/// For scenario files: a text that `parse_duration` reads back to the same value, in the largest unit that
/// needs no fraction. `duration` must not be negative.
[[nodiscard]] std::string write_duration(Duration duration);

} // namespace mailflow
