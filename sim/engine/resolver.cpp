#include "engine/resolver.hpp"

namespace mailflow {

namespace {

/// How long a client waits for the DNS: some tries of several seconds each (RFC 1123 section 6.1.3.3).
constexpr Duration patience = std::chrono::seconds{30};

DnsStatus status_of(DnsRecords const& records, RecordType type) {
    if (records.trouble == DnsTrouble::server_failure)
        return DnsStatus::server_failure;
    if (!records.exists)
        return DnsStatus::no_such_name;
    bool const found = type == RecordType::mx ? records.null_mx || !records.mx.empty()
                                              : records.address.valid() || records.other_address;
    return found ? DnsStatus::found : DnsStatus::no_data;
}

} // namespace

LookupId Resolver::ask(Lookup lookup) {
    auto const known = remembered_.find({lookup.asker, lookup.name, lookup.type});
    if (known != remembered_.end() && effects_.now() < known->second.expires) {
        Lookup const& answer = trace_.lookups[known->second.answer];
        lookup.status = answer.status;
        lookup.changes = answer.changes;
        lookup.cached = true;
        LookupId const id = trace_.lookups.add(lookup);
        effects_.record(LookupAnswered{id});
        effects_.wake_after({}, WakeKind::answer_arrives, id);
        return id;
    }
    lookup.one_way = present_.one_way_to_dns(lookup.asker);
    LookupId const id = trace_.lookups.add(lookup);
    effects_.record(LookupSent{id});
    effects_.wake_after(lookup.one_way, WakeKind::question_arrives, id);
    return id;
}

void Resolver::question_arrives(LookupId id) {
    Lookup& lookup = trace_.lookups[id];
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
    Lookup const& lookup = trace_.lookups[id];
    if (lookup.cached || lookup.status == DnsStatus::server_failure)
        return;
    Duration const ttl = records_of(present_.world(), lookup).ttl;
    remembered_.insert_or_assign({lookup.asker, lookup.name, lookup.type},
                                 Remembered{effects_.now() + ttl, id});
}

void Resolver::times_out(LookupId id) {
    trace_.lookups[id].status = DnsStatus::no_answer;
    effects_.record(LookupTimedOut{id});
}

} // namespace mailflow
