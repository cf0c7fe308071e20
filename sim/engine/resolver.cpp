#include "engine/resolver.hpp"

#include <algorithm>
#include <cassert>

namespace mailflow {

namespace {

/// How long a client waits for the DNS: some tries of several seconds each (RFC 1123 section 6.1.3.3).
constexpr Duration patience = std::chrono::seconds{30};

DnsStatus status_of(DnsRecords const& records, RecordType type) {
    if (records.trouble == DnsTrouble::server_failure)
        return DnsStatus::server_failure;
    bool const has_address = records.address.valid() || records.other_address;
    // An address in the place of a name is one, without a domain of that name.
    if (!records.exists && (type == RecordType::mx || !has_address))
        return DnsStatus::no_such_name;
    bool const found = type == RecordType::mx ? records.null_mx || !records.mx.empty() : has_address;
    return found ? DnsStatus::found : DnsStatus::no_data;
}

} // namespace

std::uint64_t Resolver::key_of(Lookup const& lookup) {
    assert(lookup.name.index < 1U << 31U);
    return (std::uint64_t{lookup.asker.index} << 32U) | (lookup.name.index << 1U) |
           (lookup.type == RecordType::mx ? 1U : 0U);
}

LookupId Resolver::ask(Lookup lookup) {
    if (lookup.message.valid())
        effects_.hold(lookup.message);
    Remembered const* const known = remembered_.find(key_of(lookup));
    if (known != nullptr && effects_.now().since_start.count() < known->expires_ns) {
        lookup.status = static_cast<DnsStatus>(known->status);
        if (std::uint32_t const* const changes = changes_.find(key_of(lookup)))
            lookup.changes = *changes;
        lookup.cached = true;
        LookupId const id = records_.lookups.add(lookup);
        effects_.record(LookupAnswered{id});
        effects_.wake_after({}, WakeKind::answer_arrives, id);
        return id;
    }
    lookup.one_way = present_.one_way_to_dns(lookup.asker);
    LookupId const id = records_.lookups.add(lookup);
    effects_.record(LookupSent{id});
    if (2 * lookup.one_way > patience)
        effects_.wake_after(patience, WakeKind::lookup_times_out, id);
    else
        effects_.wake_after(lookup.one_way, WakeKind::question_arrives, id);
    return id;
}

void Resolver::question_arrives(LookupId id) {
    Lookup& lookup = records_.lookups[id];
    DnsRecords const& records = present_.dns(lookup.name);
    lookup.changes = present_.changes_applied();
    if (records.trouble == DnsTrouble::no_answer) {
        effects_.wake_after(patience, WakeKind::lookup_times_out, id);
        return;
    }
    lookup.status = status_of(records, lookup.type);
    effects_.record(LookupAnswered{id});
    effects_.wake_after(lookup.one_way, WakeKind::answer_arrives, id);
}

void Resolver::answer_arrives(LookupId id) {
    Lookup const& lookup = records_.lookups[id];
    if (lookup.cached || lookup.status == DnsStatus::server_failure)
        return;
    remember(lookup);
}

void Resolver::remember(Lookup const& lookup) {
    Duration const ttl = records_of(present_.world(), lookup).ttl;
    if (ttl <= Duration::zero())
        return;
    if (remembered_.size() >= tidy_at_) {
        remembered_.erase_if([now = effects_.now().since_start.count()](Remembered const& answer) {
            return answer.expires_ns <= now;
        });
        tidy_at_ = std::max(tidy_at_, 2 * remembered_.size());
    }
    constexpr std::int64_t most_ns = (std::int64_t{1} << 60) - 1; // some 36 years: longer than any run
    std::int64_t const expires_ns = std::min((effects_.now() + ttl).since_start.count(), most_ns);
    remembered_[key_of(lookup)] = {expires_ns & most_ns, static_cast<std::uint64_t>(lookup.status) & 7U};
    if (!present_.world().changes.empty())
        changes_[key_of(lookup)] = lookup.changes;
}

void Resolver::forget(LookupId id) {
    if (MessageId const message = records_.lookups[id].message; message.valid())
        effects_.let_go(message);
    records_.lookups.let_go(id);
}

void Resolver::times_out(LookupId id) {
    records_.lookups[id].status = DnsStatus::no_answer;
    effects_.record(LookupTimedOut{id});
}

} // namespace mailflow
