// The spammers: each sends its messages one after the other, and does not wait to see what becomes of them;
// one who looks for an open relay first tries servers, and looks once what has come through. Not a mail
// server: whatever is not taken at once is settled as refused.
#pragma once

#include "base/random.hpp"
#include "engine/connection.hpp"
#include "engine/mailboxes.hpp"
#include "engine/resolver.hpp"
#include "engine/rows_beside.hpp"
#include "engine/settlement.hpp"

#include <vector>

namespace mailflow {

class Spammers {
public:
    Spammers(Present const& present, std::uint64_t seed, Records& records, Effects& effects,
             Resolver& resolver, Connections& connections, Mailboxes const& mailboxes,
             Settlement& settlement);

    /// Everybody waits for the first message.
    void begin();
    /// The next message of the spammer sets out, and the one after it is waited for.
    void spam_due(SpammerId id);
    void answer_arrives(LookupId id);
    void session_news(SessionNews const& news);

private:
    using ShotId = Id<struct ShotTag>;

    /// What goes to one place: the recipients of a message that one server is asked to take.
    struct Shot {
        MessageId message;
        DomainId domain; // of the recipients, for `direct`; else the server's name
        Envelope recipients;
        std::vector<DomainId> hosts; // to be tried, best first
        std::size_t next_host = 0;
    };

    /// What the spammer has to send next, and through whom.
    struct Batch {
        AddressId from;
        std::vector<AddressId> to;
        ServerId through; // none: straight to the exchangers
    };

    [[nodiscard]] std::optional<Batch> next_batch(SpammerId id);
    [[nodiscard]] std::optional<Batch> next_of_prober(SpammerId id);
    /// The first try that has come out in the drop box.
    [[nodiscard]] std::optional<std::uint32_t> look_into_drop_box(SpammerId id) const;
    void wait_for_next(SpammerId id);
    void wait_for_drawn(SpammerId id);
    void shoot(Shot shot);
    void ask(ShotId id, DomainId name, RecordType type);
    void exchangers_known(ShotId id, Lookup const& lookup);
    void try_next_host(ShotId id, Source source, Saying trouble);
    void call(ShotId id, HostId server);
    void give_up(ShotId id, Source source, Saying saying);
    void settle(Envelope const& recipients, Source source, Saying saying);

    [[nodiscard]] Spammer const& sender_of(ShotId id) const {
        return present_.world().spammers[records_.messages[shots_[id].message].spammer];
    }

    Present const& present_;
    Records& records_;
    Effects& effects_;
    Resolver& resolver_;
    Connections& connections_;
    Mailboxes const& mailboxes_;
    Settlement& settlement_;
    RecycledRows<ShotId, Shot> shots_;
    RowsBeside<LookupId, ShotId> by_lookup_; // none for look-ups of others
    RowsBeside<SessionId, ShotId> by_session_;
    Table<SpammerId, std::uint32_t> sent_;                 // messages so far
    Table<SpammerId, std::optional<std::uint32_t>> relay_; // of a prober: the try that showed an open relay
    Table<SpammerId, RandomStream> chance_;
};

} // namespace mailflow
