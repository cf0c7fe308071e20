#include "report/story/rounds.hpp"

#include "report/story/repeats.hpp"
#include "report/story/signature.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>

namespace mailflow {

namespace {

bool is_queued(Event const* event) {
    return std::holds_alternative<MessageQueued>(event->happening);
}

/// What one server does with the message from when it has it until the next one has it.
struct Leg {
    QueueEntryId entry;
    QueueEntryId before;  // the server that had it before; none: the first one
    bool is_last = true;  // no other server had it afterwards
    bool is_told = false; // as a part of some rounds
    std::vector<Event const*> events;
};

/// The entry whose leg an event belongs to; none: nobody's. That the next server has queued the message ends
/// the leg of the one before.
struct EntryOf {
    Trace const& trace;

    QueueEntryId operator()(MessageSubmitted const&) const { return {}; }
    QueueEntryId operator()(ConnectionOpened const& e) const { return of(e.session); }
    QueueEntryId operator()(ConnectionEstablished const& e) const { return of(e.session); }
    QueueEntryId operator()(ConnectionFailed const& e) const { return of(e.session); }
    QueueEntryId operator()(CommandSent const& e) const { return of(e.session); }
    QueueEntryId operator()(DecisionMade const& e) const { return of(trace.decisions[e.decision].session); }
    QueueEntryId operator()(ReplySent const& e) const { return of(e.session); }
    QueueEntryId operator()(SessionClosed const& e) const { return of(e.session); }
    QueueEntryId operator()(LookupSent const& e) const { return trace.lookups[e.lookup].entry; }
    QueueEntryId operator()(LookupAnswered const& e) const { return trace.lookups[e.lookup].entry; }
    QueueEntryId operator()(LookupTimedOut const& e) const { return trace.lookups[e.lookup].entry; }
    QueueEntryId operator()(MessageQueued const& e) const {
        SessionId const from = trace.entries[e.entry].from;
        return from.valid() ? of(from) : QueueEntryId{};
    }
    QueueEntryId operator()(AliasFollowed const& e) const { return e.entry; }
    QueueEntryId operator()(MessageDeferred const& e) const { return trace.deferrals[e.deferral].entry; }
    QueueEntryId operator()(MessageDequeued const& e) const { return e.entry; }
    QueueEntryId operator()(MessageFiled const&) const { return {}; }
    QueueEntryId operator()(BounceWritten const&) const { return {}; }
    QueueEntryId operator()(DelayWarningWritten const&) const { return {}; }
    QueueEntryId operator()(AddressListed const&) const { return {}; }
    QueueEntryId operator()(AddressDelisted const&) const { return {}; }
    QueueEntryId operator()(WorldChanged const&) const { return {}; }
    QueueEntryId operator()(RecipientSettled const&) const { return {}; }
    QueueEntryId operator()(MailCheckStarted const&) const { return {}; }
    QueueEntryId operator()(AccessCommandSent const&) const { return {}; }
    QueueEntryId operator()(AccessReplySent const&) const { return {}; }
    QueueEntryId operator()(MessageFetched const&) const { return {}; }
    QueueEntryId operator()(MessageRemoved const&) const { return {}; }
    QueueEntryId operator()(MailCheckEnded const&) const { return {}; }

    [[nodiscard]] QueueEntryId of(SessionId id) const { return trace.sessions[id].entry; }
};

/// Finds the legs of a message, and puts the events to them.
class Journey {
public:
    Journey(Trace const& trace, std::vector<Event const*> const& events) : trace_(trace) {
        for (Event const* event : events) {
            QueueEntryId const before = std::visit(EntryOf{trace}, event->happening);
            if (before.valid())
                leg_of(before).events.push_back(event);
            if (auto const* const queued = std::get_if<MessageQueued>(&event->happening))
                begin(queued->entry, before);
        }
    }

    [[nodiscard]] std::vector<Rounds> rounds() {
        std::vector<Rounds> found;
        for (std::size_t i = 0; i < legs_.size(); ++i)
            if (legs_[i].is_last)
                find_rounds(chain_to(i), found);
        return found;
    }

private:
    void begin(QueueEntryId entry, QueueEntryId before) {
        if (before.valid())
            leg_of(before).is_last = false;
        places_.emplace(entry, legs_.size());
        legs_.push_back({.entry = entry, .before = before, .events = {}});
    }

    Leg& leg_of(QueueEntryId entry) { return legs_[places_.at(entry)]; }

    /// The legs that led to that one and were not told of yet, the last of them last.
    [[nodiscard]] std::vector<std::size_t> chain_to(std::size_t last) const {
        std::vector<std::size_t> chain{last};
        while (legs_[chain.back()].before.valid()) {
            std::size_t const before = places_.at(legs_[chain.back()].before);
            if (legs_[before].is_told)
                break;
            chain.push_back(before);
        }
        std::reverse(chain.begin(), chain.end());
        return chain;
    }

    void find_rounds(std::vector<std::size_t> const& chain, std::vector<Rounds>& found) {
        if (chain.size() < fewest_rounds)
            return;
        std::map<std::string, std::uint32_t> kinds;
        std::vector<std::uint32_t> values;
        for (std::size_t const leg : chain)
            values.push_back(
                kinds.try_emplace(signature(legs_[leg]), static_cast<std::uint32_t>(kinds.size()))
                    .first->second);
        for (Repeat const& repeat : repeats_in(values)) {
            Rounds rounds{.count = repeat.rounds - 1, .way = {}, .events = {}};
            for (std::size_t i = repeat.period; i < repeat.rounds * repeat.period; ++i) {
                Leg& leg = legs_[chain[repeat.first + i]];
                leg.is_told = true;
                if (i < 2 * repeat.period)
                    rounds.way.push_back(trace_.entries[leg.entry].server);
                rounds.events.insert(rounds.events.end(), leg.events.begin(), leg.events.end());
            }
            std::size_t const next = repeat.first + repeat.rounds * repeat.period;
            rounds.received_lines =
                trace_.entries[legs_[chain[std::min(next, chain.size() - 1)]].entry].received_lines;
            std::sort(rounds.events.begin(), rounds.events.end());
            rounds.end = *std::find_if(rounds.events.rbegin(), rounds.events.rend(), is_queued);
            found.push_back(std::move(rounds));
        }
    }

    /// Where it is, and what is done with it there.
    [[nodiscard]] std::string signature(Leg const& leg) const {
        std::string text = fmt::format("s{} ", trace_.entries[leg.entry].server.index);
        for (Event const* event : leg.events)
            if (std::string const part = part_of(*event); part != "-")
                text += part + ' ';
        return text;
    }

    [[nodiscard]] std::string part_of(Event const& event) const {
        if (auto const* const queued = std::get_if<MessageQueued>(&event.happening)) {
            QueueEntry const& entry = trace_.entries[queued->entry];
            std::string text = fmt::format("q{}", entry.server.index);
            for (EnvelopeRecipient const& recipient : entry.recipients)
                text += fmt::format(".{}.{}", recipient.recipient.index, recipient.address.index);
            return text;
        }
        if (auto const* const alias = std::get_if<AliasFollowed>(&event.happening))
            return fmt::format("l{}.{}", alias->recipient.index, alias->target.index);
        if (std::holds_alternative<MessageDequeued>(event.happening))
            return "d";
        if (auto const* const deferred = std::get_if<MessageDeferred>(&event.happening)) {
            Deferral const& deferral = trace_.deferrals[deferred->deferral];
            return fmt::format("w{}.{}", deferral.recipient.index, static_cast<int>(deferral.saying));
        }
        return signature_of(trace_, event);
    }

    Trace const& trace_;
    std::vector<Leg> legs_;
    std::map<QueueEntryId, std::size_t> places_;
};

bool goes_on_and_on(std::vector<Event const*> const& events) {
    return std::count_if(events.begin(), events.end(), is_queued) >=
           static_cast<std::ptrdiff_t>(fewest_rounds);
}

} // namespace

std::vector<Rounds> rounds_of(Trace const& trace, std::vector<Event const*> const& events) {
    return goes_on_and_on(events) ? Journey{trace, events}.rounds() : std::vector<Rounds>{};
}

} // namespace mailflow
