#include "base/time.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

__extension__ using Wide = __int128;

struct Unit {
    std::string_view name;
    std::int64_t nanoseconds;
};

constexpr std::int64_t second_ns = 1'000'000'000;
constexpr std::array<Unit, 5> units{{{"d", 86400 * second_ns},
                                     {"h", 3600 * second_ns},
                                     {"m", 60 * second_ns},
                                     {"s", second_ns},
                                     {"ms", 1'000'000}}};
constexpr std::int64_t ten_years_ns = 3650LL * 86400 * second_ns;
// Ten years in nanoseconds still fit, and one digit more does not overflow.
constexpr std::int64_t most_mantissa = 400'000'000'000'000'000;
constexpr std::int64_t finest_scale = 1'000'000'000;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

} // namespace

std::optional<Duration> parse_duration(std::string_view text) {
    // 1. The number, in units of 10^-decimals.
    std::int64_t mantissa = 0;
    std::int64_t scale = 1;
    std::size_t at = 0;
    bool in_fraction = false;
    bool seen_digit = false;
    for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !in_fraction && seen_digit));
         ++at) {
        if (text[at] == '.') {
            in_fraction = true;
            seen_digit = false; // a digit must follow the point
            continue;
        }
        seen_digit = true;
        if (mantissa > most_mantissa || scale > finest_scale)
            return std::nullopt;
        mantissa = mantissa * 10 + (text[at] - '0');
        if (in_fraction)
            scale *= 10;
    }
    if (!seen_digit)
        return std::nullopt;

    // 2. The unit.
    for (Unit const& unit : units) {
        if (text.substr(at) != unit.name)
            continue;
        auto const exact = static_cast<Wide>(mantissa) * unit.nanoseconds / scale;
        if (exact > ten_years_ns)
            return std::nullopt;
        return Duration{static_cast<std::int64_t>(exact)};
    }
    return std::nullopt;
}

double seconds(Duration duration) {
    return static_cast<double>(duration.count()) / static_cast<double>(second_ns);
}

std::string say_duration(Duration duration) {
    std::int64_t const ns = duration.count();
    if (ns < 0)
        return "-" + say_duration(-duration);
    if (ns < 10 * second_ns)
        return fmt::format("{:.3f} s", seconds(duration));
    if (ns < 60 * second_ns)
        return fmt::format("{:.1f} s", seconds(duration));
    std::int64_t const whole_s = ns / second_ns;
    auto const two = [](std::int64_t major, std::string_view major_name, std::int64_t minor,
                        std::string_view minor_name) {
        return minor == 0 ? fmt::format("{} {}", major, major_name)
                          : fmt::format("{} {} {} {}", major, major_name, minor, minor_name);
    };
    if (whole_s < 3600)
        return two(whole_s / 60, "min", whole_s % 60, "s");
    if (whole_s < 86400)
        return two(whole_s / 3600, "h", whole_s % 3600 / 60, "min");
    return two(whole_s / 86400, "d", whole_s % 86400 / 3600, "h");
}

std::string say_instant(Instant at) {
    return say_duration(at.since_start);
}

std::string write_duration(Duration duration) {
    std::int64_t const ns = duration.count();
    for (Unit const& unit : units)
        if (ns % unit.nanoseconds == 0 && (ns != 0 || unit.name == "s"))
            return fmt::format("{}{}", ns / unit.nanoseconds, unit.name);
    std::string text = fmt::format("{}.{:06}", ns / 1'000'000, ns % 1'000'000);
    return text.erase(text.find_last_not_of('0') + 1) + "ms";
}

} // namespace mailflow
