#include "engine/loop.hpp"

#include "engine/mail_check.hpp"
#include "engine/mail_program.hpp"
#include "engine/mail_queue.hpp"
#include "engine/populations.hpp"
#include "engine/spammer.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// The messages and recipients of World::mail, under the same numbers.
void hand_in_mail(World const& world, Trace& trace) {
    for (std::size_t i = 0; i < world.mail.size(); ++i) {
        MailId const id = world.mail.id_at(i);
        Mail const& mail = world.mail[id];
        Person const& person = world.people[mail.from];
        RecipientId const first = trace.recipients.id_at(trace.recipients.size());
        MessageId const message = trace.messages.add(
            {.mail = id,
             .reverse_path = mail.taken_by.valid() ? mail.reverse_path : person.address,
             .first_recipient = first,
             .recipient_count = static_cast<std::uint32_t>(mail.to.size() + mail.bcc.size()),
             .size_bytes = mail.size_bytes,
             .origin = person.host,
             .about = {}});
        for (AddressId const address : mail.to)
            trace.recipients.add({message, address});
        for (AddressId const address : mail.bcc)
            trace.recipients.add({message, address});
    }
}

/// The actors of one run, and who is woken by what.
class Cast {
public:
    Cast(World const& world, Trace& trace, Effects& effects)
        : trace_(trace)
        , effects_(effects)
        , present_(world)
        , resolver_(present_, trace, effects)
        , mailboxes_(world.book, effects)
        , blocklists_(present_, trace, effects)
        , connections_(present_, trace, effects, fetches_, blocklists_)
        , accesses_(present_, trace, effects, mailboxes_, fetches_)
        , settlement_(effects)
        , programs_(present_, trace, effects, resolver_, connections_, accesses_, settlement_)
        , checks_(present_, trace, effects, resolver_, accesses_)
        , populations_(present_, trace, effects, programs_)
        , spammers_(present_, trace, effects, resolver_, connections_, settlement_)
        , deliveries_(present_, trace, effects, resolver_, connections_)
        , queues_(present_, trace, effects, deliveries_, mailboxes_, settlement_) {}

    /// What people do by themselves from the start on.
    void begin() {
        populations_.begin();
        checks_.begin();
    }

    void wake(Wakeup const& wakeup) {
        SessionId const session{wakeup.subject};
        LookupId const lookup{wakeup.subject};
        if (concerns_session(wakeup.kind) && trace_.sessions[session].service != Service::smtp) {
            wake_access(wakeup.kind, session);
            return;
        }
        switch (wakeup.kind) {
        case WakeKind::world_changes: change_world(ChangeId{wakeup.subject}); break;
        case WakeKind::mail_written: mail_written(MailId{wakeup.subject}); break;
        case WakeKind::spam_due: spammers_.spam_due(SpammerId{wakeup.subject}); break;
        case WakeKind::population_writes: populations_.mail_due(PopulationId{wakeup.subject}); break;
        case WakeKind::listing_ends: blocklists_.listing_ends(ListingId{wakeup.subject}); break;
        case WakeKind::call_arrives: connections_.call_arrives(session); break;
        case WakeKind::call_answered: tell(connections_.call_answered(session)); break;
        case WakeKind::call_times_out: tell(connections_.call_times_out(session)); break;
        case WakeKind::call_completed: connections_.call_completed(session); break;
        case WakeKind::command_arrives: command_arrives(session); break;
        case WakeKind::reply_arrives: tell(connections_.reply_arrives(session)); break;
        case WakeKind::question_arrives: resolver_.question_arrives(lookup); break;
        case WakeKind::answer_arrives:
            resolver_.answer_arrives(lookup);
            answer_arrives(lookup);
            break;
        case WakeKind::lookup_times_out:
            resolver_.times_out(lookup);
            answer_arrives(lookup);
            break;
        case WakeKind::entry_due: queues_.entry_due(QueueEntryId{wakeup.subject}); break;
        case WakeKind::check_due: checks_.due(PersonId{wakeup.subject}); break;
        }
    }

private:
    [[nodiscard]] static bool concerns_session(WakeKind kind) {
        return kind == WakeKind::call_arrives || kind == WakeKind::call_answered ||
               kind == WakeKind::call_times_out || kind == WakeKind::call_completed ||
               kind == WakeKind::command_arrives || kind == WakeKind::reply_arrives;
    }

    void wake_access(WakeKind kind, SessionId session) {
        switch (kind) {
        case WakeKind::call_arrives: accesses_.call_arrives(session); break;
        case WakeKind::call_answered: tell(accesses_.call_answered(session)); break;
        case WakeKind::call_times_out: tell(accesses_.call_times_out(session)); break;
        case WakeKind::call_completed: accesses_.call_completed(session); break;
        case WakeKind::reply_arrives: tell(accesses_.reply_arrives(session)); break;
        default:
            if (auto const submitted = accesses_.command_arrives(session)) {
                queues_.enqueue(programs_.entry_for(*submitted));
                accesses_.confirm(session);
            }
        }
    }

    void tell(std::optional<AccessReport> const& report) {
        if (!report)
            return;
        if (trace_.sessions[report->session].check.valid())
            checks_.session_news(*report);
        else
            programs_.browser_news(*report);
    }

    void mail_written(MailId id) {
        Mail const& mail = present_.world().mail[id];
        if (!mail.taken_by.valid())
            return programs_.mail_written(id);
        MessageId const message{id.index};
        effects_.record(MessageSubmitted{message});
        (void)queues_.enqueue({.message = message,
                               .server = present_.server(mail.taken_by).host,
                               .from = {},
                               .received_lines = mail.received_lines + 1,
                               .recipients = recipients_of(trace_, trace_.messages[message])});
    }

    void change_world(ChangeId id) {
        present_.apply_next();
        effects_.record(WorldChanged{id});
        if (auto const* change = std::get_if<ServerChange>(&present_.world().changes[id].what))
            queues_.server_changed(change->server);
        if (auto const* change = std::get_if<PersonChange>(&present_.world().changes[id].what))
            checks_.person_changed(change->person);
    }

    void command_arrives(SessionId session) {
        auto content = connections_.command_arrives(session);
        if (!content)
            return;
        QueueEntryId const entry = queues_.enqueue({.message = content->message,
                                                    .server = content->server,
                                                    .from = session,
                                                    .received_lines = content->received_lines + 1,
                                                    .recipients = std::move(content->recipients)});
        connections_.confirm(session, entry);
    }

    void tell(std::optional<SessionNews> const& news) {
        if (!news)
            return;
        Session const& session = trace_.sessions[news->session];
        if (!session.entry.valid())
            is_spam(session.message) ? spammers_.session_news(*news) : programs_.session_news(*news);
        else if (auto report = deliveries_.session_news(*news))
            queues_.delivery_ended(*std::move(report));
    }

    void answer_arrives(LookupId lookup) {
        if (trace_.lookups[lookup].check.valid())
            checks_.answer_arrives(lookup);
        else if (!trace_.lookups[lookup].entry.valid())
            is_spam(trace_.lookups[lookup].message) ? spammers_.answer_arrives(lookup)
                                                    : programs_.answer_arrives(lookup);
        else if (auto report = deliveries_.answer_arrives(lookup))
            queues_.delivery_ended(*std::move(report));
    }

    [[nodiscard]] bool is_spam(MessageId message) const {
        return trace_.messages[message].kind == MessageKind::spam;
    }

    Trace& trace_;
    Effects& effects_;
    Present present_;
    Resolver resolver_;
    Mailboxes mailboxes_;
    FetchMemory fetches_;
    Blocklists blocklists_;
    Connections connections_;
    AccessConnections accesses_;
    Settlement settlement_;
    MailPrograms programs_;
    MailChecks checks_;
    Populations populations_;
    Spammers spammers_;
    Deliveries deliveries_;
    MailQueues queues_;
};

/// Whatever is to happen at a time that the world knows from the start.
void schedule(World const& world, Effects& effects) {
    // Changes first: what changes at a moment holds for whatever else happens at that moment.
    for (std::size_t i = 0; i < world.changes.size(); ++i)
        effects.wake_after(world.changes[world.changes.id_at(i)].at.since_start, WakeKind::world_changes,
                           world.changes.id_at(i));
    for (std::size_t i = 0; i < world.mail.size(); ++i)
        effects.wake_after(world.mail[world.mail.id_at(i)].at.since_start, WakeKind::mail_written,
                           world.mail.id_at(i));
    for (std::size_t i = 0; i < world.spammers.size(); ++i)
        effects.wake_after(world.spammers[world.spammers.id_at(i)].start.since_start, WakeKind::spam_due,
                           world.spammers.id_at(i));
}

/// What the trace takes, but for what its rows hold in memory of their own.
std::uint64_t bytes_of(Trace const& trace) {
    return trace.events.size() * sizeof(Event) + trace.messages.size() * sizeof(Message) +
           trace.recipients.size() * sizeof(Recipient) + trace.sessions.size() * sizeof(Session) +
           trace.entries.size() * sizeof(QueueEntry) + trace.lookups.size() * sizeof(Lookup) +
           trace.decisions.size() * sizeof(DecisionRecord) + trace.deferrals.size() * sizeof(Deferral);
}

} // namespace

Played play(World const& world, Limits const& limits) {
    Played played;
    Trace& trace = played.trace;
    EventQueue queue;
    Effects effects{trace, queue};
    Cast cast{world, trace, effects};
    hand_in_mail(world, trace);
    schedule(world, effects);
    cast.begin();

    Duration const longest = limits.simulated_time.value_or(world.until);
    Duration const until = std::min(longest, world.until);
    while (!effects.only_listings_left()) {
        auto const wakeup = queue.pop();
        if (wakeup->at.since_start > until) {
            trace.ended_at = Instant{until};
            played.ended_by = until < world.until ? EndedBy::simulated_time : EndedBy::until;
            return played;
        }
        effects.advance_to(wakeup->at);
        effects.woken(*wakeup);
        cast.wake(*wakeup);
        if (limits.events && trace.events.size() >= *limits.events)
            played.ended_by = EndedBy::events;
        if (limits.bytes && bytes_of(trace) > *limits.bytes)
            played.ended_by = EndedBy::memory;
        if (played.ended_by != EndedBy::itself)
            break;
    }
    trace.ended_at = effects.now();
    return played;
}

} // namespace mailflow
