// The sending half of a server: one delivery is the recipients of one queue entry that go the same way, on
// their way to the host that is responsible for them (RFC 5321 section 5.1). It asks the DNS, calls the hosts
// in order, and reports whom it could not serve.
#pragma once

#include "base/random.hpp"
#include "engine/connection.hpp"
#include "engine/dead_destinations.hpp"
#include "engine/held_back.hpp"
#include "engine/host_memory.hpp"
#include "engine/lanes.hpp"
#include "engine/resolver.hpp"
#include "engine/rows_beside.hpp"
#include "engine/sending.hpp"
#include "engine/settlement.hpp"

#include <optional>
#include <variant>
#include <vector>

namespace mailflow {

/// Where a copy goes next: the exchangers of a domain, or one host by name (a smarthost, a route).
struct NextHop {
    DomainId name;
    bool by_exchangers = true;

    bool operator==(NextHop const&) const = default;
};

/// Which delivery of its entry it is; the last is made when the entry is given up if it fails.
enum class Try : std::uint8_t { first, again, last };

/// When the queue likes.
inline constexpr Instant whenever{Duration::max()};

/// A recipient that was not served, the words that say why, and whether it is worth another try.
struct Trouble {
    EnvelopeRecipient recipient;
    Source source{};
    Saying saying = Saying::no_such_host;
    bool is_final = true;
    bool of_recipient = false;     // said of this recipient alone
    Instant not_before = whenever; // another try makes no sense any earlier
};

/// A delivery that has come to its end.
struct DeliveryReport {
    QueueEntryId entry;
    InlineList<Trouble> troubles; // recipients not named here were taken by the next server
};

class Deliveries {
public:
    Deliveries(Present const& present, std::uint64_t seed, Records& records, Effects const& effects,
               Resolver& resolver, Connections& connections);

    /// Sets out as soon as there is a place on the way to that destination.
    void start(QueueEntryId entry, NextHop hop, Envelope const& recipients, Try which);

    /// The server on the machine runs again: what it could not go on with while it did not begins once more.
    void server_up(HostId server);

    /// Both come back with the report when that was the end of the delivery.
    std::optional<DeliveryReport> answer_arrives(LookupId id);
    std::optional<DeliveryReport> session_news(SessionNews const& news);

    /// There is news for a delivery soon (engine/prepare.hpp).
    void prepare_more(LookupId id) const;
    void prepare_place(SessionId id) const;
    void prepare_more(SessionId id) const;
    void prepare_rest(SessionId id) const;
    /// One to that destination begins soon.
    void prepare(HostId sender, DomainId destination) const;

    /// Memory for what goes on.
    [[nodiscard]] std::uint64_t bytes() const {
        return live_.bytes() + troubles_.bytes() + lanes_.bytes() + by_lookup_.bytes() + by_session_.bytes();
    }

private:
    using DeliveryId = Id<struct DeliveryTag>;
    using TroublesId = Id<struct TroublesTag>;
    using Hosts = InlineList<DomainId, 2>;

    struct Delivery {
        QueueEntryId entry;
        DomainId hop;
        bool by_exchangers : 1 = true;    // as in NextHop
        bool left_itself_out : 1 = false; // of the exchangers, with all that are no better
        bool found_another : 1 = false;   // some exchanger has an address, and it is another machine's
        std::uint32_t best_hosts : 8 = 1; // how many of the hosts share the best preference; 255: or more
        bool is_retry : 1 = false;
        bool is_last_try : 1 = false;
        std::uint32_t next_host : 19 = 0;
        Hosts hosts{};         // to be tried, best first
        Envelope open{};       // still to be served, as long as there was no trouble
        TroublesId troubles{}; // from the first one on
    };
    static_assert(sizeof(Delivery) == 40, "there are very many");

    /// What most deliveries never have.
    struct Troubles {
        InlineList<Trouble> open;    // still to be served, each with the last trouble that it had
        std::vector<Trouble> done{}; // not to be offered to another host: failed for good, or put off
    };

    void prepare(DeliveryId id) const;
    [[nodiscard]] Troubles& troubles_of(DeliveryId id);
    [[nodiscard]] Envelope open_recipients(DeliveryId id) const;
    void note_taken(DeliveryId id, EnvelopeRecipient const& recipient);
    /// How many go where it goes at a time.
    [[nodiscard]] std::uint32_t most_under_way(DeliveryId id) const;
    void set_out(DeliveryId id);
    std::optional<DeliveryReport> exchangers_known(DeliveryId id, Lookup const& lookup);
    std::optional<DeliveryReport> host_known(DeliveryId id, Lookup const& lookup);
    std::optional<DeliveryReport> try_next_host(DeliveryId id);
    DeliveryReport give_up(DeliveryId id, Saying saying);
    DeliveryReport stop_at_itself(DeliveryId id, std::size_t passed);
    [[nodiscard]] bool may_call_itself(DeliveryId id) const;
    DeliveryReport finish(DeliveryId id);
    void note_end(DeliveryId id, InlineList<Trouble> const& troubles);
    void call(DeliveryId id, HostId server);
    void ask(DeliveryId id, DomainId name, RecordType type);
    bool holds(DeliveryId id);
    void trouble_for_all(DeliveryId id, Source source, Saying saying);
    void trouble_for(DeliveryId id, RecipientId recipient, Source source, Saying saying,
                     SessionNews::Kind news);
    void trouble_with_host(DeliveryId id, Source source, Saying saying);
    [[nodiscard]] bool tries_next(SendingBehaviour const& ways, SessionId session, Saying saying) const;
    [[nodiscard]] bool is_dead(DeliveryId id, FailingHost const& failing) const;
    void wait_for(DeliveryId id, FailingHost const& failing);
    [[nodiscard]] std::variant<HostId, Saying> destination_at(DeliveryId id, Lookup const& lookup) const;

    [[nodiscard]] HostId sender_of(DeliveryId id) const { return records_.entries[live_[id].entry].server; }
    [[nodiscard]] Server const& settings_of(DeliveryId id) const { return present_.server_on(sender_of(id)); }
    [[nodiscard]] SendingBehaviour const& behaviour(DeliveryId id) const {
        return behaviour_of(settings_of(id).policy.software);
    }
    /// The host that is being tried.
    [[nodiscard]] DomainId host_of(DeliveryId id) const { return live_[id].hosts[live_[id].next_host - 1]; }
    [[nodiscard]] Hosts hosts_in_order(DeliveryId id, DnsRecords const& records);

    Present const& present_;
    Records& records_;
    Effects const& effects_;
    Resolver& resolver_;
    Connections& connections_;
    RecycledRows<DeliveryId, Delivery> live_;
    RecycledRows<TroublesId, Troubles> troubles_;
    Lanes<DeliveryId> lanes_;
    HostMemory failing_hosts_;
    DeadDestinations dead_destinations_;
    RowsBeside<LookupId, DeliveryId> by_lookup_; // none for look-ups of others
    RowsBeside<SessionId, DeliveryId> by_session_;
    std::vector<RandomStream> chance_; // one for each machine
    HeldBack<DeliveryId> held_;
};

} // namespace mailflow
