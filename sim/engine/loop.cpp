#include "engine/loop.hpp"

#include "engine/mail_program.hpp"
#include "engine/mail_queue.hpp"

namespace mailflow {

namespace {

/// The messages and recipients of World::mail, under the same numbers.
void hand_in_mail(World const& world, Trace& trace) {
    for (std::size_t i = 0; i < world.mail.size(); ++i) {
        MailId const id = world.mail.id_at(i);
        Mail const& mail = world.mail[id];
        Person const& person = world.people[mail.from];
        RecipientId const first = trace.recipients.id_at(trace.recipients.size());
        MessageId const message =
            trace.messages.add({.mail = id,
                                .reverse_path = person.address,
                                .first_recipient = first,
                                .recipient_count = static_cast<std::uint32_t>(mail.to.size()),
                                .size_bytes = mail.size_bytes,
                                .origin = person.host,
                                .about = {}});
        for (AddressId const address : mail.to)
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
        , connections_(present_, trace, effects)
        , settlement_(effects)
        , programs_(present_, trace, effects, resolver_, connections_, settlement_)
        , deliveries_(present_, trace, resolver_, connections_)
        , queues_(present_, trace, effects, deliveries_, settlement_) {}

    void wake(Wakeup const& wakeup) {
        SessionId const session{wakeup.subject};
        LookupId const lookup{wakeup.subject};
        switch (wakeup.kind) {
        case WakeKind::world_changes: change_world(ChangeId{wakeup.subject}); break;
        case WakeKind::mail_written: programs_.mail_written(MailId{wakeup.subject}); break;
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
        }
    }

private:
    void change_world(ChangeId id) {
        present_.apply_next();
        effects_.record(WorldChanged{id});
        if (auto const* change = std::get_if<ServerChange>(&present_.world().changes[id].what))
            queues_.server_changed(change->server);
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
        if (!trace_.sessions[news->session].entry.valid())
            programs_.session_news(*news);
        else if (auto report = deliveries_.session_news(*news))
            queues_.delivery_ended(*std::move(report));
    }

    void answer_arrives(LookupId lookup) {
        if (!trace_.lookups[lookup].entry.valid())
            programs_.answer_arrives(lookup);
        else if (auto report = deliveries_.answer_arrives(lookup))
            queues_.delivery_ended(*std::move(report));
    }

    Trace& trace_;
    Effects& effects_;
    Present present_;
    Resolver resolver_;
    Connections connections_;
    Settlement settlement_;
    MailPrograms programs_;
    Deliveries deliveries_;
    MailQueues queues_;
};

} // namespace

Trace play(World const& world) {
    Trace trace;
    EventQueue queue;
    Effects effects{trace, queue};
    Cast cast{world, trace, effects};
    hand_in_mail(world, trace);
    // Changes first: what changes at a moment holds for whatever else happens at that moment.
    for (std::size_t i = 0; i < world.changes.size(); ++i)
        effects.wake_after(world.changes[world.changes.id_at(i)].at.since_start, WakeKind::world_changes,
                           world.changes.id_at(i));
    for (std::size_t i = 0; i < world.mail.size(); ++i)
        effects.wake_after(world.mail[world.mail.id_at(i)].at.since_start, WakeKind::mail_written,
                           world.mail.id_at(i));

    while (auto const wakeup = queue.pop()) {
        if (wakeup->at.since_start > world.until) {
            trace.ended_at = Instant{world.until};
            return trace;
        }
        effects.advance_to(wakeup->at);
        cast.wake(*wakeup);
    }
    trace.ended_at = effects.now();
    return trace;
}

} // namespace mailflow
