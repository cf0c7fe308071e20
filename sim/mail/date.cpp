#include "mail/date.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

using namespace std::chrono;

constexpr sys_seconds first_morning = sys_days{year{2026} / January / 5} + hours{9};

} // namespace

std::int64_t unix_time(Instant at) {
    return (first_morning + floor<std::chrono::seconds>(at.since_start)).time_since_epoch().count();
}

std::string mail_date(Instant at) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const moment = first_morning + floor<std::chrono::seconds>(at.since_start);
    auto const day = floor<std::chrono::days>(moment);
    year_month_day const date{day};
    hh_mm_ss const time{moment - day};
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000", days[weekday{day}.c_encoding()],
                       static_cast<unsigned>(date.day()), months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                       time.seconds().count());
}

} // namespace mailflow
