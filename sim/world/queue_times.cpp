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

} // namespace

QueueTimes queue_times(Server const& server) {
    QueueTimes times = defaults[static_cast<std::size_t>(server.policy.software)];
    if (server.retry) {
        times.give_up = server.retry->give_up;
        times.warn = server.retry->warn;
    }
    return times;
}

} // namespace mailflow
