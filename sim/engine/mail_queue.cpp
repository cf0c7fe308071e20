#include "engine/mail_queue.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// How long a message lies in the queue before the queue manager hands it on.
constexpr Duration hand_over = std::chrono::milliseconds{5};
/// A bounce: the report, and the headers or the whole of the message that comes back with it.
constexpr std::uint64_t bounce_overhead_bytes = 2000;

} // namespace

QueueEntryId MailQueues::enqueue(QueueEntry entry) {
    QueueEntryId const id = trace_.entries.add(std::move(entry));
    live_.add({});
    effects_.record(MessageQueued{id});
    effects_.wake_after(hand_over, WakeKind::entry_due, id);
    return id;
}

void MailQueues::entry_due(QueueEntryId id) {
    ServerPolicy const& policy = world_.servers[world_.hosts[trace_.entries[id].server].server].policy;
    std::vector<RecipientId> remote;
    for (RecipientId const recipient : trace_.entries[id].recipients) {
        if (handled_at(policy, world_.book[trace_.recipients[recipient].address].domain))
            file_or_fail(id, recipient);
        else
            remote.push_back(recipient);
    }
    // One delivery for each domain, in the order in which the domains were first named.
    auto const domain_of = [&](RecipientId recipient) {
        return world_.book[trace_.recipients[recipient].address].domain;
    };
    while (!remote.empty()) {
        DomainId const domain = domain_of(remote.front());
        auto const others = std::stable_partition(remote.begin(), remote.end(), [&](RecipientId recipient) {
            return domain_of(recipient) == domain;
        });
        ++live_[id].deliveries_left;
        deliveries_.start(id, domain, {remote.begin(), others});
        remote.erase(remote.begin(), others);
    }
    if (live_[id].deliveries_left == 0)
        close(id);
}

void MailQueues::file_or_fail(QueueEntryId id, RecipientId recipient) {
    HostId const server = trace_.entries[id].server;
    ServerPolicy const& policy = world_.servers[world_.hosts[server].server].policy;
    if (!has_mailbox(policy, world_.book, world_.book[trace_.recipients[recipient].address].local_part)) {
        live_[id].failures.push_back({recipient, {.by = server, .session = {}}, Saying::no_such_mailbox});
        return;
    }
    effects_.record(MessageFiled{recipient, server});
    settlement_.settle(recipient, Outcome::delivered, {.by = server, .session = trace_.entries[id].from},
                       Saying::queued);
}

void MailQueues::delivery_ended(DeliveryReport report) {
    Live& entry = live_[report.entry];
    entry.failures.insert(entry.failures.end(), report.failures.begin(), report.failures.end());
    if (--entry.deliveries_left == 0)
        close(report.entry);
}

void MailQueues::close(QueueEntryId id) {
    std::vector<Failure> const& failures = live_[id].failures;
    // RFC 5321 section 4.5.5: what came with a null reverse path has nobody to be returned to.
    bool const returnable = trace_.messages[trace_.entries[id].message].reverse_path.valid();
    for (Failure const& failure : failures)
        settlement_.settle(failure.recipient, returnable ? Outcome::bounced : Outcome::discarded,
                           failure.source, failure.saying);
    if (!failures.empty() && returnable)
        write_bounce(id);
    effects_.record(MessageDequeued{id});
}

void MailQueues::write_bounce(QueueEntryId id) {
    HostId const server = trace_.entries[id].server;
    Message const original = trace_.messages[trace_.entries[id].message];
    MessageId const bounce = trace_.messages.id_at(trace_.messages.size());
    RecipientId const recipient = trace_.recipients.add({bounce, original.reverse_path});
    trace_.messages.add({.mail = {},
                         .reverse_path = {},
                         .first_recipient = recipient,
                         .recipient_count = 1,
                         .size_bytes = original.size_bytes + bounce_overhead_bytes,
                         .origin = server,
                         .about = id});
    effects_.record(BounceWritten{id, bounce});
    enqueue({.message = bounce, .server = server, .from = {}, .recipients = {recipient}});
}

} // namespace mailflow
