#include "report/spoken_time.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace mailflow {

namespace {

using namespace std::chrono;

/// "0.9", "5", "0.045".
std::string number_of_seconds(Duration duration, int decimals) {
    std::string text = fmt::format("{:.{}f}", seconds(duration), decimals);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.'))
        text.pop_back();
    return text;
}

std::string with_rest(std::string major, std::int64_t rest, std::string_view unit) {
    return rest == 0 ? major : fmt::format("{} {} {}", major, rest, unit);
}

} // namespace

std::string say_roughly(Duration duration) {
    constexpr int milliseconds_of_a_second = 3;
    if (duration < 100ms)
        return number_of_seconds(duration, milliseconds_of_a_second) + " s";
    if (duration < 9950ms)
        return number_of_seconds(duration, 1) + " s";
    if (auto const rounded = round<std::chrono::seconds>(duration); rounded < 1min)
        return fmt::format("{} s", rounded.count());
    auto const whole_seconds = floor<std::chrono::seconds>(std::max<Duration>(duration, 1min));
    if (whole_seconds < 1h)
        return with_rest(fmt::format("{} min", whole_seconds / 1min), whole_seconds % 1min / 1s, "s");
    if (whole_seconds < 24h)
        return with_rest(fmt::format("{} h", whole_seconds / 1h), whole_seconds % 1h / 1min, "min");
    auto const whole_hours = floor<hours>(whole_seconds);
    return with_rest(count_of(static_cast<std::size_t>(whole_hours / 24h), "day", "days"),
                     whole_hours % 24h / 1h, "h");
}

std::string say_after(Instant at) {
    return "after " + say_roughly(at.since_start);
}

} // namespace mailflow
