// The queues of the servers: what was taken responsibility for is filed in a mailbox, passed on, tried again,
// or returned to its sender (RFC 5321 sections 3.6.3, 4.2.5 and 4.5.4.1).
#pragma once

#include "engine/delivered_to.hpp"
#include "engine/delivery.hpp"
#include "engine/held_back.hpp"
#include "engine/mailboxes.hpp"
#include "engine/retry.hpp"
#include "engine/rows_beside.hpp"

namespace mailflow {

class MailQueues {
public:
    MailQueues(Present const& present, Records& records, Effects& effects, Deliveries& deliveries,
               Mailboxes& mailboxes, Settlement& settlement)
        : present_(present)
        , records_(records)
        , effects_(effects)
        , deliveries_(deliveries)
        , mailboxes_(mailboxes)
        , settlement_(settlement) {}

    QueueEntryId enqueue(QueueEntry entry);
    void entry_due(QueueEntryId id);
    void delivery_ended(DeliveryReport report);
    /// What waited for the server to come back is due again, if it has.
    void server_changed(ServerId id);

    /// The entry is due soon (engine/prepare.hpp).
    void prepare(QueueEntryId id) const {
        prefetch_all(records_.entries.place_of(id));
        live_.prepare(id);
    }
    void prepare_place(QueueEntryId id) const;
    void prepare_more(QueueEntryId id) const;
    void prepare_rest(QueueEntryId id) const;
    /// The session, or its transaction, ends soon.
    void prepare_end(SessionId id) const;

    /// Memory for what waits.
    [[nodiscard]] std::uint64_t bytes() const { return live_.bytes() + setbacks_.bytes(); }

private:
    using SetbackId = Id<struct SetbackTag>;

    struct Live {
        Instant arrived;
        Envelope left; // to be served
        bool aliases_followed : 1 = false;
        std::uint32_t deliveries_left : 31 = 0; // of the pass that is under way
        SetbackId setback{};                    // from the first trouble on
    };
    static_assert(sizeof(Live) == 32, "there are very many");

    /// What most entries never have: they are gone after the first pass.
    struct Setback {
        Instant next_turn{};             // when it is tried again
        std::vector<Trouble> troubles{}; // of the pass that is under way, but for what is lost
        std::uint32_t failed_tries = 0;
        std::uint32_t warnings = 0; // that were due so far
        bool is_any_lost = false;   // in this pass: its sender is to be told at the end of it
        bool is_frozen = false;     // until somebody looks at it, which nobody does
    };

    bool return_suspected_loop(QueueEntryId id);
    void follow_aliases(QueueEntryId id);
    [[nodiscard]] AddressId end_of_circle(Server const& server, std::vector<AddressId> const& passed,
                                          AddressId repeated) const;
    [[nodiscard]] std::optional<Saying> follow_aliases(QueueEntryId id, EnvelopeRecipient& recipient);
    void file_or_fail(QueueEntryId id, EnvelopeRecipient const& recipient);
    [[nodiscard]] NextHop next_hop(Server const& server, EnvelopeRecipient const& recipient) const;
    void settle_lost(QueueEntryId id);
    void pass_ended(QueueEntryId id);
    void forget(QueueEntryId id);
    void try_again_later(QueueEntryId id, std::vector<Trouble> const& deferred);
    [[nodiscard]] Instant next_turn(QueueEntryId id, QueueAge const& age,
                                    std::vector<Trouble> const& deferred) const;
    void sleep(QueueEntryId id);
    void warn(QueueEntryId id);
    void write_to_sender(QueueEntryId id, MessageKind kind);

    /// RFC 5321 section 4.5.5: what came with a null reverse path has nobody to be returned to.
    [[nodiscard]] bool is_returnable(QueueEntryId id) const {
        return records_.messages[records_.entries[id].message].reverse_path.valid();
    }

    [[nodiscard]] Setback& setback_of(QueueEntryId id);
    [[nodiscard]] QueueAge age_of(QueueEntryId id) const;
    /// Of the pass that begins.
    [[nodiscard]] Try try_of(QueueEntryId id) const;

    [[nodiscard]] Server const& server_of(QueueEntryId id) const {
        return present_.server_on(records_.entries[id].server);
    }
    [[nodiscard]] DomainId domain_of(EnvelopeRecipient const& recipient) const {
        return present_.world().book[recipient.address].domain;
    }

    Present const& present_;
    Records& records_;
    Effects& effects_;
    Deliveries& deliveries_;
    Mailboxes& mailboxes_;
    Settlement& settlement_;
    DeliveredToLines delivered_to_;
    RowsBeside<QueueEntryId, Live> live_;
    RecycledRows<SetbackId, Setback> setbacks_;
    HeldBack<QueueEntryId> due_; // but their servers are down
};

} // namespace mailflow
