#include "engine/loop.hpp"

#include "engine/cut_lines.hpp"
#include "engine/dialing.hpp"
#include "engine/mail_check.hpp"
#include "engine/mail_program.hpp"
#include "engine/mail_queue.hpp"
#include "engine/populations.hpp"
#include "engine/prepare.hpp"
#include "engine/spammer.hpp"
#include "engine/start.hpp"

#include <algorithm>
#include <span>
#include <utility>

namespace mailflow {

namespace {

/// How a run came to its end.
struct Ending {
    Instant at;
    EndedBy by = EndedBy::itself;
    std::uint64_t turns = 0;
};

/// The actors of one run, and who is woken by what.
class Cast {
public:
    Cast(World const& world, std::uint64_t seed, Records& records, Effects& effects)
        : records_(records)
        , effects_(effects)
        , present_(world)
        , resolver_(present_, records, effects)
        , mailboxes_(world, records, effects)
        , lines_(present_, records, effects)
        , blocklists_(present_, records, effects)
        , connections_(present_, records, effects, fetches_, blocklists_)
        , accesses_(present_, records, effects, mailboxes_, fetches_)
        , settlement_(effects)
        , programs_(present_, records, effects, resolver_, connections_, accesses_, settlement_)
        , checks_(present_, records, effects, resolver_, accesses_)
        , populations_(present_, seed, records, effects, programs_)
        , spammers_(present_, seed, records, effects, resolver_, connections_, mailboxes_, settlement_)
        , deliveries_(present_, seed, records, effects, resolver_, connections_)
        , queues_(present_, records, effects, deliveries_, mailboxes_, settlement_) {}

    /// What people do by themselves from the start on.
    void begin() {
        spammers_.begin();
        populations_.begin();
        checks_.begin();
    }

    void wake(Wakeup const& wakeup) {
        SessionId const session{wakeup.subject};
        LookupId const lookup{wakeup.subject};
        if (lines_.may_be_cut() && is_packet(wakeup.kind) && is_stopped(wakeup))
            return;
        if (concerns_session(wakeup.kind) && !speaks_smtp(session)) {
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
            if (leads_into_the_void(present_, records_.lookups[lookup]))
                effects_.wake_after(patience_of(present_, records_.lookups[lookup].asker),
                                    WakeKind::call_in_vain, lookup);
            else
                answer_arrives(lookup);
            break;
        case WakeKind::call_in_vain: answer_arrives(lookup); break;
        case WakeKind::lookup_times_out:
            resolver_.times_out(lookup);
            answer_arrives(lookup);
            break;
        case WakeKind::entry_due: queues_.entry_due(QueueEntryId{wakeup.subject}); break;
        case WakeKind::check_due: checks_.due(PersonId{wakeup.subject}); break;
        }
    }

    /// Those who are woken next, in their order: each comes nearer turn by turn, and is prepared for in four
    /// steps on its way (engine/prepare.hpp).
    void prepare(std::span<Wakeup const> next) const {
        constexpr std::size_t soon = 20;
        constexpr std::size_t sooner = 15;
        constexpr std::size_t quite_soon = 10;
        constexpr std::size_t very_soon = 5;
        if (next.size() > soon)
            prepare_rows(next[soon]);
        if (next.size() > sooner)
            prepare_place(next[sooner]);
        if (next.size() > quite_soon)
            prepare_more(next[quite_soon]);
        if (next.size() > very_soon)
            prepare_rest(next[very_soon]);
    }

    /// Memory for what goes on.
    [[nodiscard]] std::uint64_t bytes() const {
        return connections_.bytes() + deliveries_.bytes() + queues_.bytes();
    }

private:
    void prepare_rows(Wakeup const& wakeup) const {
        if (concerns_session(wakeup.kind))
            connections_.prepare(SessionId{wakeup.subject});
        else if (concerns_lookup(wakeup.kind))
            resolver_.prepare(LookupId{wakeup.subject});
        else if (wakeup.kind == WakeKind::entry_due)
            queues_.prepare(QueueEntryId{wakeup.subject});
        else if (wakeup.kind == WakeKind::population_writes)
            populations_.prepare(PopulationId{wakeup.subject});
    }
    void prepare_place(Wakeup const& wakeup) const {
        SessionId const session{wakeup.subject};
        if (concerns_session(wakeup.kind)) {
            connections_.prepare_place(session);
            if (is_nearly_over(session))
                queues_.prepare_end(session);
        } else if (concerns_lookup(wakeup.kind))
            resolver_.prepare_place(LookupId{wakeup.subject});
        else if (wakeup.kind == WakeKind::entry_due)
            queues_.prepare_place(QueueEntryId{wakeup.subject});
        else if (wakeup.kind == WakeKind::population_writes)
            populations_.prepare_place(PopulationId{wakeup.subject});
    }
    void prepare_more(Wakeup const& wakeup) const {
        SessionId const session{wakeup.subject};
        LookupId const lookup{wakeup.subject};
        if (concerns_session(wakeup.kind)) {
            if (speaks_smtp(session)) {
                connections_.prepare_more(session);
                if (connections_.is_nearly_over(session))
                    deliveries_.prepare_more(session);
            }
        } else if (concerns_lookup(wakeup.kind)) {
            resolver_.prepare_more(lookup);
            deliveries_.prepare_more(lookup);
            programs_.prepare_more(lookup);
        } else if (wakeup.kind == WakeKind::entry_due)
            queues_.prepare_more(QueueEntryId{wakeup.subject});
        else if (wakeup.kind == WakeKind::population_writes)
            populations_.prepare_more(PopulationId{wakeup.subject});
    }
    void prepare_rest(Wakeup const& wakeup) const {
        SessionId const session{wakeup.subject};
        if (wakeup.kind == WakeKind::command_arrives && speaks_smtp(session))
            connections_.prepare_command(session);
        else if (wakeup.kind == WakeKind::call_completed && speaks_smtp(session))
            connections_.prepare_call(session);
        else if (wakeup.kind == WakeKind::reply_arrives && is_nearly_over(session)) {
            deliveries_.prepare_rest(session);
        } else if (concerns_lookup(wakeup.kind)) {
            resolver_.prepare_rest(LookupId{wakeup.subject});
            programs_.prepare_rest(LookupId{wakeup.subject});
        } else if (wakeup.kind == WakeKind::entry_due)
            queues_.prepare_rest(QueueEntryId{wakeup.subject});
        else if (wakeup.kind == WakeKind::population_writes)
            populations_.prepare_rest(PopulationId{wakeup.subject});
    }

    [[nodiscard]] bool is_nearly_over(SessionId session) const {
        return speaks_smtp(session) && connections_.is_nearly_over(session);
    }
    [[nodiscard]] bool speaks_smtp(SessionId session) const {
        return records_.sessions[session].service == Service::smtp;
    }

    /// Whether a packet of a session does not get through; what follows from that is done.
    bool is_stopped(Wakeup const& packet) {
        SessionId const session{packet.subject};
        bool const is_smtp = speaks_smtp(session);
        if (is_smtp ? connections_.is_sure_to_arrive(session, packet.kind)
                    : accesses_.is_sure_to_arrive(session, packet.kind))
            return false;
        Duration const patience = is_smtp
                                      ? patience_in_session_of(present_, records_.sessions[session].client,
                                                               connections_.awaits(session))
                                      : patience_of_program;
        CutLines::Fate const fate = lines_.fate_of(packet, patience);
        if (auto const trouble = trouble_from(fate, packet.kind); trouble && is_smtp)
            connections_.line_is_dead(session, packet.kind, *trouble);
        else if (trouble)
            accesses_.line_is_dead(session, packet.kind, *trouble);
        return fate != CutLines::Fate::arrives;
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
        if (records_.sessions[report->session].check.valid())
            checks_.session_news(*report);
        else
            programs_.browser_news(*report);
        if (report->is_last)
            accesses_.forget(report->session);
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
                               .recipients = recipients_of(records_, records_.messages[message])});
    }

    void change_world(ChangeId id) {
        present_.apply_next();
        effects_.record(WorldChanged{id});
        if (auto const* change = std::get_if<ServerChange>(&present_.world().changes[id].what))
            queues_.server_changed(change->server);
        if (std::holds_alternative<NetworkChange>(present_.world().changes[id].what))
            lines_.network_changed();
        if (auto const* change = std::get_if<PersonChange>(&present_.world().changes[id].what)) {
            lines_.network_changed();
            checks_.person_changed(change->person);
        }
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
        Session const& session = records_.sessions[news->session];
        if (!session.entry.valid())
            is_spam(session.message) ? spammers_.session_news(*news) : programs_.session_news(*news);
        else if (auto report = deliveries_.session_news(*news))
            queues_.delivery_ended(*std::move(report));
        if (news->is_last())
            connections_.forget(news->session);
    }

    void answer_arrives(LookupId lookup) {
        if (records_.lookups[lookup].check.valid())
            checks_.answer_arrives(lookup);
        else if (!records_.lookups[lookup].entry.valid())
            is_spam(records_.lookups[lookup].message) ? spammers_.answer_arrives(lookup)
                                                      : programs_.answer_arrives(lookup);
        else if (auto report = deliveries_.answer_arrives(lookup))
            queues_.delivery_ended(*std::move(report));
        resolver_.forget(lookup);
    }

    [[nodiscard]] bool is_spam(MessageId message) const {
        return records_.messages[message].kind == MessageKind::spam;
    }

    Records& records_;
    Effects& effects_;
    Present present_;
    Resolver resolver_;
    Mailboxes mailboxes_;
    FetchMemory fetches_;
    CutLines lines_;
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

/// One run: what there is of it in memory, and the loop.
class Run {
public:
    Run(World const& world, std::uint64_t seed, Records& records, EventSink sink)
        : world_(world)
        , records_(records)
        , sink_(sink)
        , cast_{world, seed, records, effects_} {
        hand_in_mail(world, records);
        schedule(world, effects_);
        cast_.begin();
    }

    Ending play(Limits const& limits) {
        Duration const until = std::min(limits.simulated_time.value_or(world_.until), world_.until);
        if (limits.events)
            sink_.take_at_most(*limits.events);
        std::uint64_t turns = 0;
        while (!effects_.only_listings_left()) {
            auto const wakeup = queue_.pop();
            cast_.prepare(queue_.next());
            if (wakeup->at.since_start > until)
                return {Instant{until}, until < world_.until ? EndedBy::simulated_time : EndedBy::until,
                        turns};
            effects_.advance_to(wakeup->at);
            effects_.woken(*wakeup);
            cast_.wake(*wakeup);
            ++turns;
            if (sink_.overflowed())
                return {effects_.now(), EndedBy::events, turns};
            if (turns % turns_between_looks != 1)
                continue;
            if (limits.bytes && bytes() > *limits.bytes)
                return {effects_.now(), EndedBy::memory, turns};
            if (limits.stop != nullptr && *limits.stop)
                return {effects_.now(), EndedBy::stop, turns};
        }
        return {effects_.now(), EndedBy::itself, turns};
    }

    /// Memory for what was in flight at the peak, and for the events that are kept.
    [[nodiscard]] std::uint64_t bytes() const {
        return records_.bytes() + cast_.bytes() + effects_.bytes() + sink_.bytes() +
               queue_.peak() * sizeof(Wakeup);
    }

private:
    /// How often it looks how much memory there is, and whether it shall stop.
    static constexpr std::uint64_t turns_between_looks = 64;

    World const& world_;
    Records& records_;
    EventSink sink_;
    EventQueue queue_;
    Effects effects_{records_, sink_, queue_};
    Cast cast_;
};

} // namespace

Played play(World const& world, std::uint64_t seed, Limits const& limits) {
    Played played;
    Run run{world, seed, played.trace, EventSink{played.trace.events}};
    Ending const ending = run.play(limits);
    played.trace.ended_at = ending.at;
    played.ended_by = ending.by;
    return played;
}

Measured play_for_numbers(World const& world, std::uint64_t seed, Limits const& limits) {
    Records records;
    records.recycle();
    Tally tally{world, records};
    Run run{world, seed, records, EventSink{tally}};
    Ending const ending = run.play(limits);
    Effort const effort{ending.turns, records.messages.size(), run.bytes()};
    return {std::move(tally).result(ending.at, ending.by), effort};
}

} // namespace mailflow
