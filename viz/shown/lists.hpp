// Where in a trace to find what: the events of a session and of a message, when a recipient was settled, what
// a machine had done by then. Made in one walk when a run is opened, so that no frame walks the trace.
#pragma once

#include "trace/trace.hpp"

#include <cstdint>
#include <limits>
#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

namespace mailflow::viz {

/// A place in Trace::events.
using EventNumber = std::uint32_t;
inline constexpr EventNumber never = std::numeric_limits<EventNumber>::max();

/// What a machine had done by some event.
struct Tally {
    EventNumber event = 0; // after which it is so
    std::uint32_t taken = 0;
    std::uint32_t refused = 0; // replies that refuse
    std::uint32_t put_off = 0;
    std::uint32_t filed = 0;
    std::uint32_t sent = 0;    // connections that it opened for mail
    std::uint32_t written = 0; // bounces and warnings
};

/// Events by the row of a table that they are about, in order of time.
class EventsBy {
public:
    EventsBy() = default;
    /// `pairs`: row and event, in order of events.
    EventsBy(std::size_t rows, std::vector<std::pair<std::uint32_t, EventNumber>> const& pairs);

    [[nodiscard]] std::span<EventNumber const> of(std::uint32_t row) const;

private:
    std::vector<std::uint32_t> begins_;
    std::vector<EventNumber> events_;
};

/// What a server can answer when it is asked about a recipient: 2xx, 5xx, 4xx.
enum class Foretold : std::uint8_t { accept, refuse, later };

/// That a server has to answer RCPT TO, with all that it decides for that.
struct RecipientQuestion {
    SessionId session;
    AddressId recipient;
    EventNumber decision = never; // the first DecisionMade; the reply where the server says that to everybody
    EventNumber reply = never;    // ReplySent; `never`: the connection broke before
    DecisionId decides{};         // the one that tells most: what refused, or else what let it pass; none:
                                  // nothing was decided
};

class Lists {
public:
    Lists(World const& world, Trace const& trace);

    [[nodiscard]] std::span<EventNumber const> of(SessionId session) const {
        return sessions_.of(session.index);
    }
    [[nodiscard]] std::span<EventNumber const> of(MessageId message) const {
        return messages_.of(message.index);
    }
    /// RecipientSettled, or `never`.
    [[nodiscard]] EventNumber settling(RecipientId recipient) const { return settling_[recipient.index]; }
    /// The first MessageFetched of it, or `never`.
    [[nodiscard]] EventNumber fetching(RecipientId recipient) const { return fetching_[recipient.index]; }
    [[nodiscard]] EventNumber deferring(DeferralId deferral) const { return deferring_[deferral.index]; }
    /// LookupSent, and what came of it: LookupAnswered, LookupTimedOut, or `never`.
    [[nodiscard]] EventNumber asking(LookupId lookup) const { return asking_[lookup.index]; }
    [[nodiscard]] EventNumber answering(LookupId lookup) const { return answering_[lookup.index]; }
    /// The decisions that tell something, and the submissions: events in order.
    [[nodiscard]] std::span<EventNumber const> telling() const { return telling_; }
    [[nodiscard]] std::span<EventNumber const> submissions() const { return submissions_; }
    /// Where servers decided about recipients, in order of time.
    [[nodiscard]] std::span<RecipientQuestion const> questions() const { return questions_; }
    /// What the machine has done after so many events of the trace.
    [[nodiscard]] Tally tally(HostId host, std::size_t applied) const;
    /// The replies with these words that have refused there, or put off, by then; and those with any that
    /// have refused: events in order.
    [[nodiscard]] std::span<EventNumber const> refusals_like(HostId host, Saying saying,
                                                             std::size_t applied) const;
    [[nodiscard]] std::span<EventNumber const> refusals(HostId host, std::size_t applied) const;
    /// The entries through whose queues the message went, in that order.
    [[nodiscard]] std::span<EventNumber const> entries_of(MessageId message) const {
        return entries_.of(message.index);
    }

private:
    void count(World const& world, Trace const& trace, EventNumber number);
    void ask(Trace const& trace, EventNumber number, std::vector<std::uint32_t>& pending);

    EventsBy sessions_;
    EventsBy messages_;
    EventsBy entries_; // MessageQueued
    std::vector<EventNumber> settling_;
    std::vector<EventNumber> fetching_;
    std::vector<EventNumber> deferring_;
    std::vector<EventNumber> asking_;
    std::vector<EventNumber> answering_;
    std::vector<EventNumber> telling_;
    std::vector<EventNumber> submissions_;
    std::vector<RecipientQuestion> questions_;
    std::vector<std::vector<Tally>> tallies_; // by host, in order of events
    using Words = std::tuple<HostId, Reason, Saying>;
    [[nodiscard]] static Words words_like(HostId host, Saying saying);

    std::map<Words, std::vector<EventNumber>> refusals_;      // ReplySent
    std::map<HostId, std::vector<EventNumber>> all_refusals_; // the same
};

/// The events of the span that have happened when so many have been applied.
[[nodiscard]] std::span<EventNumber const> happened(std::span<EventNumber const> events, std::size_t applied);

} // namespace mailflow::viz
