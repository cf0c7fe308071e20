#include "engine/delivery.hpp"

#include <algorithm>
#include <cassert>

namespace mailflow {

namespace {

/// Notes whose an id is in a list that grows with the ids.
template<class Key, class Owner>
void note_owner(std::vector<Owner>& owners, Id<Key> id, Owner owner) {
    if (owners.size() <= id.index)
        owners.resize(id.index + 1U);
    owners[id.index] = owner;
}

} // namespace

Deliveries::Deliveries(World const& world, Trace& trace, Resolver& resolver, Connections& connections)
    : world_(world)
    , trace_(trace)
    , resolver_(resolver)
    , connections_(connections) {
    for (std::size_t host = 0; host < world.hosts.size(); ++host)
        chance_.emplace_back(world.seed, host);
}

void Deliveries::start(QueueEntryId entry, DomainId domain, std::vector<RecipientId> recipients) {
    DeliveryId const id = live_.add(
        {.entry = entry, .domain = domain, .recipients = std::move(recipients), .hosts = {}, .failures = {}});
    ask(id, domain, RecordType::mx);
}

void Deliveries::ask(DeliveryId id, DomainId name, RecordType type) {
    QueueEntryId const entry = live_[id].entry;
    LookupId const lookup = resolver_.ask({.asker = sender_of(id),
                                           .name = name,
                                           .type = type,
                                           .entry = entry,
                                           .message = trace_.entries[entry].message});
    note_owner(by_lookup_, lookup, id);
}

std::optional<DeliveryReport> Deliveries::answer_arrives(LookupId lookup_id) {
    DeliveryId const id = by_lookup_[lookup_id.index];
    Lookup const& lookup = trace_.lookups[lookup_id];
    if (lookup.type == RecordType::mx)
        return exchangers_known(id, lookup);
    if (lookup.status == DnsStatus::found) {
        HostId const server = dns_of(world_, lookup.name).address;
        if (server == sender_of(id)) // RFC 5321 section 5.1: never to itself, by whatever name
            return fail_all(id, {.by = server, .session = {}}, Saying::loops_back);
        call(id, server);
        return std::nullopt;
    }
    live_[id].host_trouble = lookup.status == DnsStatus::no_data ? Saying::no_host_address
                             : lookup.name == live_[id].domain   ? Saying::no_such_domain
                                                                 : Saying::no_such_host;
    return try_next_host(id);
}

/// RFC 5321 section 5.1, step by step.
std::optional<DeliveryReport> Deliveries::exchangers_known(DeliveryId id, Lookup const& lookup) {
    DnsRecords const& records = dns_of(world_, lookup.name);
    HostId const self = sender_of(id);
    Source const own_words{.by = self, .session = {}};
    // 1. No such name: final. Null MX (RFC 7505 section 3): final.
    if (lookup.status == DnsStatus::no_such_name)
        return fail_all(id, own_words, Saying::no_such_domain);
    if (records.null_mx)
        return fail_all(id, own_words, Saying::null_mx);
    // 2. No MX: the domain itself is the host.
    if (lookup.status == DnsStatus::no_data) {
        live_[id].hosts = {lookup.name};
        return try_next_host(id);
    }
    // 3. The hosts by preference. Where this server is among them, it and everything not better is left out.
    live_[id].hosts = hosts_in_order(self, records);
    if (live_[id].hosts.empty())
        return fail_all(id, own_words, Saying::loops_back);
    return try_next_host(id);
}

std::vector<DomainId> Deliveries::hosts_in_order(HostId self, DnsRecords const& records) {
    DomainId const own_name = world_.servers[world_.hosts[self].server].name;
    std::vector<MxRecord> usable = records.mx;
    auto const own = std::find_if(usable.begin(), usable.end(),
                                  [&](MxRecord const& record) { return record.host == own_name; });
    if (own != usable.end())
        std::erase_if(
            usable, [limit = own->preference](MxRecord const& record) { return record.preference >= limit; });

    // Equal preferences are taken in random order, to spread the load.
    for (auto first = usable.begin(); first != usable.end();) {
        auto const last = std::find_if(first, usable.end(), [&](MxRecord const& record) {
            return record.preference != first->preference;
        });
        for (auto count = last - first; count > 1; --count)
            std::iter_swap(first + (count - 1), first + static_cast<std::ptrdiff_t>(chance_[self.index].below(
                                                            static_cast<std::uint64_t>(count))));
        first = last;
    }
    std::vector<DomainId> hosts;
    hosts.reserve(usable.size());
    for (MxRecord const& record : usable)
        hosts.push_back(record.host);
    return hosts;
}

std::optional<DeliveryReport> Deliveries::try_next_host(DeliveryId id) {
    Delivery& delivery = live_[id];
    if (delivery.next_host == delivery.hosts.size())
        return fail_all(id, {.by = sender_of(id), .session = {}}, delivery.host_trouble);
    ask(id, delivery.hosts[delivery.next_host++], RecordType::address);
    return std::nullopt;
}

void Deliveries::call(DeliveryId id, HostId server) {
    Delivery const& delivery = live_[id];
    MessageId const message = trace_.entries[delivery.entry].message;
    SessionId const session =
        connections_.open({.client = sender_of(id),
                           .server = server,
                           .message = message,
                           .entry = delivery.entry,
                           .plan = {.port = port_smtp,
                                    .authenticate = false,
                                    .reverse_path = trace_.messages[message].reverse_path,
                                    .recipients = {}},
                           .credentials = {},
                           .recipients = delivery.recipients});
    note_owner(by_session_, session, id);
}

std::optional<DeliveryReport> Deliveries::session_news(SessionNews const& news) {
    DeliveryId const id = by_session_[news.session.index];
    Source const source{.by = trace_.sessions[news.session].server, .session = news.session};
    switch (news.kind) {
    case SessionNews::Kind::recipient_refused: fail(id, news.recipient, source, news.saying); break;
    case SessionNews::Kind::session_refused: {
        std::vector<RecipientId> const unserved = live_[id].recipients;
        for (RecipientId const recipient : unserved)
            fail(id, recipient, source, news.saying);
        break;
    }
    case SessionNews::Kind::message_taken: break; // the next server's business from here on
    case SessionNews::Kind::closed: return finish(id);
    case SessionNews::Kind::connection_refused:
        assert(false && "every machine with a name in the DNS listens on port 25");
        break;
    }
    return std::nullopt;
}

void Deliveries::fail(DeliveryId id, RecipientId recipient, Source source, Saying saying) {
    std::erase(live_[id].recipients, recipient);
    live_[id].failures.push_back({recipient, source, saying});
}

std::optional<DeliveryReport> Deliveries::fail_all(DeliveryId id, Source source, Saying saying) {
    for (RecipientId const recipient : live_[id].recipients)
        live_[id].failures.push_back({recipient, source, saying});
    live_[id].recipients.clear();
    return finish(id);
}

DeliveryReport Deliveries::finish(DeliveryId id) {
    return {live_[id].entry, std::move(live_[id].failures)};
}

} // namespace mailflow
