// The calendar of the simulated worlds: RFC 5322 dates for simulated moments. Not the wall clock.
#pragma once

#include "base/time.hpp"

#include <cstdint>
#include <string>

namespace mailflow {

/// The moment as a date-time of RFC 5322 section 3.3: "Mon, 05 Jan 2026 09:00:00 +0000". Every run begins on
/// that Monday morning.
[[nodiscard]] std::string mail_date(Instant at);

/// The moment in seconds since 1970, as POSIX counts them.
[[nodiscard]] std::int64_t unix_time(Instant at);

} // namespace mailflow
