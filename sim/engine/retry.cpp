#include "engine/retry.hpp"

#include <algorithm>

namespace mailflow {

namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// Postfix: maximal_queue_lifetime; no warning (delay_warning_time = 0).
constexpr Duration postfix_lifetime = hours{24 * 5};
/// Postfix: minimal_backoff_time and maximal_backoff_time, between which the age of the message is taken.
constexpr Duration postfix_least = seconds{300};
constexpr Duration postfix_most = seconds{4000};

Duration lifetime(Server const& server) {
    return server.retry ? server.retry->give_up : postfix_lifetime;
}

/// `first`, doubled with each failed try, at most `most`.
Duration backed_off(RetrySchedule const& schedule, std::uint32_t failed_tries) {
    Duration delay = schedule.first;
    for (std::uint32_t i = 1; i < failed_tries && delay < schedule.most; ++i)
        delay *= 2;
    return std::min(delay, schedule.most);
}

} // namespace

Instant next_try(Server const& server, QueueAge const& age) {
    Duration const delay = server.retry ? backed_off(*server.retry, age.failed_tries)
                                        : std::clamp(age.now - age.arrived, postfix_least, postfix_most);
    return std::min(age.now + delay, std::max(age.arrived + lifetime(server), age.now));
}

bool has_expired(Server const& server, QueueAge const& age) {
    return age.now - age.arrived >= lifetime(server);
}

bool warning_is_due(Server const& server, QueueAge const& age) {
    return server.retry && server.retry->warn && age.now - age.arrived >= *server.retry->warn;
}

} // namespace mailflow
