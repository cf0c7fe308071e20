#include "report/summary.hpp"

#include "base/numbers.hpp"
#include "report/moment.hpp"
#include "trace/tally.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// The fold: sees the events in their order. One row for each recipient, those of bounces and warnings too.
/// What is only counted is the tally's.
class Counting {
public:
    Counting(World const& world, Trace const& trace)
        : world_(world)
        , trace_(trace)
        , tally_(world, trace)
        , rows_(trace.recipients.size()) {
        for (std::size_t i = 0; i < world.servers.size(); ++i)
            counts_.add({});
        for (std::size_t i = 0; i < rows_.size(); ++i)
            rows_[i].summary.recipient = trace.recipients.id_at(i);
    }

    void see(Event const& event) {
        now_ = event.at;
        tally_.see(event);
        std::visit(Overloaded{[&](MessageSubmitted const& e) { hand_in(e.message); },
                              [&](BounceWritten const& e) { write_bounce(e); },
                              [&](DelayWarningWritten const& e) { write_warning(e); },
                              [](ReplySent const&) {},
                              [&](MessageQueued const& e) { take(trace_.entries[e.entry]); },
                              [&](MessageDequeued const& e) { note_queue(trace_.entries[e.entry].server); },
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
        for (Row& row : rows_) {
            if (!row.handed_in)
                continue;
            if (row.bounce.valid()) {
                row.summary.bounce = of(trace_.messages[row.bounce].first_recipient).outcome;
                row.summary.returned = notice_of(row.bounce);
            }
            for (MessageId const warning : row.warnings)
                if (auto const notice = notice_of(warning))
                    row.summary.warnings.push_back(*notice);
            MessageId const id = trace_.recipients[row.summary.recipient].message;
            Message const& message = trace_.messages[id];
            if (message.kind == MessageKind::mail)
                summary.recipients.push_back(std::move(row.summary));
            else if (message.kind == MessageKind::spam)
                summary.spam.push_back(std::move(row.summary));
            else if (message.kind == MessageKind::crowd)
                summary.crowd.push_back(std::move(row.summary));
        }
        Numbers numbers = std::move(tally_).result(trace_.ended_at, EndedBy::itself);
        summary.totals = totals_of(numbers.recipients());
        summary.bounces = totals_of(numbers.bounces);
        summary.backscatter = totals_of(numbers.backscatter);
        summary.spammers = std::move(numbers.spammers);
        for (std::size_t i = 0; i < counts_.size(); ++i) {
            ServerCounts& counts = counts_[counts_.id_at(i)];
            std::sort(counts.delays.begin(), counts.delays.end());
            static_cast<ServerNumbers&>(counts) = numbers.servers[counts_.id_at(i)];
        }
        summary.servers = std::move(counts_);
        return summary;
    }

private:
    struct Row {
        bool handed_in = false;
        MessageId bounce;                // about it
        std::vector<MessageId> warnings; // the same
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

    void write_bounce(BounceWritten const& written) {
        hand_in(written.bounce);
        for (EnvelopeRecipient const& recipient : trace_.entries[written.about].recipients)
            if (Row& row = rows_[recipient.recipient.index];
                row.summary.outcome == Outcome::bounced && !row.bounce.valid())
                row.bounce = written.bounce;
    }

    void write_warning(DelayWarningWritten const& written) {
        hand_in(written.warning);
        for (EnvelopeRecipient const& recipient : trace_.entries[written.about].recipients)
            if (Row& row = rows_[recipient.recipient.index]; !row.summary.settled)
                row.warnings.push_back(written.warning);
    }

    /// None where it has not arrived.
    std::optional<Tidings> notice_of(MessageId id) {
        RecipientSummary const& came = of(trace_.messages[id].first_recipient);
        if (came.outcome != Outcome::delivered)
            return std::nullopt;
        return Tidings{*came.settled_at,
                       came.fetches.empty() ? std::nullopt : std::optional{came.fetches.front().at}};
    }

    void note_queue(HostId server) {
        ServerCounts& counts = counts_of(server);
        counts.queue.add({now_, tally_.so_far().servers[world_.hosts[server].server].queued});
    }

    void take(QueueEntry const& entry) {
        note_queue(entry.server);
        for (EnvelopeRecipient const& recipient : entry.recipients) {
            RecipientSummary& row = of(recipient.recipient);
            leave_last_hop(recipient.recipient, true);
            row.hops.push_back({entry.server, now_, std::nullopt});
            row.deferral = {};
            row.by = {};
            row.reason = Reason::none;
            reach(row, entry.server);
        }
    }

    void leave_last_hop(RecipientId recipient, bool served) {
        RecipientSummary& row = of(recipient);
        if (row.hops.empty() || row.hops.back().left)
            return;
        Hop& hop = row.hops.back();
        hop.left = now_;
        Message const& message = trace_.messages[trace_.recipients[recipient].message];
        bool const is_own_letter = !is_handed_in(message) && message.origin == hop.server;
        if (served && !is_own_letter)
            counts_of(hop.server).delays.push_back(now_ - hop.arrived);
    }

    static void reach(RecipientSummary& row, HostId server) {
        if (row.path.empty() || row.path.back() != server)
            row.path.push_back(server);
    }

    void defer(DeferralId id) {
        Deferral const& deferral = trace_.deferrals[id];
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
        leave_last_hop(settled.recipient, settled.outcome == Outcome::delivered);
        if (settled.session.valid() || settled.outcome == Outcome::refused)
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
    Tally tally_;
    std::vector<Row> rows_;
    Table<ServerId, ServerCounts> counts_;
    Instant now_;
};

} // namespace

void QueueCourse::add(QueueLength change) {
    if (points_.empty() || in_last_ == changes_a_point_) {
        points_.push_back(change);
        in_last_ = 0;
    }
    ++in_last_;
    points_.back().messages = std::max(points_.back().messages, change.messages);
    if (points_.size() <= most_points)
        return;
    // Two and two become one; the last one is the first of its pair.
    for (std::size_t n = 0; n < points_.size(); n += 2)
        points_[n / 2] = {points_[n].from, n + 1 < points_.size()
                                               ? std::max(points_[n].messages, points_[n + 1].messages)
                                               : points_[n].messages};
    points_.resize((points_.size() + 1) / 2);
    changes_a_point_ *= 2;
}

Totals totals_of(Outcomes const& outcomes) {
    return {.recipients = outcomes.all(),
            .delivered = outcomes.of(Outcome::delivered),
            .refused = outcomes.of(Outcome::refused),
            .bounced = outcomes.of(Outcome::bounced),
            .queued = outcomes.of(Outcome::queued),
            .discarded = outcomes.of(Outcome::discarded)};
}

std::optional<Duration> percentile(std::vector<Duration> const& sorted, double share) {
    if (sorted.empty())
        return std::nullopt;
    return sorted[nearest_rank(share, sorted.size()) - 1];
}

bool lists_spam(Summary const& summary) {
    constexpr std::size_t most_listed = 1000;
    std::size_t messages = 0;
    for (SpammerNumbers const& counts : summary.spammers)
        messages += counts.messages;
    return messages <= most_listed;
}

HostId stopped_holder(World const& world, Trace const& trace, RecipientSummary const& came) {
    if (came.settled || came.hops.empty())
        return {};
    HostId const holder = came.hops.back().server;
    bool const is_up = server_after(world, world.hosts[holder].server, changes_by(world, trace.ended_at)).up;
    return is_up ? HostId{} : holder;
}

Hindrance hindrance_of(World const& world, Trace const& trace, RecipientSummary const& came) {
    HostId const stopped = came.reason == Reason::none ? stopped_holder(world, trace, came) : HostId{};
    return stopped.valid() ? Hindrance{Reason::unreachable, stopped} : Hindrance{came.reason, came.by};
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
