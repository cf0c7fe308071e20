// The sending half of a server: one delivery is one queue entry's recipients of one domain on their way to
// the host that is responsible for it (RFC 5321 section 5.1). It asks the DNS, calls the hosts in order, and
// reports whom it could not serve.
#pragma once

#include "base/random.hpp"
#include "engine/connection.hpp"
#include "engine/resolver.hpp"
#include "engine/settlement.hpp"

#include <optional>
#include <vector>

namespace mailflow {

/// A recipient that will not be served, and the words that say why.
struct Failure {
    RecipientId recipient;
    Source source;
    Saying saying;
};

/// A delivery that has come to its end.
struct DeliveryReport {
    QueueEntryId entry;
    std::vector<Failure> failures; // recipients not named here were taken by the next server
};

class Deliveries {
public:
    Deliveries(World const& world, Trace& trace, Resolver& resolver, Connections& connections);

    void start(QueueEntryId entry, DomainId domain, std::vector<RecipientId> recipients);

    /// Both come back with the report when that was the end of the delivery.
    std::optional<DeliveryReport> answer_arrives(LookupId id);
    std::optional<DeliveryReport> session_news(SessionNews const& news);

private:
    using DeliveryId = Id<struct DeliveryTag>;

    struct Delivery {
        QueueEntryId entry;
        DomainId domain;
        std::vector<RecipientId> recipients; // not failed yet
        std::vector<DomainId> hosts;         // to be tried, best first
        std::size_t next_host = 0;
        Saying host_trouble = Saying::no_such_host; // of the last host that could not be called
        std::vector<Failure> failures;
    };

    std::optional<DeliveryReport> exchangers_known(DeliveryId id, Lookup const& lookup);
    std::optional<DeliveryReport> try_next_host(DeliveryId id);
    std::optional<DeliveryReport> fail_all(DeliveryId id, Source source, Saying saying);
    void call(DeliveryId id, HostId server);
    void fail(DeliveryId id, RecipientId recipient, Source source, Saying saying);
    DeliveryReport finish(DeliveryId id);
    void ask(DeliveryId id, DomainId name, RecordType type);

    [[nodiscard]] HostId sender_of(DeliveryId id) const { return trace_.entries[live_[id].entry].server; }
    [[nodiscard]] std::vector<DomainId> hosts_in_order(HostId self, DnsRecords const& records);

    World const& world_;
    Trace& trace_;
    Resolver& resolver_;
    Connections& connections_;
    Table<DeliveryId, Delivery> live_;
    std::vector<DeliveryId> by_lookup_; // none for look-ups of others
    std::vector<DeliveryId> by_session_;
    std::vector<RandomStream> chance_; // one for each machine
};

} // namespace mailflow
