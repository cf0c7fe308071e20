#include "viz/shown/lists.hpp"

#include "policy/scripted_answers.hpp"
#include "viz/shown/about.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// That the mailbox is there only repeats what the relay decision said; a refusal never does.
bool tells(Decision const& decision) {
    return decision.list != RuleListId::recipient || decision.verdict == Verdict::refuse;
}

} // namespace

EventsBy::EventsBy(std::size_t rows, std::vector<std::pair<std::uint32_t, EventNumber>> const& pairs)
    : begins_(rows + 1)
    , events_(pairs.size()) {
    for (auto const& [row, event] : pairs)
        ++begins_[row + 1];
    for (std::size_t i = 1; i < begins_.size(); ++i)
        begins_[i] += begins_[i - 1];
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (auto const& [row, event] : pairs)
        events_[next[row]++] = event;
}

std::span<EventNumber const> EventsBy::of(std::uint32_t row) const {
    if (row + 1 >= begins_.size())
        return {};
    return std::span{events_}.subspan(begins_[row], begins_[row + 1] - begins_[row]);
}

Lists::Lists(World const& world, Trace const& trace)
    : settling_(trace.recipients.size(), never)
    , fetching_(trace.recipients.size(), never)
    , deferring_(trace.deferrals.size(), never)
    , asking_(trace.lookups.size(), never)
    , answering_(trace.lookups.size(), never)
    , tallies_(world.hosts.size()) {
    std::vector<std::pair<std::uint32_t, EventNumber>> sessions;
    std::vector<std::pair<std::uint32_t, EventNumber>> messages;
    std::vector<std::pair<std::uint32_t, EventNumber>> entries;
    std::vector<std::uint32_t> pending(trace.sessions.size(), never); // of `questions_`, by session
    sessions.reserve(trace.events.size());
    messages.reserve(trace.events.size());
    for (std::size_t i = 0; i < trace.events.size(); ++i) {
        auto const number = static_cast<EventNumber>(i);
        Happening const& happening = trace.events[i].happening;
        About const told = about(world, trace, trace.events[i]);
        if (told.session.valid())
            sessions.emplace_back(told.session.index, number);
        if (told.message.valid())
            messages.emplace_back(told.message.index, number);
        if (std::holds_alternative<MessageQueued>(happening))
            entries.emplace_back(told.message.index, number);
        else if (auto const* settled = std::get_if<RecipientSettled>(&happening))
            settling_[settled->recipient.index] = number;
        else if (auto const* fetched = std::get_if<MessageFetched>(&happening))
            fetching_[fetched->recipient.index] = std::min(fetching_[fetched->recipient.index], number);
        else if (auto const* deferred = std::get_if<MessageDeferred>(&happening))
            deferring_[deferred->deferral.index] = number;
        else if (auto const* asked = std::get_if<LookupSent>(&happening))
            asking_[asked->lookup.index] = number;
        else if (auto const* answered = std::get_if<LookupAnswered>(&happening))
            answering_[answered->lookup.index] = number;
        else if (auto const* timed_out = std::get_if<LookupTimedOut>(&happening))
            answering_[timed_out->lookup.index] = number;
        else if (std::holds_alternative<MessageSubmitted>(happening))
            submissions_.push_back(number);
        else if (told.decision.valid() && tells(trace.decisions[told.decision].decision))
            telling_.push_back(number);
        count(world, trace, number);
        ask(trace, number, pending);
    }
    sessions_ = EventsBy{trace.sessions.size(), sessions};
    messages_ = EventsBy{trace.messages.size(), messages};
    entries_ = EventsBy{trace.messages.size(), entries};
}

void Lists::ask(Trace const& trace, EventNumber number, std::vector<std::uint32_t>& pending) {
    Happening const& happening = trace.events[number].happening;
    if (auto const* made = std::get_if<DecisionMade>(&happening)) {
        DecisionRecord const& record = trace.decisions[made->decision];
        if (!record.recipient.valid())
            return;
        std::uint32_t& open = pending[record.session.index];
        if (open == never) {
            open = static_cast<std::uint32_t>(questions_.size());
            questions_.push_back({record.session, record.recipient, number, never, made->decision});
        } else if (record.decision.verdict == Verdict::refuse) {
            questions_[open].decides = made->decision;
        }
    } else if (auto const* sent = std::get_if<ReplySent>(&happening)) {
        std::uint32_t& open = pending[sent->session.index];
        bool const is_about_recipient = is_scripted(sent->saying) &&
                                        phase_of(sent->saying) == ScriptedPhase::rcpt &&
                                        sent->address.valid();
        if (open != never)
            questions_[open].reply = number;
        else if (is_about_recipient) // what the world prescribes is answered without a decision
            questions_.push_back({sent->session, sent->address, number, number});
        open = never;
    }
}

void Lists::count(World const&, Trace const& trace, EventNumber number) {
    auto const add = [&](HostId host, std::uint32_t Tally::*what) {
        if (!host.valid())
            return;
        std::vector<Tally>& tallies = tallies_[host.index];
        Tally next = tallies.empty() ? Tally{} : tallies.back();
        next.event = number;
        ++(next.*what);
        tallies.push_back(next);
    };
    Happening const& happening = trace.events[number].happening;
    if (auto const* queued = std::get_if<MessageQueued>(&happening)) {
        if (trace.entries[queued->entry].from.valid())
            add(trace.entries[queued->entry].server, &Tally::taken);
    } else if (auto const* sent = std::get_if<ReplySent>(&happening)) {
        if (reason_of(sent->saying) == Reason::none)
            return;
        HostId const server = trace.sessions[sent->session].server;
        if (is_negative(sent->saying))
            refusals_[words_like(server, sent->saying)].push_back(number);
        if (class_of(sent->saying) == SayingClass::permanent) {
            add(server, &Tally::refused);
            all_refusals_[server].push_back(number);
        }
    } else if (auto const* deferred = std::get_if<MessageDeferred>(&happening)) {
        add(trace.entries[trace.deferrals[deferred->deferral].entry].server, &Tally::put_off);
    } else if (auto const* filed = std::get_if<MessageFiled>(&happening)) {
        add(filed->server, &Tally::filed);
    } else if (auto const* opened = std::get_if<ConnectionOpened>(&happening)) {
        if (!trace.sessions[opened->session].check.valid())
            add(trace.sessions[opened->session].client, &Tally::sent);
    } else if (auto const* bounced = std::get_if<BounceWritten>(&happening)) {
        add(trace.entries[bounced->about].server, &Tally::written);
    } else if (auto const* warned = std::get_if<DelayWarningWritten>(&happening)) {
        add(trace.entries[warned->about].server, &Tally::written);
    }
}

Tally Lists::tally(HostId host, std::size_t applied) const {
    std::vector<Tally> const& tallies = tallies_[host.index];
    auto const after =
        std::lower_bound(tallies.begin(), tallies.end(), applied,
                         [](Tally const& tally, std::size_t end) { return tally.event < end; });
    return after == tallies.begin() ? Tally{} : *std::prev(after);
}

/// Words of one reason count as the same; but what the world prescribes, each word by itself.
Lists::Words Lists::words_like(HostId host, Saying saying) {
    return {host, reason_of(saying), is_scripted(saying) ? saying : Saying::goodbye};
}

std::span<EventNumber const> Lists::refusals_like(HostId host, Saying saying, std::size_t applied) const {
    auto const found = refusals_.find(words_like(host, saying));
    return found == refusals_.end() ? std::span<EventNumber const>{} : happened(found->second, applied);
}

std::span<EventNumber const> Lists::refusals(HostId host, std::size_t applied) const {
    auto const found = all_refusals_.find(host);
    return found == all_refusals_.end() ? std::span<EventNumber const>{} : happened(found->second, applied);
}

std::span<EventNumber const> happened(std::span<EventNumber const> events, std::size_t applied) {
    auto const end = std::lower_bound(events.begin(), events.end(), applied,
                                      [](EventNumber event, std::size_t limit) { return event < limit; });
    return events.first(static_cast<std::size_t>(end - events.begin()));
}

} // namespace mailflow::viz
