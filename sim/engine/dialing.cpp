#include "engine/dialing.hpp"

namespace mailflow {

std::optional<Saying> dial(Present const& present, Records const& records, Effects& effects, SessionId id) {
    Session const& session = records.sessions[id];
    effects.record(ConnectionOpened{id});
    if (!present.routed(session.client, session.server)) { // its own network's gateway says so
        effects.wake_after(2 * present.network(present.host(session.client).network).latency,
                           WakeKind::call_times_out, id);
        return Saying::no_route;
    }
    Duration const patience = patience_of(present, session.client);
    if (present.blocked(session.client, session.server, session.port)) {
        effects.wake_after(patience, WakeKind::call_times_out, id);
        return Saying::connection_blocked;
    }
    if (2 * session.one_way > patience) { // the answer comes when nobody waits for it any more
        effects.wake_after(patience, WakeKind::call_times_out, id);
        return Saying::connection_unanswered;
    }
    effects.wake_after(session.one_way, WakeKind::call_arrives, id);
    return std::nullopt;
}

Duration patience_of(Present const& present, HostId caller) {
    Server const* const server = present.sketch_of(caller).server;
    return server != nullptr ? behaviour_of(server->policy.software).dialing_patience : patience_of_program;
}

Duration patience_in_session_of(Present const& present, HostId caller, ClientSession::Awaits awaits) {
    Server const* const server = present.sketch_of(caller).server;
    if (server == nullptr)
        return patience_of_program;
    return patience_for(behaviour_of(server->policy.software).reply_patience, awaits);
}

bool leads_into_the_void(Present const& present, Lookup const& lookup) {
    return lookup.type == RecordType::address && lookup.status == DnsStatus::found &&
           leads_to_no_machine(records_of(present.world(), lookup));
}

std::variant<HostId, Saying> server_at(Present const& present, DnsRecords const& records) {
    if (is_loopback(records))
        return Saying::connection_refused; // the caller's own machine, where no mail server runs
    if (leads_to_no_machine(records))
        return Saying::connection_unanswered;
    if (present.sketch_of(records.address).server == nullptr)
        return Saying::connection_refused; // somebody's computer, where no mail server runs either
    return records.address;
}

bool is_ignored(SendingBehaviour const& behaviour, World const& world, Lookup const& lookup) {
    return (behaviour.ignores_loopback && is_loopback(records_of(world, lookup))) ||
           (behaviour.ignores_numbers && parse_ip(world.book.name(lookup.name)));
}

Saying trouble_with_own_server(DnsStatus status) {
    switch (status) {
    case DnsStatus::server_failure: return Saying::dns_server_failure;
    case DnsStatus::no_answer: return Saying::dns_no_answer;
    default: return Saying::server_not_found;
    }
}

} // namespace mailflow
