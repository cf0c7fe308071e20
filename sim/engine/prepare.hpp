// What the next turns need is asked of memory some turns before: waiting for it would be most of what an
// event costs where very many things are in flight. In steps, each of which looks only at what the one before
// has asked for: the rows of what is woken, then what these name, then what lies behind that. Nothing here
// changes anything, and a step that is left out, or asks for the wrong thing, costs time only. All of it is
// for the loop, and so short that it belongs into it.
#pragma once

#include "engine/mail_queue.hpp"
#include "engine/populations.hpp"

namespace mailflow {

inline void Connections::prepare_place(SessionId id) const {
    present_.prepare_place(records_.sessions[id].server);
}

/// Whatever the turn is about: to guess that wrongly costs more than to ask for a line in vain.
inline void Connections::prepare_more(SessionId id) const {
    Session const& session = records_.sessions[id];
    Live const& live = live_[id];
    AddressId const address = live.address_on_wire;
    present_.prepare(session.server);
    prefetch_all(records_.messages.place_of(session.message));
    present_.world().book.prepare(address.valid() ? address : AddressId{0});
    if (live.verb_on_wire == Verb::auth)
        prefetch(&present_.server_on(session.server).policy.accounts);
}

inline void Connections::prepare_call(SessionId id) const {
    incoming_.prepare(records_.sessions[id].server);
}

inline void Connections::prepare_command(SessionId id) const {
    HostId const server = records_.sessions[id].server;
    Live const& live = live_[id];
    switch (live.verb_on_wire) {
    case Verb::auth:
        prefetch(present_.server_on(server).policy.accounts.data());
        prefetch(logins_[live.login].account);
        break;
    case Verb::mail:
        if (live.address_on_wire.valid())
            present_.prepare(present_.world().book[live.address_on_wire].domain);
        break;
    case Verb::rcpt: present_.prepare_lists(server); break;
    case Verb::content:
        effects_.prepare(server);
        if (!live.recipients.empty())
            effects_.prepare(live.recipients.front().recipient.recipient);
        break;
    case Verb::quit: incoming_.prepare(server); break;
    default: break;
    }
}

inline void Resolver::prepare_place(LookupId id) const {
    Lookup const& lookup = records_.lookups[id];
    present_.prepare_place(lookup.name);
    present_.prepare_place(lookup.asker);
    if (lookup.message.valid()) {
        prefetch_all(records_.messages.place_of(lookup.message));
        effects_.prepare(lookup.message);
    }
    if (lookup.entry.valid())
        prefetch_all(records_.entries.place_of(lookup.entry));
}

inline void Resolver::prepare_more(LookupId id) const {
    Lookup const& lookup = records_.lookups[id];
    present_.prepare(lookup.name);
    present_.prepare(lookup.asker);
    if (!lookup.cached)
        remembered_.prepare(key_of(lookup));
}

/// What the answer will lead to: the address of the first exchanger is asked for, or a machine is called.
inline void Resolver::prepare_rest(LookupId id) const {
    Lookup const& lookup = records_.lookups[id];
    DnsRecords const& records = present_.dns(lookup.name);
    if (lookup.type == RecordType::mx && !records.mx.empty()) {
        present_.prepare_server(lookup.asker);
        prepare(lookup.asker, records.mx.front().host, RecordType::address);
    }
    if (lookup.type == RecordType::address && records.address.valid()) {
        present_.prepare_place(records.address);
        present_.prepare_address(lookup.asker);
    }
}

inline void Deliveries::prepare_more(LookupId id) const {
    if (records_.lookups[id].entry.valid())
        prepare(by_lookup_[id]);
}

/// Of a session that is about to end, or to end its transaction.
inline void Deliveries::prepare_place(SessionId id) const {
    by_session_.prepare(id);
}

inline void Deliveries::prepare_more(SessionId id) const {
    Session const& session = records_.sessions[id];
    if (!session.entry.valid())
        return;
    prepare(by_session_[id]);
    present_.prepare(session.client);
    effects_.prepare(session.client);
}

inline void Deliveries::prepare_rest(SessionId id) const {
    Session const& session = records_.sessions[id];
    if (session.entry.valid())
        lanes_.prepare({session.client, live_[by_session_[id]].hop});
}

inline void Deliveries::prepare(DeliveryId id) const {
    prefetch_all(live_.place_of(id));
}

inline void Deliveries::prepare(HostId sender, DomainId destination) const {
    lanes_.prepare({sender, destination});
    resolver_.prepare(sender, destination, RecordType::mx);
}

inline void MailQueues::prepare_place(QueueEntryId id) const {
    present_.prepare_place(records_.entries[id].server);
    effects_.prepare_place(records_.entries[id].server);
}

inline void MailQueues::prepare_more(QueueEntryId id) const {
    QueueEntry const& entry = records_.entries[id];
    present_.prepare(entry.server);
    effects_.prepare(entry.server);
    effects_.prepare(entry.message);
    prefetch_all(records_.messages.place_of(entry.message));
    if (!entry.recipients.empty()) {
        effects_.prepare(entry.recipients.front().recipient);
        present_.world().book.prepare(entry.recipients.front().address);
    }
}

inline void MailQueues::prepare_rest(QueueEntryId id) const {
    QueueEntry const& entry = records_.entries[id];
    present_.prepare_lists(entry.server);
    if (!entry.recipients.empty())
        deliveries_.prepare(entry.server, domain_of(entry.recipients.front()));
}

inline void MailQueues::prepare_end(SessionId id) const {
    Session const& session = records_.sessions[id];
    effects_.prepare_place(session.client);
    effects_.prepare_place(session.server);
    effects_.prepare(session.message);
    if (session.entry.valid()) {
        prepare(session.entry);
        deliveries_.prepare_place(id);
    }
}

inline void Populations::prepare(PopulationId id) const {
    prefetch_all(&population(id));
    prefetch_all(habits_.place_of(id));
}

inline void Populations::prepare_place(PopulationId id) const {
    present_.prepare_place(population(id).outgoing);
    present_.prepare_place(population(id).host);
}

inline void Populations::prepare_more(PopulationId id) const {
    habits_[id].destinations.prepare();
    habits_[id].sizes.prepare();
    prefetch(population(id).to.data());
    prefetch(population(id).sizes.data());
    present_.prepare(population(id).outgoing);
}

inline void Populations::prepare_rest(PopulationId id) const {
    programs_.prepare(population(id).host, population(id).outgoing);
}

inline Population const* MailPrograms::population_behind(LookupId id) const {
    MessageId const message = records_.lookups[id].message;
    if (records_.lookups[id].entry.valid() || !message.valid())
        return nullptr;
    PopulationId const population = records_.messages[message].population;
    return population.valid() ? &present_.world().populations[population] : nullptr;
}

inline void MailPrograms::prepare_more(LookupId id) const {
    if (Population const* const population = population_behind(id)) {
        prefetch(&population->host);
        prefetch(&population->outgoing);
        prefetch(&population->logged_in_millionths);
    }
}

inline void MailPrograms::prepare_rest(LookupId id) const {
    if (Population const* const population = population_behind(id))
        present_.prepare(population->outgoing);
}

inline void MailPrograms::prepare(HostId asker, ServerId outgoing) const {
    resolver_.prepare(asker, present_.server(outgoing).name, RecordType::address);
}

} // namespace mailflow
