#include "report/trace_index.hpp"

#include <unordered_map>
#include <utility>

namespace mailflow {

namespace {

/// The walk: sees the events in their order.
class Walk {
public:
    Walk(World const& world, Trace const& trace) : world_(world), trace_(trace) {
        index_.taken_as.resize(trace.sessions.size());
        index_.called_as.resize(trace.sessions.size());
        index_.logged_in.resize(trace.sessions.size());
        index_.last_command.resize(trace.sessions.size());
        index_.queued_at.resize(trace.entries.size());
        index_.settling.resize(trace.recipients.size());
        index_.deferring.resize(trace.deferrals.size());
        rows_.resize(trace.recipients.size());
        for (std::size_t i = 0; i < rows_.size(); ++i)
            rows_[i].address = rows_[i].came_for = trace.recipients[trace.recipients.id_at(i)].address;
    }

    void see(Event const& event) {
        now_ = event.at;
        end_tries(event.happening);
        std::visit(Overloaded{
                       [&](CommandSent const& e) { index_.last_command[e.session.index] = e.verb; },
                       [&](LookupAnswered const& e) { note_lookup(e.lookup); },
                       [&](LookupTimedOut const& e) { note_lookup(e.lookup); },
                       [&](MessageQueued const& e) { take(e.entry); },
                       [&](AliasFollowed const& e) { rows_[e.recipient.index].address = e.target; },
                       [&](MessageDeferred const& e) { defer(e.deferral); },
                       [&](BounceWritten const& e) { write_bounce(e); },
                       [&](DelayWarningWritten const& e) { write_warning(e); },
                       [&](RecipientSettled const& e) { settle(e); },
                       [](MessageSubmitted const&) {},
                       [&](ConnectionOpened const& e) { note_name(e.session); },
                       [](ConnectionEstablished const&) {},
                       [](ConnectionFailed const&) {},
                       [](DecisionMade const&) {},
                       [&](ReplySent const& e) {
                           if (e.saying == Saying::authenticated)
                               index_.logged_in[e.session.index] = true;
                           else if (is_negative(e.saying))
                               refused_[key_of(e.session, e.saying)] = index_.last_command[e.session.index];
                       },
                       [](SessionClosed const&) {},
                       [](LookupSent const&) {},
                       [](MessageDequeued const&) {},
                       [](MessageFiled const&) {},
                       [](AddressListed const&) {},
                       [](AddressDelisted const&) {},
                       [](WorldChanged const&) {},
                       [](MailCheckStarted const&) {},
                       [](AccessCommandSent const&) {},
                       [](AccessReplySent const&) {},
                       [](MessageFetched const&) {},
                       [](MessageRemoved const&) {},
                       [](MailCheckEnded const&) {},
                   },
                   event.happening);
    }

    [[nodiscard]] TraceIndex result() && { return std::move(index_); }

private:
    struct Row {
        AddressId address;
        AddressId came_for;
        QueueEntryId holder;
        DeferralId deferral;                    // the last one with this holder
        std::optional<RecipientSettled> untold; // bounced, and no bounce has told of it yet
        bool settled = false;
    };
    /// Questions without a usable answer, of one try.
    struct Unanswered {
        std::vector<LookupId> lookups;
        bool try_over = false;
    };

    void take(QueueEntryId id) {
        QueueEntry const& entry = trace_.entries[id];
        index_.queued_at[id.index] = now_;
        if (entry.from.valid())
            index_.taken_as[entry.from.index] = id;
        else
            index_.kept_as[entry.message] = id;
        for (EnvelopeRecipient const& recipient : entry.recipients) {
            Row& row = rows_[recipient.recipient.index];
            row.came_for = std::exchange(row.address, recipient.address); // routes in the name are resolved
            row.holder = id;
            row.deferral = {};
        }
    }

    /// Whether the answer leads to another mail server.
    [[nodiscard]] bool leads_on(Lookup const& lookup) const {
        if (lookup.status != DnsStatus::found || lookup.type != RecordType::address)
            return lookup.status == DnsStatus::found;
        HostId const host = records_of(world_, lookup).address;
        return host.valid() && is_server(world_, host) && host != lookup.asker;
    }

    static std::uint64_t key_of(QueueEntryId entry, HostId host) {
        return (std::uint64_t{entry.index} << 32U) | host.index;
    }

    static std::uint64_t key_of(SessionId session, Saying saying) {
        return (std::uint64_t{session.index} << 32U) | static_cast<std::uint64_t>(saying);
    }
    [[nodiscard]] std::optional<Verb> command_refused(SessionId session, Saying saying) const {
        auto const found = session.valid() ? refused_.find(key_of(session, saying)) : refused_.end();
        return found == refused_.end() ? std::nullopt : found->second;
    }

    /// One try may call several servers at a time, each under the name that was looked up last.
    void note_name(SessionId id) {
        Session const& session = trace_.sessions[id];
        if (!session.entry.valid())
            return;
        if (auto const found = led_by_.find(key_of(session.entry, session.server)); found != led_by_.end())
            index_.called_as[id.index] = found->second;
    }

    void note_lookup(LookupId id) {
        Lookup const& lookup = trace_.lookups[id];
        if (lookup.entry.valid() && lookup.type == RecordType::address && lookup.status == DnsStatus::found)
            if (HostId const host = records_of(world_, lookup).address; host.valid())
                led_by_[key_of(lookup.entry, host)] = lookup.name;
        if (leads_on(lookup) || lookup.check.valid())
            return;
        Unanswered& unanswered =
            lookup.entry.valid() ? by_entry_[lookup.entry.index] : by_message_[lookup.message.index];
        if (std::exchange(unanswered.try_over, false))
            unanswered.lookups.clear();
        unanswered.lookups.push_back(id);
    }

    /// Whether the words can be about that answer: of several hosts one may not exist, and of another the DNS
    /// may not tell.
    [[nodiscard]] static bool is_about(Saying saying, Lookup const& lookup) {
        switch (saying) {
        case Saying::dns_server_failure: return lookup.status == DnsStatus::server_failure;
        case Saying::dns_no_answer: return lookup.status == DnsStatus::no_answer;
        default: return true;
        }
    }

    /// The question that was in the way of this recipient: about its own domain, or else about some host.
    [[nodiscard]] LookupId lookup_for(RecipientId recipient, Saying saying) const {
        Row const& row = rows_[recipient.index];
        auto const& all = row.holder.valid() ? by_entry_ : by_message_;
        auto const found =
            all.find(row.holder.valid() ? row.holder.index : trace_.recipients[recipient].message.index);
        if (found == all.end() || found->second.try_over)
            return {};
        DomainId const domain = world_.book[row.address].domain;
        LookupId own_host;
        LookupId any_host; // of a smarthost or a route, which serve many domains
        for (LookupId const id : found->second.lookups) {
            Lookup const& lookup = trace_.lookups[id];
            bool const of_domain = lookup.type == RecordType::mx && lookup.status != DnsStatus::no_data;
            if (of_domain && lookup.name == domain)
                return id;
            if (lookup.type == RecordType::address && is_about(saying, lookup))
                (lookup.destination == domain ? own_host : any_host) = id;
        }
        return own_host.valid() ? own_host : any_host;
    }

    [[nodiscard]] Circumstances circumstances(RecipientId recipient, SessionId session, Saying saying) const {
        Row const& row = rows_[recipient.index];
        return {.at = now_,
                .address = row.address,
                .came_for = row.came_for,
                .holder = row.holder,
                .lookup = lookup_for(recipient, saying),
                .answered = command_refused(session, saying)};
    }

    void defer(DeferralId id) {
        Deferral const& deferral = trace_.deferrals[id];
        index_.deferring[id.index] = circumstances(deferral.recipient, deferral.session, deferral.saying);
        rows_[deferral.recipient.index].deferral = id;
        deferred_.push_back(deferral.entry);
    }

    void settle(RecipientSettled const& settled) {
        Row& row = rows_[settled.recipient.index];
        index_.settling[settled.recipient.index] =
            circumstances(settled.recipient, settled.session, settled.saying);
        row.settled = true;
        if (settled.outcome == Outcome::bounced)
            row.untold = settled;
    }

    void write_bounce(BounceWritten const& written) {
        index_.written_at[written.bounce] = now_;
        std::vector<RecipientSettled>& told = index_.returned[written.bounce];
        for (EnvelopeRecipient const& recipient : trace_.entries[written.about].recipients)
            if (auto& untold = rows_[recipient.recipient.index].untold) {
                told.push_back(*untold);
                untold.reset();
            }
    }

    void write_warning(DelayWarningWritten const& written) {
        index_.written_at[written.warning] = now_;
        std::vector<DeferralId>& told = index_.delayed[written.warning];
        for (EnvelopeRecipient const& recipient : trace_.entries[written.about].recipients) {
            Row const& row = rows_[recipient.recipient.index];
            if (!row.settled && row.holder == written.about && row.deferral.valid())
                told.push_back(row.deferral);
        }
    }

    /// Deferrals of one try follow each other at one moment; the try is over with what comes after them.
    void end_tries(Happening const& next) {
        if (deferred_.empty() || std::holds_alternative<MessageDeferred>(next))
            return;
        for (QueueEntryId const entry : deferred_)
            if (auto const found = by_entry_.find(entry.index); found != by_entry_.end())
                found->second.try_over = true;
        deferred_.clear();
    }

    World const& world_;
    Trace const& trace_;
    TraceIndex index_;
    std::vector<Row> rows_; // by recipient
    std::unordered_map<std::uint32_t, Unanswered> by_entry_;
    std::unordered_map<std::uint32_t, Unanswered> by_message_;       // of mail programs
    std::unordered_map<std::uint64_t, DomainId> led_by_;             // by queue entry and machine: the name
    std::unordered_map<std::uint64_t, std::optional<Verb>> refused_; // by session and words: the last command
    std::vector<QueueEntryId> deferred_;                             // since another kind of event came
    Instant now_;
};

} // namespace

TraceIndex index_of(World const& world, Trace const& trace) {
    Walk walk{world, trace};
    for (Event const& event : trace.events)
        walk.see(event);
    return std::move(walk).result();
}

std::string const& name_called(World const& world, Trace const& trace, TraceIndex const& index,
                               SessionId session) {
    Host const& host = world.hosts[trace.sessions[session].server];
    DomainId const name = index.called_as[session.index];
    bool const is_another = name.valid() && host.server.valid() && world.servers[host.server].name != name;
    return is_another ? world.book.name(name) : host.name;
}

} // namespace mailflow
