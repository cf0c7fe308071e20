// The calendar of the simulated worlds: dates for simulated moments, as mail writes them. Not the wall clock.
#pragma once

#include "base/time.hpp"
#include "mail/voice.hpp"

#include <cstdint>
#include <string>

namespace mailflow {

/// The moment as a date-time of RFC 5322 section 3.3, as mail programs and Exim write it: "Mon, 05 Jan 2026
/// 09:00:00 +0000". Every run begins on that Monday morning.
[[nodiscard]] std::string mail_date(Instant at);

/// The moment as this software writes it into its greeting, its letters and its Received lines. A day of one
/// digit has a blank in front of it with Postfix ("%e" in src/global/mail_date.c: "Mon,  5 Jan 2026 09:00:00
/// +0000 (UTC)"), a zero with Exim ("%d" in tod.c), and nothing with the others; qmail names no day of the
/// week (date822fmt.c), and Sendmail calls the zone GMT (arpadate.c).
[[nodiscard]] std::string mail_date(Instant at, Software software);

/// How far a compact date goes.
enum class CompactDate : std::uint8_t { to_minutes, to_seconds };

/// The moment as Message-Ids begin with it: "20260105090000", of Sendmail without the seconds.
[[nodiscard]] std::string compact_date(Instant at, CompactDate precision);

/// The moment in seconds since 1970, as POSIX counts them.
[[nodiscard]] std::int64_t unix_time(Instant at);

} // namespace mailflow
