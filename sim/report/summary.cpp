#include "report/summary.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow {

namespace {

/// The fold: sees the events in their order. One row for each recipient, those of bounces and warnings too.
class Counting {
public:
    Counting(World const& world, Trace const& trace)
        : world_(world)
        , trace_(trace)
        , rows_(trace.recipients.size()) {
        held_.resize(world.servers.size());
        for (std::size_t i = 0; i < world.servers.size(); ++i)
            counts_.add({});
        for (std::size_t i = 0; i < world.spammers.size(); ++i)
            spammers_.add({});
        for (std::size_t i = 0; i < rows_.size(); ++i)
            rows_[i].summary.recipient = trace.recipients.id_at(i);
    }

    void see(Event const& event) {
        now_ = event.at;
        std::visit(
            Overloaded{[&](MessageSubmitted const& e) { hand_in(e.message); },
                       [&](BounceWritten const& e) { write_bounce(e); },
                       [&](DelayWarningWritten const& e) { write_warning(e); },
                       [&](ReplySent const& e) { count_refusal(e); },
                       [&](MessageQueued const& e) { take(trace_.entries[e.entry]); },
                       [&](MessageDequeued const& e) { change_held(trace_.entries[e.entry].server, -1); },
                       [&](MessageDeferred const& e) { defer(e.deferral); },
                       [&](RecipientSettled const& e) { settle(e); },
                       [](ConnectionOpened const&) {},
                       [](ConnectionEstablished const&) {},
                       [](ConnectionFailed const&) {},
                       [](CommandSent const&) {},
                       [](DecisionMade const&) {},
                       [](SessionClosed const&) {},
                       [](LookupSent const&) {},
                       [](LookupAnswered const&) {},
                       [](LookupTimedOut const&) {},
                       [](AliasFollowed const&) {},
                       [](MessageFiled const&) {},
                       [](AddressListed const&) {},
                       [](AddressDelisted const&) {},
                       [](WorldChanged const&) {},
                       [](MailCheckStarted const&) {},
                       [](AccessCommandSent const&) {},
                       [](AccessReplySent const&) {},
                       [&](MessageFetched const& e) { fetch(e); },
                       [&](MessageRemoved const& e) { remove(e); },
                       [](MailCheckEnded const&) {}},
            event.happening);
    }

    [[nodiscard]] Summary result() && {
        Summary summary;
        for (ServerCounts& counts : counts_)
            std::sort(counts.delays.begin(), counts.delays.end());
        summary.servers = std::move(counts_);
        for (Row& row : rows_) {
            if (!row.handed_in)
                continue;
            if (row.bounce.valid())
                row.summary.bounce = of(trace_.messages[row.bounce].first_recipient).outcome;
            MessageId const id = trace_.recipients[row.summary.recipient].message;
            Message const& message = trace_.messages[id];
            switch (message.kind) {
            case MessageKind::mail:
                summary.totals.count(row.summary.outcome);
                summary.recipients.push_back(std::move(row.summary));
                break;
            case MessageKind::spam:
                summary.totals.count(row.summary.outcome);
                count_spam(message, row.summary);
                summary.spam.push_back(std::move(row.summary));
                break;
            case MessageKind::bounce:
                summary.bounces.count(row.summary.outcome);
                if (Message const& root = trace_.messages[root_of(trace_, id)];
                    root.kind == MessageKind::spam) {
                    summary.backscatter.count(row.summary.outcome);
                    spammers_[root.spammer].backscatter.count(row.summary.outcome);
                }
                break;
            case MessageKind::delay_warning: break;
            }
        }
        summary.spammers = std::move(spammers_);
        return summary;
    }

private:
    struct Row {
        bool handed_in = false;
        MessageId bounce; // about it
        RecipientSummary summary;
    };

    RecipientSummary& of(RecipientId recipient) { return rows_[recipient.index].summary; }
    ServerCounts& counts_of(HostId server) { return counts_[world_.hosts[server].server]; }

    void hand_in(MessageId id) {
        Message const& message = trace_.messages[id];
        for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
            Row& row = rows_[message.first_recipient.index + i];
            row.handed_in = true;
            row.summary.submitted_at = now_;
            row.summary.path = {message.origin};
        }
    }

    void count_spam(Message const& message, RecipientSummary const& came) {
        SpammerCounts& counts = spammers_[message.spammer];
        counts.totals.count(came.outcome);
        ++counts.reasons[static_cast<std::size_t>(came.reason)];
        if (message.first_recipient != came.recipient)
            return;
        ++counts.messages;
        counts.last_sent = came.submitted_at;
    }

    void write_bounce(BounceWritten const& written) {
        hand_in(written.bounce);
        for (EnvelopeRecipient const& recipient : trace_.entries[written.about].recipients)
            if (Row& row = rows_[recipient.recipient.index];
                row.summary.outcome == Outcome::bounced && !row.bounce.valid())
                row.bounce = written.bounce;
    }

    void write_warning(DelayWarningWritten const& written) {
        hand_in(written.warning);
        ++counts_of(trace_.entries[written.about].server).delay_warnings;
    }

    void count_refusal(ReplySent const& reply) {
        SayingClass const answer = class_of(reply.saying);
        Reason const reason = reason_of(reply.saying);
        if ((answer != SayingClass::permanent && answer != SayingClass::transient) || reason == Reason::none)
            return;
        ServerCounts& counts = counts_of(trace_.sessions[reply.session].server);
        ++counts.refused[static_cast<std::size_t>(reason)];
        if (reply.saying == Saying::relay_denied)
            ++counts.relay_denied;
    }

    void change_held(HostId server, int by) {
        ServerCounts& counts = counts_of(server);
        std::size_t& held = held_[world_.hosts[server].server.index];
        held = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(held) + by);
        counts.queued_peak = std::max(counts.queued_peak, held);
        if (++counts.queue_changes <= most_queue_points)
            counts.queue.push_back({now_, held});
        else
            counts.queue.clear();
    }

    void take(QueueEntry const& entry) {
        if (entry.from.valid())
            ++counts_of(entry.server).accepted;
        change_held(entry.server, +1);
        for (EnvelopeRecipient const& recipient : entry.recipients) {
            RecipientSummary& row = of(recipient.recipient);
            leave_last_hop(row, true);
            row.hops.push_back({entry.server, now_, std::nullopt});
            row.deferral = {};
            row.by = {};
            row.reason = Reason::none;
            reach(row, entry.server);
        }
    }

    void leave_last_hop(RecipientSummary& row, bool served) {
        if (row.hops.empty() || row.hops.back().left)
            return;
        Hop& hop = row.hops.back();
        hop.left = now_;
        if (served)
            counts_of(hop.server).delays.push_back(now_ - hop.arrived);
    }

    static void reach(RecipientSummary& row, HostId server) {
        if (row.path.empty() || row.path.back() != server)
            row.path.push_back(server);
    }

    void defer(DeferralId id) {
        Deferral const& deferral = trace_.deferrals[id];
        ++counts_of(trace_.entries[deferral.entry].server).deferred;
        RecipientSummary& row = of(deferral.recipient);
        row.deferral = id;
        row.by = deferral.by;
        row.reason = reason_of(deferral.saying);
    }

    void settle(RecipientSettled const& settled) {
        RecipientSummary& row = of(settled.recipient);
        row.outcome = settled.outcome;
        row.reason = settled.reason;
        row.by = settled.by;
        row.settled = settled;
        row.settled_at = now_;
        leave_last_hop(row, settled.outcome == Outcome::delivered);
        if (settled.session.valid())
            reach(row, settled.by);
    }

    void fetch(MessageFetched const& fetched) {
        std::vector<Fetch>& fetches = of(fetched.recipient).fetches;
        HostId const device = trace_.checks[fetched.check].device;
        if (std::none_of(fetches.begin(), fetches.end(),
                         [device](Fetch const& fetch) { return fetch.device == device; }))
            fetches.push_back({device, now_});
    }

    void remove(MessageRemoved const& removed) {
        HostId const device = trace_.checks[removed.check].device;
        for (Fetch& fetch : of(removed.recipient).fetches)
            if (fetch.device == device)
                fetch.deleted = true;
    }

    World const& world_;
    Trace const& trace_;
    std::vector<Row> rows_;
    std::vector<std::size_t> held_; // messages, by server
    Table<ServerId, ServerCounts> counts_;
    Table<SpammerId, SpammerCounts> spammers_;
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

std::optional<Duration> percentile(std::vector<Duration> const& sorted, double share) {
    if (sorted.empty())
        return std::nullopt;
    auto const rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::max<std::size_t>(rank, 1) - 1];
}

bool lists_spam(Summary const& summary) {
    constexpr std::size_t most_listed = 1000;
    std::size_t messages = 0;
    for (SpammerCounts const& counts : summary.spammers)
        messages += counts.messages;
    return messages <= most_listed;
}

Summary summarize(World const& world, Trace const& trace) {
    Counting counting{world, trace};
    for (Event const& event : trace.events)
        counting.see(event);
    Summary summary = std::move(counting).result();
    summary.index = index_of(world, trace);
    return summary;
}

} // namespace mailflow
