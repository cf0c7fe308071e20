#include "mail/date.hpp"

#include <fmt/format.h>

#include <array>

namespace mailflow {

namespace {

using namespace std::chrono;

constexpr sys_seconds first_morning = sys_days{year{2026} / January / 5} + hours{9};

struct Calendar {
    std::string_view weekday;
    unsigned day;
    std::string rest; // "Jan 2026 09:00:00"
};

Calendar calendar_at(Instant at) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    auto const moment = first_morning + floor<std::chrono::seconds>(at.since_start);
    auto const day = floor<std::chrono::days>(moment);
    year_month_day const date{day};
    hh_mm_ss const time{moment - day};
    return {days[weekday{day}.c_encoding()], static_cast<unsigned>(date.day()),
            fmt::format("{} {} {:02}:{:02}:{:02}", months[static_cast<unsigned>(date.month()) - 1],
                        static_cast<int>(date.year()), time.hours().count(), time.minutes().count(),
                        time.seconds().count())};
}

} // namespace

std::string compact_date(Instant at, CompactDate precision) {
    auto const moment = first_morning + floor<std::chrono::seconds>(at.since_start);
    auto const day = floor<std::chrono::days>(moment);
    year_month_day const date{day};
    hh_mm_ss const time{moment - day};
    std::string text = fmt::format("{}{:02}{:02}{:02}{:02}{:02}", static_cast<int>(date.year()),
                                   static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                                   time.hours().count(), time.minutes().count(), time.seconds().count());
    if (precision == CompactDate::to_minutes)
        text.resize(text.size() - 2);
    return text;
}

std::int64_t unix_time(Instant at) {
    return (first_morning + floor<std::chrono::seconds>(at.since_start)).time_since_epoch().count();
}

std::string mail_date(Instant at) {
    return mail_date(at, Software::exim);
}

std::string mail_date(Instant at, Software software) {
    auto const [weekday, day, rest] = calendar_at(at);
    switch (software) {
    case Software::postfix: return fmt::format("{}, {:2} {} +0000 (UTC)", weekday, day, rest);
    case Software::exim: return fmt::format("{}, {:02} {} +0000", weekday, day, rest);
    case Software::sendmail: return fmt::format("{}, {} {} GMT", weekday, day, rest);
    case Software::opensmtpd: return fmt::format("{}, {} {} +0000 (UTC)", weekday, day, rest);
    case Software::qmail: return fmt::format("{} {} -0000", day, rest);
    case Software::exchange: return fmt::format("{}, {} {} +0000", weekday, day, rest);
    }
    return {};
}

} // namespace mailflow
