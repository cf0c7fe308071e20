#include "trace/closing.hpp"

#include "mail/ends_session.hpp"
#include "trace/events_by.hpp"

namespace mailflow {

HostId closer_of(Trace const& trace, SessionId id, Instant closed) {
    Session const& session = trace.sessions[id];
    if (session.service != Service::smtp)
        return session.client;
    // It is over as soon as the last words have come.
    for (std::size_t n = events_by(trace, closed - session.one_way); n-- > 0;) {
        Event const& event = trace.events[n];
        if (event.at < session.opened)
            break;
        if (auto const* sent = std::get_if<ReplySent>(&event.happening); sent && sent->session == id)
            return ends_session(sent->saying) ? session.server : session.client;
    }
    return session.client;
}

} // namespace mailflow
