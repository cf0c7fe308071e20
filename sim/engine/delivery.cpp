#include "engine/delivery.hpp"

#include "engine/dialing.hpp"

#include <algorithm>
#include <utility>

namespace mailflow {

Deliveries::Deliveries(Present const& present, std::uint64_t seed, Records& records, Effects const& effects,
                       Resolver& resolver, Connections& connections)
    : present_(present)
    , records_(records)
    , effects_(effects)
    , resolver_(resolver)
    , connections_(connections) {
    std::size_t const hosts = present.world().hosts.size();
    chance_.reserve(hosts);
    for (std::size_t host = 0; host < hosts; ++host)
        chance_.emplace_back(seed, host);
}

void Deliveries::start(QueueEntryId entry, NextHop hop, Envelope const& recipients, Try which) {
    DeliveryId const id = live_.add({.entry = entry,
                                     .hop = hop.name,
                                     .by_exchangers = hop.by_exchangers,
                                     .is_retry = which != Try::first,
                                     .is_last_try = which == Try::last,
                                     .open = recipients});
    if (lanes_.enter({sender_of(id), hop.name}, id, most_under_way(id)))
        set_out(id);
}

std::uint32_t Deliveries::most_under_way(DeliveryId id) const {
    SendingBehaviour const& ways = behaviour(id);
    return settings_of(id).concurrency.value_or(live_[id].is_retry ? ways.retry_sessions
                                                                   : ways.first_sessions);
}

/// A server that is down asks and calls nobody. Whether it is; the delivery waits until it is up again then.
bool Deliveries::holds(DeliveryId id) {
    if (present_.sketch_of(sender_of(id)).up)
        return false;
    held_.add(sender_of(id), id);
    return true;
}

void Deliveries::server_up(HostId server) {
    for (DeliveryId const id : held_.release(server))
        set_out(id);
}

void Deliveries::set_out(DeliveryId id) {
    Delivery& delivery = live_[id];
    delivery.left_itself_out = delivery.found_another = false;
    delivery.next_host = 0;
    if (delivery.by_exchangers) {
        ask(id, delivery.hop, RecordType::mx);
    } else {
        delivery.hosts = {delivery.hop};
        try_next_host(id);
    }
}

void Deliveries::ask(DeliveryId id, DomainId name, RecordType type) {
    if (holds(id))
        return;
    QueueEntryId const entry = live_[id].entry;
    LookupId const lookup = resolver_.ask({.asker = sender_of(id),
                                           .name = name,
                                           .type = type,
                                           .destination = live_[id].hop,
                                           .entry = entry,
                                           .message = records_.entries[entry].message});
    by_lookup_.add(lookup) = id;
}

std::optional<DeliveryReport> Deliveries::answer_arrives(LookupId lookup_id) {
    DeliveryId const id = by_lookup_[lookup_id];
    Lookup const& lookup = records_.lookups[lookup_id];
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
    live_[id].hosts = hosts_in_order(id, records);
    if (live_[id].hosts.empty())
        return give_up(id, Saying::loops_back);
    return try_next_host(id);
}

std::optional<DeliveryReport> Deliveries::host_known(DeliveryId id, Lookup const& lookup) {
    Source const own_words{.by = sender_of(id), .session = {}};
    switch (lookup.status) {
    case DnsStatus::found: {
        auto const found = destination_at(id, lookup);
        auto const* const host = std::get_if<HostId>(&found);
        bool const is_itself = host != nullptr && *host == sender_of(id);
        if (!is_itself)
            live_[id].found_another = true;
        if (auto const* trouble = std::get_if<Saying>(&found)) {
            trouble_for_all(id, own_words, *trouble);
            break;
        }
        HostId const server = std::get<HostId>(found);
        if (is_itself && !may_call_itself(id))
            return stop_at_itself(id, live_[id].next_host - 1U); // RFC 5321 section 5.1: by whatever name
        auto const failing = failing_hosts_.resting(sender_of(id), lookup.name, effects_.now());
        if (failing && !live_[id].is_last_try) {
            trouble_for_all(id, own_words,
                            is_dead(id, *failing) ? Saying::retry_timeout_exceeded
                                                  : Saying::retry_time_not_reached);
            wait_for(id, *failing);
            break;
        }
        if (auto const dead = dead_destinations_.dead(sender_of(id), live_[id].hop, effects_.now())) {
            trouble_for_all(id, dead->source, dead->saying);
            return finish(id);
        }
        call(id, server);
        return std::nullopt;
    }
    case DnsStatus::no_data: trouble_for_all(id, own_words, Saying::no_host_address); break;
    case DnsStatus::no_such_name:
        trouble_for_all(id, own_words,
                        lookup.name == live_[id].hop ? Saying::no_such_domain : Saying::no_such_host);
        break;
    case DnsStatus::server_failure: trouble_for_all(id, own_words, Saying::dns_server_failure); break;
    case DnsStatus::no_answer: trouble_for_all(id, own_words, Saying::dns_no_answer); break;
    }
    return try_next_host(id);
}

/// The server behind the address; what is wrong when there is none.
std::variant<HostId, Saying> Deliveries::destination_at(DeliveryId id, Lookup const& lookup) const {
    DnsRecords const& records = records_of(present_.world(), lookup);
    if (is_ignored(behaviour(id), present_.world(), lookup))
        return Saying::no_such_host;
    if (is_loopback(records))
        return sender_of(id);
    return server_at(present_, records);
}

Deliveries::Hosts Deliveries::hosts_in_order(DeliveryId id, DnsRecords const& records) {
    HostId const self = sender_of(id);
    Server const& server = settings_of(id);
    InlineList<MxRecord, 2> usable{records.mx.begin(), records.mx.end()};
    auto* const own = std::find_if(usable.begin(), usable.end(),
                                   [&](MxRecord const& record) { return record.host == server.name; });
    // OpenSMTPD leaves itself out only where it is told that it is a backup ("relay backup").
    bool const knows_itself = behaviour(id).self != SelfAsExchanger::connects ||
                              relayed_at(server.policy, present_.world().book, live_[id].hop);
    live_[id].left_itself_out = own != usable.end() && knows_itself;
    if (live_[id].left_itself_out)
        erase_if(usable,
                 [limit = own->preference](MxRecord const& record) { return record.preference >= limit; });

    // Equal preferences are taken in random order, to spread the load.
    for (auto* first = usable.begin(); first != usable.end();) {
        auto* const last = std::find_if(first, usable.end(), [&](MxRecord const& record) {
            return record.preference != first->preference;
        });
        for (auto count = last - first; count > 1; --count)
            std::iter_swap(first + (count - 1), first + static_cast<std::ptrdiff_t>(chance_[self.index].below(
                                                            static_cast<std::uint64_t>(count))));
        first = last;
    }
    Hosts hosts;
    for (MxRecord const& record : usable)
        hosts.push_back(record.host);
    auto const best = std::count_if(usable.begin(), usable.end(), [&](MxRecord const& record) {
        return record.preference == usable.begin()->preference;
    });
    live_[id].best_hosts = static_cast<std::uint32_t>(std::clamp<std::ptrdiff_t>(best, 1, 255)) & 0xffU;
    return hosts;
}

std::optional<DeliveryReport> Deliveries::try_next_host(DeliveryId id) {
    Delivery& delivery = live_[id];
    bool const served =
        delivery.troubles.valid() ? troubles_[delivery.troubles].open.empty() : delivery.open.empty();
    if (!served && delivery.next_host == delivery.hosts.size() && delivery.left_itself_out &&
        !delivery.found_another && behaviour(id).behind_nameless != BehindNameless::tells_of_them)
        return stop_at_itself(id, delivery.next_host);
    if (served || delivery.next_host == delivery.hosts.size())
        return finish(id);
    DomainId const host = delivery.hosts[delivery.next_host++];
    ask(id, host, RecordType::address);
    return std::nullopt;
}

void Deliveries::call(DeliveryId id, HostId server) {
    if (holds(id))
        return;
    Delivery const& delivery = live_[id];
    QueueEntry const& entry = records_.entries[delivery.entry];
    Server const& sender = present_.server_on(entry.server);
    bool const logs_in =
        !delivery.by_exchangers && sender.smarthost_account && sender.smarthost == delivery.hop;
    Call call{.client = entry.server,
              .server = server,
              .message = entry.message,
              .entry = delivery.entry,
              .port = logs_in ? port_submission : port_smtp,
              .heeds_advertised_size = behaviour(id).heeds_advertised_size,
              .recipients = open_recipients(id)};
    call.greets_with = greeting_verb(sender.policy.software, call.port);
    if (logs_in)
        call.login = &*sender.smarthost_account;
    SessionId const session = connections_.open(call);
    by_session_.add(session) = id;
}

std::optional<DeliveryReport> Deliveries::session_news(SessionNews const& news) {
    DeliveryId const id = by_session_[news.session];
    Source const their_words{.by = records_.sessions[news.session].server, .session = news.session};
    Source const own_words{.by = sender_of(id), .session = news.session};
    bool const talked =
        news.kind == SessionNews::Kind::recipient_refused || news.kind == SessionNews::Kind::message_taken ||
        (news.kind == SessionNews::Kind::session_refused && !is_refused_greeting(news.saying));
    if (talked && behaviour(id).remembers_hosts)
        failing_hosts_.note_success(sender_of(id), host_of(id));
    switch (news.kind) {
    case SessionNews::Kind::recipient_refused:
        trouble_for(id, news.recipient, their_words, news.saying, news.kind);
        return std::nullopt;
    case SessionNews::Kind::session_refused:
        if (is_refused_greeting(news.saying)) {
            trouble_with_host(id, their_words, news.saying);
            return std::nullopt;
        }
        for (EnvelopeRecipient const& recipient : connections_.open_recipients(news.session))
            trouble_for(id, recipient.recipient,
                        news.saying == Saying::exceeds_peer_limit ? own_words : their_words, news.saying,
                        news.kind);
        return std::nullopt;
    case SessionNews::Kind::message_taken: // the next server's business from here on
        for (EnvelopeRecipient const& taken : connections_.open_recipients(news.session))
            note_taken(id, taken);
        return std::nullopt;
    case SessionNews::Kind::connection_failed:
        trouble_with_host(id, own_words, news.saying);
        return try_next_host(id);
    case SessionNews::Kind::closed: return try_next_host(id);
    }
    return std::nullopt;
}

DeliveryReport Deliveries::give_up(DeliveryId id, Saying saying) {
    trouble_for_all(id, {.by = sender_of(id), .session = {}}, saying);
    return finish(id);
}

/// Whether it connects where its own machine is next.
bool Deliveries::may_call_itself(DeliveryId id) const {
    return behaviour(id).self == SelfAsExchanger::connects ||
           (!live_[id].by_exchangers && behaviour(id).calls_itself_when_told);
}

/// No exchanger is left but itself, after as many others. Some softwares do not care what the DNS said of
/// those where none of them has an address.
DeliveryReport Deliveries::stop_at_itself(DeliveryId id, std::size_t passed) {
    BehindNameless const nameless = behaviour(id).behind_nameless;
    if (nameless == BehindNameless::tells_of_them || live_[id].found_another)
        return give_up(id, Saying::loops_back);
    for (Trouble& open : troubles_of(id).open)
        open = {.recipient = open.recipient};
    bool const has_better = passed >= live_[id].best_hosts;
    return give_up(id, has_better && nameless == BehindNameless::waits_for_them ? Saying::no_primary_relay
                                                                                : Saying::loops_back);
}

DeliveryReport Deliveries::finish(DeliveryId id) {
    DeliveryReport report;
    report.entry = live_[id].entry;
    if (live_[id].troubles.valid() || !live_[id].open.empty()) {
        Troubles const& troubles = troubles_of(id);
        report.troubles.append(troubles.done.begin(), troubles.done.end());
        report.troubles.append(troubles.open.begin(), troubles.open.end());
        troubles_.let_go(live_[id].troubles);
    }
    HostId const sender = sender_of(id);
    DomainId const hop = live_[id].hop;
    note_end(id, report.troubles);
    live_.let_go(id);
    auto const limit_of = [this](DeliveryId waiting) { return most_under_way(waiting); };
    for (DeliveryId const next : lanes_.leave({sender, hop}, limit_of))
        set_out(next);
    if (!dead_destinations_.empty() && !lanes_.is_busy({sender, hop}))
        dead_destinations_.forget_failures(sender, hop, effects_.now());
    return report;
}

} // namespace mailflow
