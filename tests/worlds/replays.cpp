// The state at a moment, by keyframes and folding, is what a plain count over the events says.
#include "worlds/properties.hpp"

#include "report/summary.hpp"
#include "trace/replay.hpp"

#include <fmt/format.h>

#include <map>
#include <optional>
#include <set>

namespace mailflow::worlds {

namespace {

/// The plain count of what has happened up to a moment.
struct Count {
    std::size_t events = 0;
    std::map<QueueEntryId, std::uint32_t> queued; // and how often put off
    std::set<ListingId> listed;
    std::map<std::pair<HostId, AddressId>, std::size_t> mailboxes;
    std::map<MessageId, std::uint32_t> unsettled;       // recipients of messages that were sent
    std::map<LookupId, std::optional<Instant>> lookups; // and when the answer arrives
    std::set<SessionId> sessions;                       // that are going on
    std::uint32_t changes = 0;
};

Count count_until(Trace const& trace, Instant now) {
    Count count;
    auto const send = [&](MessageId message) {
        count.unsettled[message] = trace.messages[message].recipient_count;
    };
    auto const settle = [&](MessageId message) {
        if (--count.unsettled.at(message) == 0)
            count.unsettled.erase(message);
    };
    for (Event const& event : trace.events) {
        if (event.at > now)
            break;
        ++count.events;
        std::visit(
            Overloaded{[&](MessageQueued const& e) { count.queued[e.entry] = 0; },
                       [&](MessageDeferred const& e) {
                           if (auto const it = count.queued.find(trace.deferrals[e.deferral].entry);
                               it != count.queued.end())
                               ++it->second;
                       },
                       [&](MessageDequeued const& e) { count.queued.erase(e.entry); },
                       [&](AddressListed const& e) { count.listed.insert(e.listing); },
                       [&](AddressDelisted const& e) { count.listed.erase(e.listing); },
                       [&](MessageFiled const& e) {
                           ++count.mailboxes[{e.server, e.mailbox}];
                       },
                       [&](MessageRemoved const& e) {
                           --count.mailboxes.at({trace.checks[e.check].server, e.mailbox});
                       },
                       [&](LookupSent const& e) { count.lookups[e.lookup] = std::nullopt; },
                       [&](LookupTimedOut const& e) { count.lookups.erase(e.lookup); },
                       [&](LookupAnswered const& e) {
                           if (auto const it = count.lookups.find(e.lookup); it != count.lookups.end())
                               it->second = event.at + trace.lookups[e.lookup].one_way;
                       },
                       [&](ConnectionOpened const& e) { count.sessions.insert(e.session); },
                       [&](ConnectionFailed const& e) { count.sessions.erase(e.session); },
                       [&](SessionClosed const& e) { count.sessions.erase(e.session); },
                       [&](MessageSubmitted const& e) { send(e.message); },
                       [&](BounceWritten const& e) { send(e.bounce); },
                       [&](DelayWarningWritten const& e) { send(e.warning); },
                       [&](RecipientSettled const& e) { settle(trace.recipients[e.recipient].message); },
                       [&](WorldChanged const&) { ++count.changes; }, [](auto const&) {}},
            event.happening);
    }
    std::erase_if(count.lookups,
                  [now](auto const& lookup) { return lookup.second && *lookup.second <= now; });
    return count;
}

std::string difference(ReplayState const& state, Count const& count) {
    Count counted;
    for (QueuedMessage const& message : state.queued)
        counted.queued[message.entry] = message.deferrals;
    for (MailboxFill const& fill : state.mailboxes)
        counted.mailboxes[{fill.server, fill.address}] = fill.count;
    for (MessageOnTheWay const& message : state.messages)
        counted.unsettled[message.message] = message.unsettled;
    for (LookupOnTheWay const& lookup : state.lookups)
        counted.lookups[lookup.lookup] = lookup.crossing.direction == Direction::to_client
                                             ? std::optional{lookup.crossing.arrives}
                                             : std::nullopt;
    for (Conversation const& conversation : state.conversations)
        if (conversation.stage != ConversationStage::closed)
            counted.sessions.insert(conversation.session);
    if (state.applied != count.events)
        return "not every event up to the moment";
    if (counted.queued != count.queued || count.queued.size() != state.queued.size())
        return "the queues";
    if (counted.mailboxes != count.mailboxes || count.mailboxes.size() != state.mailboxes.size())
        return "the mailboxes";
    if (counted.lookups != count.lookups || counted.sessions != count.sessions)
        return "the look-ups or the conversations";
    if (counted.unsettled != count.unsettled || state.changes != count.changes)
        return "what is settled, or has changed";
    return std::set<ListingId>(state.listed.begin(), state.listed.end()) == count.listed ? "" : "the lists";
}

std::string replay_agrees(Played const& played) {
    Replay const replay{played.trace};
    std::int64_t const end = played.trace.ended_at.since_start.count();
    for (std::int64_t const part : {0, 1, 2, 5, 7, 8}) {
        Instant const now{Duration{end / 8 * part + (part == 8 ? end % 8 : 0)}};
        if (auto const what = difference(replay.at(now), count_until(played.trace, now)); !what.empty())
            return fmt::format("{} after {} ns", what, now.since_start.count());
    }
    return {};
}

/// What is on its way at the end is what the report counts as queued.
std::string end_agrees_with_report(Played const& played) {
    ReplayState const state = Replay{played.trace}.at(played.trace.ended_at);
    std::size_t open = 0;
    for (MessageOnTheWay const& message : state.messages)
        open += is_handed_in(played.trace.messages[message.message]) ? message.unsettled : 0;
    std::size_t settled = 0;
    for (Event const& event : played.trace.events)
        if (auto const* one = std::get_if<RecipientSettled>(&event.happening)) {
            MessageId const message = played.trace.recipients[one->recipient].message;
            settled += is_handed_in(played.trace.messages[message]) ? 1U : 0U;
        }
    Totals const totals = summarize(played.world, played.trace).totals;
    std::size_t never_sent = 0; // of people who would have written later
    std::vector<bool> submitted(played.trace.messages.size());
    for (Event const& event : played.trace.events)
        if (auto const* e = std::get_if<MessageSubmitted>(&event.happening))
            submitted[e->message.index] = true;
    for (std::size_t n = 0; n < submitted.size(); ++n) {
        Message const& message = played.trace.messages[played.trace.messages.id_at(n)];
        never_sent += is_handed_in(message) && !submitted[n] ? message.recipient_count : 0;
    }
    if (open + never_sent != totals.queued || settled != totals.recipients - totals.queued)
        return fmt::format("{} open and {} settled, but {} of {} queued", open, settled, totals.queued,
                           totals.recipients);
    return {};
}

} // namespace

std::vector<Property> replay_properties() {
    return {{"the replayed state is what a count of the events says", replay_agrees},
            {"the state at the end agrees with the report", end_agrees_with_report}};
}

} // namespace mailflow::worlds
