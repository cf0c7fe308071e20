#include "viz/shown/story_rows.hpp"

#include <algorithm>
#include <optional>

namespace mailflow::viz {

bool is_trivial(Decision const& decision) {
    return decision.list == RuleListId::recipient && decision.decided_by() == RuleId::foreign_mailbox;
}

namespace {

/// Where the decision or the reply has a row, what became of the recipient would say the same again.
bool repeats_reply(Event const& event) {
    auto const* const settled = std::get_if<RecipientSettled>(&event.happening);
    return settled != nullptr && settled->outcome == Outcome::refused && settled->session.valid() &&
           !is_diagnosis(settled->saying);
}

/// The coarsest level at which the event is worth a row; none for book-keeping that says nothing new.
std::optional<Detail> coarsest(Trace const& trace, Event const& event) {
    using Level = std::optional<Detail>;
    Level const none;
    Level const magic = Detail::magic;
    Level const servers = Detail::servers;
    Level const protocol = Detail::protocol;
    // Looking for mail every few minutes is told in every step only to those who want the protocol.
    auto const unless_for_check = [=](MailCheckId check) { return check.valid() ? protocol : servers; };
    return std::visit(
        Overloaded{
            [=](MessageSubmitted const&) { return magic; },
            [&](ConnectionOpened const& opened) {
                return unless_for_check(trace.sessions[opened.session].check);
            },
            [=](ConnectionEstablished const&) { return protocol; },
            [=](ConnectionFailed const&) { return servers; },
            [=](CommandSent const&) { return protocol; },
            [&](DecisionMade const& made) {
                return is_trivial(trace.decisions[made.decision].decision) ? none : servers;
            },
            [=](ReplySent const& sent) { return is_negative(sent.saying) ? servers : protocol; },
            [=](SessionClosed const&) { return protocol; },
            [&](LookupSent const& sent) { return unless_for_check(trace.lookups[sent.lookup].check); },
            [&](LookupAnswered const& answered) {
                return unless_for_check(trace.lookups[answered.lookup].check);
            },
            [&](LookupTimedOut const& timed_out) {
                return unless_for_check(trace.lookups[timed_out.lookup].check);
            },
            [=](AliasFollowed const&) { return servers; },
            [=](MessageDeferred const&) { return servers; },
            [=](DelayWarningWritten const&) { return magic; },
            [=](AddressListed const&) { return servers; },
            [=](AddressDelisted const&) { return servers; },
            [=](WorldChanged const&) { return servers; },
            [=](MessageQueued const&) { return servers; },
            [=](MessageDequeued const&) { return none; },
            [=](MessageFiled const&) { return magic; },
            [=](BounceWritten const&) { return magic; },
            [=](RecipientSettled const& settled) {
                return settled.outcome == Outcome::delivered ? none : magic;
            },
            [=](MailCheckStarted const&) { return protocol; },
            [=](AccessCommandSent const&) { return protocol; },
            [=](AccessReplySent const&) { return protocol; },
            [=](MessageFetched const&) { return magic; },
            [=](MessageRemoved const&) { return servers; },
            [=](MailCheckEnded const& ended) { return ended.trouble == Saying::goodbye ? protocol : magic; }},
        event.happening);
}

} // namespace

bool shown_at(Trace const& trace, Event const& event, Detail detail) {
    if (detail != Detail::magic && repeats_reply(event))
        return false;
    std::optional<Detail> const level = coarsest(trace, event);
    return level && detail >= *level;
}

namespace {

Mark mark_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::delivered: return Mark::none; // filing it has its mark already
    case Outcome::queued: return Mark::deferred;
    case Outcome::bounced: return Mark::bounce;
    case Outcome::refused:
    case Outcome::discarded: return Mark::refused;
    }
    return Mark::none;
}

/// Of a refusal: who hears "come back later" is put off.
Mark mark_of(SayingClass kind) {
    return kind == SayingClass::transient ? Mark::deferred : Mark::refused;
}

} // namespace

Mark mark_of(Trace const& trace, Event const& event) {
    auto const none = Mark::none;
    return std::visit(Overloaded{[=](MessageSubmitted const&) { return none; },
                                 [=](ConnectionOpened const&) { return none; },
                                 [=](ConnectionEstablished const&) { return none; },
                                 [=](ConnectionFailed const&) { return none; },
                                 [=](CommandSent const&) { return none; },
                                 [&](DecisionMade const& made) {
                                     Decision const& decision = trace.decisions[made.decision].decision;
                                     if (decision.verdict == Verdict::refuse)
                                         return mark_of(class_of(decision.saying));
                                     return is_trivial(decision) ? none : Mark::accepted;
                                 },
                                 [=](ReplySent const& sent) {
                                     return is_negative(sent.saying) ? mark_of(class_of(sent.saying)) : none;
                                 },
                                 [=](SessionClosed const&) { return none; },
                                 [=](LookupSent const&) { return none; },
                                 [=](LookupAnswered const&) { return Mark::dns; },
                                 [=](LookupTimedOut const&) { return Mark::dns; },
                                 [=](AliasFollowed const&) { return none; },
                                 [=](MessageDeferred const&) { return Mark::deferred; },
                                 [=](DelayWarningWritten const&) { return Mark::deferred; },
                                 [=](AddressListed const&) { return Mark::changed; },
                                 [=](AddressDelisted const&) { return Mark::changed; },
                                 [=](WorldChanged const&) { return Mark::changed; },
                                 [=](MessageQueued const&) { return Mark::accepted; },
                                 [=](MessageDequeued const&) { return none; },
                                 [=](MessageFiled const&) { return Mark::accepted; },
                                 [=](BounceWritten const&) { return Mark::bounce; },
                                 [](RecipientSettled const& settled) { return mark_of(settled.outcome); },
                                 [=](MailCheckStarted const&) { return none; },
                                 [=](AccessCommandSent const&) { return none; },
                                 [=](AccessReplySent const&) { return none; },
                                 [=](MessageFetched const&) { return Mark::accepted; },
                                 [=](MessageRemoved const&) { return none; },
                                 [=](MailCheckEnded const& ended) {
                                     return ended.trouble == Saying::goodbye ? none : Mark::refused;
                                 }},
                      event.happening);
}

namespace {

/// The machine that a change is about; changes of the DNS and of networks have none.
Subject subject_of_change(World const& world, Change const& change) {
    if (auto const* server = std::get_if<ServerChange>(&change.what))
        return world.servers[server->server].host;
    if (auto const* person = std::get_if<PersonChange>(&change.what))
        return world.people[person->person].host;
    return {};
}

/// Whether the next list of rules, asked at once, says no to what this one has let pass.
bool is_overruled(Trace const& trace, std::size_t event) {
    if (event + 1 == trace.events.size())
        return false;
    auto const* const made = std::get_if<DecisionMade>(&trace.events[event].happening);
    auto const* const next = std::get_if<DecisionMade>(&trace.events[event + 1].happening);
    return made != nullptr && next != nullptr &&
           trace.decisions[made->decision].session == trace.decisions[next->decision].session &&
           trace.decisions[next->decision].decision.verdict == Verdict::refuse;
}

} // namespace

Subject subject_of(World const& world, Trace const& trace, EventNumber number) {
    Event const& event = trace.events[number];
    Subject subject = std::visit(
        Overloaded{
            [](MessageSubmitted const& e) -> Subject { return e.message; },
            [](ConnectionOpened const& e) -> Subject { return e.session; },
            [](ConnectionEstablished const& e) -> Subject { return e.session; },
            [](ConnectionFailed const& e) -> Subject { return e.session; },
            [&](CommandSent const&) -> Subject { return EventSubject{number}; },
            [](DecisionMade const& e) -> Subject { return e.decision; },
            [&](ReplySent const&) -> Subject { return EventSubject{number}; },
            [](SessionClosed const& e) -> Subject { return e.session; },
            [](LookupSent const& e) -> Subject { return e.lookup; },
            [](LookupAnswered const& e) -> Subject { return e.lookup; },
            [](LookupTimedOut const& e) -> Subject { return e.lookup; },
            [&](AliasFollowed const& e) -> Subject { return trace.entries[e.entry].message; },
            [&](MessageDeferred const& e) -> Subject {
                return trace.entries[trace.deferrals[e.deferral].entry].message;
            },
            [](DelayWarningWritten const& e) -> Subject { return e.warning; },
            [&](AddressListed const& e) -> Subject { return trace.listings[e.listing].host; },
            [&](AddressDelisted const& e) -> Subject { return trace.listings[e.listing].host; },
            [&](WorldChanged const& e) -> Subject {
                return subject_of_change(world, world.changes[e.change]);
            },
            [&](MessageQueued const& e) -> Subject { return trace.entries[e.entry].message; },
            [&](MessageDequeued const& e) -> Subject { return trace.entries[e.entry].message; },
            [&](MessageFiled const& e) -> Subject { return trace.recipients[e.recipient].message; },
            [](BounceWritten const& e) -> Subject { return e.bounce; },
            [&](RecipientSettled const& e) -> Subject { return trace.recipients[e.recipient].message; },
            [&](MailCheckStarted const& e) -> Subject { return trace.checks[e.check].device; },
            [&](AccessCommandSent const&) -> Subject { return EventSubject{number}; },
            [&](AccessReplySent const&) -> Subject { return EventSubject{number}; },
            [&](MessageFetched const& e) -> Subject { return trace.recipients[e.recipient].message; },
            [&](MessageRemoved const& e) -> Subject { return trace.recipients[e.recipient].message; },
            [&](MailCheckEnded const& e) -> Subject { return trace.checks[e.check].device; }},
        event.happening);
    if (std::holds_alternative<std::monostate>(subject))
        subject = EventSubject{number};
    return subject;
}

bool RepeatedReplies::operator()(Event const& event) {
    if (auto const* made = std::get_if<DecisionMade>(&event.happening)) {
        DecisionRecord const& record = trace_.decisions[made->decision];
        if (record.decision.verdict == Verdict::refuse) {
            refused_in_ = record.session;
            refused_at_ = event.at;
        }
        return false;
    }
    auto const* const sent = std::get_if<ReplySent>(&event.happening);
    return sent != nullptr && refused_in_.valid() && sent->session == refused_in_ && event.at == refused_at_;
}

StoryRows::StoryRows(World const& world, Trace const& trace, Detail detail, Filter const& filter)
    : detail_(detail) {
    bool const all = filter.shows_all();
    RepeatedReplies repeats{trace};
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
        Event const& event = trace.events[i];
        bool const repeated = repeats(event);
        if (!shown_at(trace, event, detail) || (repeated && detail != Detail::protocol) ||
            !(all || passes(filter, trace, about(world, trace, event))))
            continue;
        bool const says_nothing = repeated || is_overruled(trace, i);
        StoryRow const row{static_cast<EventNumber>(i), says_nothing ? Mark::none : mark_of(trace, event)};
        rows_.push_back(row);
        marked_[static_cast<std::size_t>(row.mark)].push_back(row.event);
    }
}

std::size_t StoryRows::happened(std::size_t applied) const {
    auto const end =
        std::lower_bound(rows_.begin(), rows_.end(), applied,
                         [](StoryRow const& row, std::size_t limit) { return row.event < limit; });
    return static_cast<std::size_t>(end - rows_.begin());
}

} // namespace mailflow::viz
