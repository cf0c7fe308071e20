#include "world/queue_times.hpp"

namespace mailflow {

namespace {

using std::chrono::hours;

/// In the order of Software.
constexpr std::array<QueueTimes, software_names.size()> defaults{{
    {hours{24 * 5}, std::nullopt},    // Postfix: maximal_queue_lifetime; delay_warning_time is 0
    {hours{24 * 4}, hours{24}, true}, // Exim: the last retry rule; delay_warning
    {hours{24 * 5}, hours{4}},        // Sendmail: Timeout.queuereturn, Timeout.queuewarn
    {hours{24 * 4}, hours{4}},        // OpenSMTPD: queue ttl, bounce warn-interval
    {hours{24 * 7}, std::nullopt},    // qmail: queuelifetime
    {hours{24 * 2}, hours{4}},        // Exchange: MessageExpirationTimeout, DelayNotificationTimeout
}};

using std::chrono::minutes;
using std::chrono::seconds;

/// In the order of Software. Of those whose waits only grow, the last one before they give up.
constexpr std::array<BackOff, software_names.size()> waits{{
    {seconds{300}, seconds{4000}},   // Postfix: minimal_backoff_time, maximal_backoff_time
    {minutes{15}, hours{6}},         // Exim: the first and the last retry rule
    {minutes{10}, minutes{10}},      // Sendmail: the queue runs of Debian
    {seconds{400}, seconds{22'800}}, // OpenSMTPD: to its 29th try, the last in four days
    {seconds{400}, seconds{30'000}}, // qmail: to its 38th try, the last in seven days
    {minutes{1}, minutes{10}}, // Exchange: QueueGlitchRetryInterval, OutboundConnectionFailureRetryInterval
}};

} // namespace

QueueTimes const& queue_times(Software software) {
    return defaults[static_cast<std::size_t>(software)];
}

BackOff const& waits_of(Software software) {
    return waits[static_cast<std::size_t>(software)];
}

QueueTimes queue_times(Server const& server) {
    QueueTimes times = queue_times(server.policy.software);
    if (server.retry) {
        times.give_up = server.retry->give_up;
        times.warn = server.retry->warn;
    }
    return times;
}

} // namespace mailflow
