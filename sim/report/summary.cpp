#include "report/summary.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// The fold: sees the events in their order. One row for each recipient, those of bounces too.
class Counting {
public:
    Counting(World const& world, Trace const& trace)
        : world_(world)
        , trace_(trace)
        , rows_(trace.recipients.size()) {
        held_.resize(world.servers.size());
        for (std::size_t i = 0; i < world.servers.size(); ++i)
            counts_.add({});
        for (std::size_t i = 0; i < rows_.size(); ++i)
            rows_[i].summary.recipient = trace.recipients.id_at(i);
    }

    void see(Event const& event) {
        now_ = event.at;
        std::visit(Overloaded{[&](MessageSubmitted const& e) { hand_in(e.message, now_); },
                              [&](BounceWritten const& e) { write_bounce(e); },
                              [&](ReplySent const& e) { count_refusal(e); },
                              [&](MessageQueued const& e) { take(trace_.entries[e.entry]); },
                              [&](MessageDequeued const& e) { --held(trace_.entries[e.entry].server); },
                              [&](RecipientSettled const& e) { settle(e); }, [](ConnectionOpened const&) {},
                              [](ConnectionEstablished const&) {}, [](ConnectionRefused const&) {},
                              [](CommandSent const&) {}, [](DecisionMade const&) {},
                              [](SessionClosed const&) {}, [](LookupSent const&) {},
                              [](LookupAnswered const&) {}, [](MessageFiled const&) {}},
                   event.happening);
    }

    [[nodiscard]] Summary result() && {
        Summary summary;
        summary.servers = std::move(counts_);
        for (Row& row : rows_) {
            if (!row.handed_in)
                continue;
            if (row.bounce.valid())
                row.summary.bounce = of(trace_.messages[row.bounce].first_recipient).outcome;
            bool const bounce = is_bounce(trace_.messages[trace_.recipients[row.summary.recipient].message]);
            (bounce ? summary.bounces : summary.totals).count(row.summary.outcome);
            if (!bounce)
                summary.recipients.push_back(std::move(row.summary));
        }
        return summary;
    }

private:
    struct Row {
        bool handed_in = false;
        MessageId bounce; // about it
        RecipientSummary summary;
    };

    RecipientSummary& of(RecipientId recipient) { return rows_[recipient.index].summary; }
    std::size_t& held(HostId server) { return held_[world_.hosts[server].server.index]; }

    void hand_in(MessageId id, Instant at) {
        Message const& message = trace_.messages[id];
        for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
            Row& row = rows_[message.first_recipient.index + i];
            row.handed_in = true;
            row.summary.submitted_at = at;
            row.summary.path = {message.origin};
        }
    }

    void write_bounce(BounceWritten const& written) {
        hand_in(written.bounce, now_);
        for (RecipientId const recipient : trace_.entries[written.about].recipients)
            if (of(recipient).outcome == Outcome::bounced)
                rows_[recipient.index].bounce = written.bounce;
    }

    void count_refusal(ReplySent const& reply) {
        if (reply.saying == Saying::relay_denied)
            ++counts_[world_.hosts[trace_.sessions[reply.session].server].server].relay_denied;
    }

    void take(QueueEntry const& entry) {
        ServerCounts& counts = counts_[world_.hosts[entry.server].server];
        if (entry.from.valid())
            ++counts.accepted;
        counts.queued_peak = std::max(counts.queued_peak, ++held(entry.server));
        for (RecipientId const recipient : entry.recipients)
            reach(recipient, entry.server);
    }

    void reach(RecipientId recipient, HostId server) {
        std::vector<HostId>& path = of(recipient).path;
        if (path.empty() || path.back() != server)
            path.push_back(server);
    }

    void settle(RecipientSettled const& settled) {
        RecipientSummary& recipient = of(settled.recipient);
        recipient.outcome = settled.outcome;
        recipient.settled = settled;
        recipient.settled_at = now_;
        if (settled.session.valid())
            reach(settled.recipient, settled.by);
    }

    World const& world_;
    Trace const& trace_;
    std::vector<Row> rows_;
    std::vector<std::size_t> held_; // messages, by server
    Table<ServerId, ServerCounts> counts_;
    Instant now_;
};

} // namespace

void Totals::count(Outcome outcome) {
    ++recipients;
    switch (outcome) {
    case Outcome::delivered: ++delivered; break;
    case Outcome::refused: ++refused; break;
    case Outcome::bounced: ++bounced; break;
    case Outcome::queued: ++queued; break;
    case Outcome::discarded: ++discarded; break;
    }
}

Summary summarize(World const& world, Trace const& trace) {
    Counting counting{world, trace};
    for (Event const& event : trace.events)
        counting.see(event);
    return std::move(counting).result();
}

} // namespace mailflow
