#include "report/words/spoken_time.hpp"

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

Duration rounded(Duration duration) {
    constexpr Duration exact_below = 59'950ms; // else it would read 60.0 s
    using FiveSeconds = std::chrono::duration<std::int64_t, std::ratio<5>>;
    using TenSeconds = std::chrono::duration<std::int64_t, std::ratio<10>>;
    if (duration < exact_below)
        return duration;
    if (auto const whole = round<FiveSeconds>(duration); whole < 10min)
        return whole;
    if (auto const whole = round<TenSeconds>(duration); whole < 1h)
        return whole;
    return round<minutes>(duration);
}

/// As say_duration, which leaves out the minutes beside days.
std::string words_of(Duration duration) {
    Duration const rest = duration % days{1};
    if (duration < days{1} || rest < 1min)
        return say_duration(duration);
    return fmt::format("{} d {}", duration / days{1}, say_duration(rest));
}

} // namespace

std::string say_clock(Duration duration) {
    return words_of(rounded(duration));
}

std::string say_roughly(Duration duration) {
    using Hundredths = std::chrono::duration<std::int64_t, std::centi>;
    constexpr int milliseconds_of_a_second = 3;
    if (duration < 10ms)
        return number_of_seconds(duration, milliseconds_of_a_second) + " s";
    if (duration < 95ms)
        return number_of_seconds(floor<Hundredths>(duration + 5ms), 2) + " s";
    if (duration < 9950ms)
        return number_of_seconds(duration, 1) + " s";
    if (auto const whole = round<std::chrono::seconds>(duration); whole < 1min)
        return fmt::format("{} s", whole.count());
    std::string words = say_clock(std::max<Duration>(duration, 1min));
    if (std::size_t const unit = words.find(" d"); unit != std::string::npos)
        words.replace(unit, 2, words.starts_with("1 ") ? " day" : " days");
    return words;
}

std::string say_between(Duration from, Duration to) {
    Duration const in_the_margin = rounded(to) - rounded(from);
    return from < 1h || in_the_margin == 0s ? say_roughly(to - from) : say_roughly(in_the_margin);
}

std::string say_exactly(Duration duration) {
    std::string words;
    auto const say = [&words](std::string const& part) { words += (words.empty() ? "" : " ") + part; };
    if (duration >= days{1})
        say(fmt::format("{} d", duration / days{1}));
    if (auto const whole = duration % days{1} / 1h; whole > 0)
        say(fmt::format("{} h", whole));
    if (auto const whole = duration % 1h / 1min; whole > 0)
        say(fmt::format("{} min", whole));
    if (Duration const rest = duration % 1min; rest >= 1ms || words.empty())
        say(number_of_seconds(floor<milliseconds>(rest), 3) + " s");
    return words;
}

std::string say_length(Duration duration) {
    using Tenths = std::chrono::duration<std::int64_t, std::deci>;
    if (duration <= 9999ms)
        return say_duration(ceil<milliseconds>(duration));
    if (duration <= 59'900ms)
        return say_duration(ceil<Tenths>(duration));
    if (duration <= 59min + 59s)
        return say_duration(ceil<std::chrono::seconds>(duration));
    return say_exactly(duration <= days{1} ? Duration{ceil<std::chrono::seconds>(duration)}
                                           : Duration{ceil<minutes>(duration)});
}

std::string say_after(Instant at) {
    return "after " + say_roughly(at.since_start);
}

} // namespace mailflow
