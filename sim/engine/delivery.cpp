#include "engine/delivery.hpp"

#include "smtp/habits.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// Notes whose an id is in a list that grows with the ids.
template<class Key, class Owner>
void note_owner(std::vector<Owner>& owners, Id<Key> id, Owner owner) {
    if (owners.size() <= id.index)
        owners.resize(id.index + 1U);
    owners[id.index] = owner;
}

bool is_transient(Saying saying) {
    return class_of(saying) == SayingClass::transient;
}

} // namespace

Deliveries::Deliveries(Present const& present, Trace& trace, Resolver& resolver, Connections& connections)
    : present_(present)
    , trace_(trace)
    , resolver_(resolver)
    , connections_(connections) {
    World const& world = present.world();
    chance_.reserve(world.hosts.size());
    for (std::size_t host = 0; host < world.hosts.size(); ++host)
        chance_.emplace_back(world.seed, host);
}

void Deliveries::start(QueueEntryId entry, NextHop hop, std::vector<EnvelopeRecipient> const& recipients) {
    Delivery delivery{.entry = entry, .hop = hop, .open = {}, .failed = {}, .hosts = {}};
    for (EnvelopeRecipient const& recipient : recipients)
        delivery.open.push_back({recipient, {}});
    DeliveryId const id = live_.add(std::move(delivery));
    if (hop.by_exchangers) {
        ask(id, hop.name, RecordType::mx);
    } else {
        live_[id].hosts = {hop.name};
        try_next_host(id);
    }
}

void Deliveries::ask(DeliveryId id, DomainId name, RecordType type) {
    QueueEntryId const entry = live_[id].entry;
    LookupId const lookup = resolver_.ask({.asker = sender_of(id),
                                           .name = name,
                                           .type = type,
                                           .destination = live_[id].hop.name,
                                           .entry = entry,
                                           .message = trace_.entries[entry].message});
    note_owner(by_lookup_, lookup, id);
}

std::optional<DeliveryReport> Deliveries::answer_arrives(LookupId lookup_id) {
    DeliveryId const id = by_lookup_[lookup_id.index];
    Lookup const& lookup = trace_.lookups[lookup_id];
    return lookup.type == RecordType::mx ? exchangers_known(id, lookup) : host_known(id, lookup);
}

/// RFC 5321 section 5.1, step by step.
std::optional<DeliveryReport> Deliveries::exchangers_known(DeliveryId id, Lookup const& lookup) {
    switch (lookup.status) {
    // 1. No such name: final. Trouble with the DNS: another time.
    case DnsStatus::no_such_name: return give_up(id, Saying::no_such_domain);
    case DnsStatus::server_failure: return give_up(id, Saying::dns_server_failure);
    case DnsStatus::no_answer: return give_up(id, Saying::dns_no_answer);
    // 2. No MX: the domain itself is the host.
    case DnsStatus::no_data: live_[id].hosts = {lookup.name}; return try_next_host(id);
    case DnsStatus::found: break;
    }
    // 3. Null MX (RFC 7505 section 3): final.
    DnsRecords const& records = records_of(present_.world(), lookup);
    if (records.null_mx)
        return give_up(id, Saying::null_mx);
    // 4. The hosts by preference. Where this server is among them, it and everything not better is left out.
    live_[id].hosts = hosts_in_order(sender_of(id), records);
    if (live_[id].hosts.empty())
        return give_up(id, Saying::loops_back);
    return try_next_host(id);
}

std::optional<DeliveryReport> Deliveries::host_known(DeliveryId id, Lookup const& lookup) {
    Source const own_words{.by = sender_of(id), .session = {}};
    switch (lookup.status) {
    case DnsStatus::found: {
        HostId const server = records_of(present_.world(), lookup).address;
        if (server == sender_of(id)) // RFC 5321 section 5.1: never to itself, by whatever name
            return give_up(id, Saying::loops_back);
        call(id, server);
        return std::nullopt;
    }
    case DnsStatus::no_data: trouble_for_all(id, own_words, Saying::no_host_address); break;
    case DnsStatus::no_such_name:
        trouble_for_all(id, own_words,
                        lookup.name == live_[id].hop.name ? Saying::no_such_domain : Saying::no_such_host);
        break;
    case DnsStatus::server_failure: trouble_for_all(id, own_words, Saying::dns_server_failure); break;
    case DnsStatus::no_answer: trouble_for_all(id, own_words, Saying::dns_no_answer); break;
    }
    return try_next_host(id);
}

std::vector<DomainId> Deliveries::hosts_in_order(HostId self, DnsRecords const& records) {
    DomainId const own_name = present_.server_on(self).name;
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
    if (delivery.open.empty() || delivery.next_host == delivery.hosts.size())
        return finish(id);
    ask(id, delivery.hosts[delivery.next_host++], RecordType::address);
    return std::nullopt;
}

void Deliveries::call(DeliveryId id, HostId server) {
    Delivery const& delivery = live_[id];
    QueueEntry const& entry = trace_.entries[delivery.entry];
    Message const& message = trace_.messages[entry.message];
    Server const& sender = present_.server_on(entry.server);
    bool const logs_in =
        !delivery.hop.by_exchangers && sender.smarthost_account && sender.smarthost == delivery.hop.name;
    std::vector<EnvelopeRecipient> recipients;
    for (Trouble const& open : delivery.open)
        recipients.push_back(open.recipient);
    SessionId const session =
        connections_.open({.client = entry.server,
                           .server = server,
                           .message = entry.message,
                           .entry = delivery.entry,
                           .plan = {.port = logs_in ? port_submission : port_smtp,
                                    .authenticate = logs_in,
                                    .reverse_path = message.reverse_path,
                                    .recipients = {},
                                    .size_bytes = message.size_bytes,
                                    .received_lines = entry.received_lines,
                                    .peer_limit = announced_limit(present_.server_on(server).policy)},
                           .credentials = logs_in ? Credentials{sender.smarthost_account->user,
                                                                sender.smarthost_account->password}
                                                  : Credentials{},
                           .recipients = std::move(recipients)});
    note_owner(by_session_, session, id);
}

std::optional<DeliveryReport> Deliveries::session_news(SessionNews const& news) {
    DeliveryId const id = by_session_[news.session.index];
    Source const their_words{.by = trace_.sessions[news.session].server, .session = news.session};
    Source const own_words{.by = sender_of(id), .session = news.session};
    switch (news.kind) {
    case SessionNews::Kind::recipient_refused:
        trouble_for(id, news.recipient, their_words, news.saying);
        return std::nullopt;
    case SessionNews::Kind::session_refused:
        for (EnvelopeRecipient const& recipient : connections_.open_recipients(news.session))
            trouble_for(id, recipient.recipient,
                        news.saying == Saying::exceeds_peer_limit ? own_words : their_words, news.saying);
        return std::nullopt;
    case SessionNews::Kind::message_taken: // the next server's business from here on
        for (EnvelopeRecipient const& taken : connections_.open_recipients(news.session))
            std::erase_if(live_[id].open, [&](Trouble const& open) { return open.recipient == taken; });
        return std::nullopt;
    case SessionNews::Kind::connection_failed:
        for (EnvelopeRecipient const& recipient : connections_.open_recipients(news.session))
            trouble_for(id, recipient.recipient, own_words, news.saying);
        return try_next_host(id);
    case SessionNews::Kind::closed: return try_next_host(id);
    }
    return std::nullopt;
}

/// A permanent refusal is final; a transient one may still be mended by the next host.
void Deliveries::trouble_for(DeliveryId id, RecipientId recipient, Source source, Saying saying) {
    Delivery& delivery = live_[id];
    auto const open = std::find_if(delivery.open.begin(), delivery.open.end(), [&](Trouble const& candidate) {
        return candidate.recipient.recipient == recipient;
    });
    if (open == delivery.open.end())
        return;
    open->source = source;
    open->saying = saying;
    if (!is_transient(saying)) {
        delivery.failed.push_back(*open);
        delivery.open.erase(open);
    }
}

/// Trouble with a host, not with the recipients: another host may still do. What was temporary stays worth a
/// try.
void Deliveries::trouble_for_all(DeliveryId id, Source source, Saying saying) {
    for (Trouble& open : live_[id].open) {
        if (open.source.by.valid() && is_transient(open.saying) && !is_transient(saying))
            continue;
        open.source = source;
        open.saying = saying;
    }
}

DeliveryReport Deliveries::give_up(DeliveryId id, Saying saying) {
    trouble_for_all(id, {.by = sender_of(id), .session = {}}, saying);
    return finish(id);
}

DeliveryReport Deliveries::finish(DeliveryId id) {
    Delivery& delivery = live_[id];
    std::vector<Trouble> troubles = std::move(delivery.failed);
    troubles.insert(troubles.end(), delivery.open.begin(), delivery.open.end());
    delivery.open.clear();
    return {delivery.entry, std::move(troubles)};
}

} // namespace mailflow
