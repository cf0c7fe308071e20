// The queues of the servers: what was taken responsibility for is filed in a mailbox, passed on, or returned
// to its sender (RFC 5321 sections 3.6.3 and 4.2.5).
#pragma once

#include "engine/delivery.hpp"

namespace mailflow {

class MailQueues {
public:
    MailQueues(World const& world, Trace& trace, Effects& effects, Deliveries& deliveries,
               Settlement& settlement)
        : world_(world)
        , trace_(trace)
        , effects_(effects)
        , deliveries_(deliveries)
        , settlement_(settlement) {}

    QueueEntryId enqueue(QueueEntry entry);
    void entry_due(QueueEntryId id);
    void delivery_ended(DeliveryReport report);

private:
    struct Live {
        std::size_t deliveries_left = 0;
        std::vector<Failure> failures;
    };

    void file_or_fail(QueueEntryId id, RecipientId recipient);
    void close(QueueEntryId id);
    void write_bounce(QueueEntryId id);

    World const& world_;
    Trace& trace_;
    Effects& effects_;
    Deliveries& deliveries_;
    Settlement& settlement_;
    Table<QueueEntryId, Live> live_;
};

} // namespace mailflow
