#include "engine/retry.hpp"

#include "world/queue_times.hpp"

#include <algorithm>
#include <array>

namespace mailflow {

namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

/// Postfix: minimal_backoff_time and maximal_backoff_time, between which the age of the message is taken.
Instant next_as_postfix(QueueAge const& age) {
    return age.now + std::clamp<Duration>(age.now - age.arrived, seconds{300}, seconds{4000});
}

/// Exim: "F,2h,15m; G,16h,1h,1.5; F,4d,6h", reckoned from the first failure.
Instant next_as_exim(QueueAge const& age) {
    Duration const failing = age.now - age.arrived;
    Duration at{};
    for (Duration wait{}; at <= failing; at += wait) {
        if (at < hours{2})
            wait = minutes{15};
        else if (at < hours{16})
            wait = std::max<Duration>(wait * 3 / 2, hours{1});
        else
            wait = hours{6};
    }
    return age.arrived + at;
}

/// Sendmail: the next run of the queue, whoever waits in it; Debian's cron starts one every ten minutes.
Instant next_as_sendmail(QueueAge const& age) {
    Duration const run = minutes{10};
    return Instant{(age.now.since_start / run + 1) * run};
}

/// OpenSMTPD: 400 s times the square of the number of the try, from the creation of the envelope.
Instant next_as_opensmtpd(QueueAge const& age) {
    std::int64_t n = 1;
    while (age.arrived + n * n * seconds{400} <= age.now)
        ++n;
    return age.arrived + n * n * seconds{400};
}

/// qmail-send: the square of the root of the age and 20, in seconds from the birth.
Instant next_as_qmail(QueueAge const& age) {
    std::int64_t const old_s = std::chrono::floor<seconds>(age.now - age.arrived).count();
    std::int64_t root = 0; // of integers, as qmail does
    while ((root + 1) * (root + 1) <= old_s)
        ++root;
    return age.arrived + (root + 20) * (root + 20) * seconds{1};
}

/// Exchange: four tries a minute apart (QueueGlitchRetry), six five minutes apart (TransientFailureRetry),
/// then one every ten minutes (OutboundConnectionFailureRetryInterval).
Instant next_as_exchange(QueueAge const& age) {
    if (age.failed_tries <= 4)
        return age.now + minutes{1};
    return age.now + (age.failed_tries <= 10 ? minutes{5} : minutes{10});
}

/// In the order of Software.
constexpr std::array<Instant (*)(QueueAge const& age), software_names.size()> schedules{
    next_as_postfix, next_as_exim, next_as_sendmail, next_as_opensmtpd, next_as_qmail, next_as_exchange};

/// `first`, doubled with each failed try, at most `most`.
Duration backed_off(BackOff const& schedule, std::uint32_t failed_tries) {
    Duration delay = schedule.first;
    for (std::uint32_t i = 1; i < failed_tries && delay < schedule.most; ++i)
        delay *= 2;
    return std::min(delay, schedule.most);
}

} // namespace

Duration lifetime_of(Server const& server) {
    return queue_times(server).give_up;
}

Instant next_call(Server const& server, QueueAge const& age) {
    if (server.retry && server.retry->back_off)
        return age.now + backed_off(*server.retry->back_off, age.failed_tries);
    return schedules[static_cast<std::size_t>(server.policy.software)](age);
}

Instant next_try(Server const& server, QueueAge const& age) {
    return std::min(next_call(server, age), std::max(age.arrived + lifetime_of(server), age.now));
}

bool has_expired(Server const& server, QueueAge const& age) {
    return age.now - age.arrived >= lifetime_of(server);
}

std::uint32_t warnings_due(Server const& server, QueueAge const& age) {
    QueueTimes const times = queue_times(server);
    Duration const old = age.now - age.arrived;
    if (!times.warn || old < *times.warn)
        return 0;
    if (!times.warns_again || *times.warn <= Duration::zero())
        return 1;
    return static_cast<std::uint32_t>(old / *times.warn);
}

std::optional<Instant> next_warning(Server const& server, QueueAge const& age) {
    QueueTimes const times = queue_times(server);
    if (!times.warns_again || !times.warn || *times.warn <= Duration::zero())
        return std::nullopt;
    return age.arrived + (warnings_due(server, age) + std::int64_t{1}) * *times.warn;
}

} // namespace mailflow
