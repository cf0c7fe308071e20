// Whatever is put in comes out: every recipient of every message is accounted for.
#include "worlds/properties.hpp"

#include <fmt/format.h>

namespace mailflow::worlds {

namespace {

/// What the trace says of each recipient.
struct Fate {
    std::size_t settled = 0;
    std::size_t filed = 0;
    std::size_t entries = 0;         // of queues, in which it ever was
    std::size_t live_entries = 0;    // of queues that still have the message
    std::size_t stalled_entries = 0; // of these, those of servers that are down when the run ends
    std::size_t bounces = 0;         // about entries in which it was
    std::size_t deferrals = 0;
    Outcome outcome = Outcome::queued;
    Reason reason = Reason::none;
};

std::vector<Fate> fates_of(World const& world, Trace const& trace) {
    Present const last = present_at(world, trace.ended_at);
    std::vector<Fate> fates(trace.recipients.size());
    std::vector<bool> queued(trace.entries.size());
    std::vector<std::size_t> bounces(trace.entries.size());
    for (Event const& event : trace.events) {
        if (auto const* e = std::get_if<MessageQueued>(&event.happening))
            queued[e->entry.index] = true;
        if (auto const* e = std::get_if<MessageDequeued>(&event.happening))
            queued[e->entry.index] = false;
        if (auto const* e = std::get_if<MessageFiled>(&event.happening))
            ++fates[e->recipient.index].filed;
        if (auto const* e = std::get_if<BounceWritten>(&event.happening))
            ++bounces[e->about.index];
        if (auto const* e = std::get_if<MessageDeferred>(&event.happening))
            ++fates[trace.deferrals[e->deferral].recipient.index].deferrals;
        if (auto const* e = std::get_if<RecipientSettled>(&event.happening)) {
            Fate& fate = fates[e->recipient.index];
            ++fate.settled;
            fate.outcome = e->outcome;
            fate.reason = e->reason;
        }
    }
    for (std::size_t n = 0; n < trace.entries.size(); ++n)
        for (EnvelopeRecipient const& one : trace.entries[trace.entries.id_at(n)].recipients) {
            Fate& fate = fates[one.recipient.index];
            ++fate.entries;
            fate.live_entries += queued[n] ? 1U : 0U;
            fate.stalled_entries +=
                queued[n] && !last.server_on(trace.entries[trace.entries.id_at(n)].server).up ? 1U : 0U;
            fate.bounces += bounces[n];
        }
    return fates;
}

/// What does not fit together in what became of one recipient.
std::string_view trouble_with(Fate const& fate, Message const& message, bool ran_to_its_end) {
    if (fate.settled > 1)
        return "settled twice";
    if (fate.settled == 0)
        return ran_to_its_end && fate.stalled_entries == 0 ? "never settled, though nothing else will happen"
               : fate.live_entries == 0 && fate.entries > 0 && fate.deferrals > 0 ? "lost from a queue"
                                                                                  : "";
    if (fate.filed != (fate.outcome == Outcome::delivered ? 1U : 0U))
        return "delivered and in a mailbox are not the same";
    if ((fate.reason == Reason::none) != (fate.outcome == Outcome::delivered))
        return "there is a reason if and only if it was not delivered";
    if (fate.outcome == Outcome::refused && fate.entries > 0)
        return "refused, though a server had taken it";
    if (fate.outcome == Outcome::bounced && (fate.bounces == 0 || !message.reverse_path.valid()))
        return "bounced, and no bounce was written";
    if (fate.outcome == Outcome::discarded && message.reverse_path.valid())
        return "discarded, though somebody could have been told";
    return fate.outcome == Outcome::queued ? "settled as queued" : "";
}

std::string mail_is_accounted_for(Played const& played) {
    Trace const& trace = played.trace;
    std::vector<Fate> const fates = fates_of(played.world, trace);
    std::vector<bool> submitted(trace.messages.size());
    for (Event const& event : trace.events)
        if (auto const* e = std::get_if<MessageSubmitted>(&event.happening))
            submitted[e->message.index] = true;
    bool const ran_to_its_end = trace.ended_at.since_start < played.world.until;
    for (std::size_t n = 0; n < fates.size(); ++n) {
        MessageId const id = trace.recipients[trace.recipients.id_at(n)].message;
        Message const& message = trace.messages[id];
        if (is_handed_in(message) && !submitted[id.index]) {
            if (ran_to_its_end || fates[n].settled + fates[n].entries > 0)
                return fmt::format("recipient {}: its message was never handed in", n);
        } else if (auto const trouble = trouble_with(fates[n], message, ran_to_its_end); !trouble.empty()) {
            return fmt::format("recipient {} ({}): {}", n,
                               played.world.book.text(trace.recipients[trace.recipients.id_at(n)].address),
                               trouble);
        }
    }
    return {};
}

std::string what_is_fetched_was_there(Played const& played) {
    std::vector<HostId> filed_at(played.trace.recipients.size());
    for (Event const& event : played.trace.events) {
        if (auto const* e = std::get_if<MessageFiled>(&event.happening))
            filed_at[e->recipient.index] = e->server;
        auto const* fetched = std::get_if<MessageFetched>(&event.happening);
        if (fetched && filed_at[fetched->recipient.index] != played.trace.checks[fetched->check].server)
            return fmt::format("recipient {} was fetched from where it is not", fetched->recipient.index);
    }
    return {};
}

} // namespace

std::vector<Property> accounting_properties() {
    return {{"whatever is put in comes out, once", mail_is_accounted_for},
            {"what is fetched was in that mailbox", what_is_fetched_was_there}};
}

} // namespace mailflow::worlds
