// Packets go where the networks let them, and only those speak who are there.
#include "worlds/properties.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::worlds {

namespace {

bool reaches(Network const& from, NetworkId to) {
    return !from.reaches || std::find(from.reaches->begin(), from.reaches->end(), to) != from.reaches->end();
}

/// Whether a call to that port gets from one machine to the other, and an answer back.
bool lets_through(Present const& present, HostId from, HostId to, Port port) {
    NetworkId const here = present.host(from).network;
    NetworkId const there = present.host(to).network;
    if (here == there)
        return true;
    auto const& blocked = present.network(here).blocked_ports;
    return reaches(present.network(here), there) && reaches(present.network(there), here) &&
           std::find(blocked.begin(), blocked.end(), port) == blocked.end();
}

std::string connections_have_a_way(Played const& played) {
    Trace const& trace = played.trace;
    Present present{played.world};
    std::vector<bool> has_way(trace.sessions.size());
    for (Event const& event : trace.events) {
        if (std::holds_alternative<WorldChanged>(event.happening))
            present.apply_next();
        if (auto const* e = std::get_if<ConnectionOpened>(&event.happening)) {
            Session const& session = trace.sessions[e->session];
            has_way[e->session.index] = lets_through(present, session.client, session.server, session.port);
            if (session.client_address != present.host(session.client).address || session.opened != event.at)
                return fmt::format("session {} is not as it was opened", e->session.index);
        }
        auto const* e = std::get_if<ConnectionEstablished>(&event.happening);
        if (e && !has_way[e->session.index])
            return fmt::format("session {} goes through a wall", e->session.index);
    }
    return {};
}

std::string who_is_down_is_silent(Played const& played) {
    Present present{played.world};
    for (Event const& event : played.trace.events) {
        if (std::holds_alternative<WorldChanged>(event.happening))
            present.apply_next();
        SessionId id;
        if (auto const* e = std::get_if<ReplySent>(&event.happening))
            id = e->session;
        if (auto const* e = std::get_if<AccessReplySent>(&event.happening))
            id = e->session;
        if (id.valid() && !present.server_on(played.trace.sessions[id].server).up)
            return fmt::format("a server that is down answers in session {}", id.index);
    }
    return {};
}

} // namespace

std::vector<Property> reach_properties() {
    return {{"a connection stands only where there is a way", connections_have_a_way},
            {"a server that is down says nothing", who_is_down_is_silent}};
}

} // namespace mailflow::worlds
