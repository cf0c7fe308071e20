#include "engine/resolver.hpp"

namespace mailflow {

namespace {

DnsStatus status_of(DnsRecords const& records, RecordType type) {
    if (!records.exists)
        return DnsStatus::no_such_name;
    bool const found =
        type == RecordType::mx ? records.null_mx || !records.mx.empty() : records.address.valid();
    return found ? DnsStatus::found : DnsStatus::no_data;
}

} // namespace

LookupId Resolver::ask(Lookup lookup) {
    lookup.one_way = one_way_to_dns(world_, lookup.asker);
    LookupId const id = trace_.lookups.add(lookup);
    effects_.record(LookupSent{id});
    effects_.wake_after(lookup.one_way, WakeKind::question_arrives, id);
    return id;
}

void Resolver::question_arrives(LookupId id) {
    Lookup& lookup = trace_.lookups[id];
    lookup.status = status_of(dns_of(world_, lookup.name), lookup.type);
    effects_.record(LookupAnswered{id});
    effects_.wake_after(lookup.one_way, WakeKind::answer_arrives, id);
}

} // namespace mailflow
