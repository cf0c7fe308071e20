// What a run came to, in numbers: of constant size, whatever was sent. The fold that makes them is
// trace/tally.hpp.
#pragma once

#include "base/duration_histogram.hpp"
#include "trace/limits.hpp"
#include "trace/trace.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace mailflow {

/// Recipients by outcome and reason; those still on their way count as `queued`, by their last trouble.
class Outcomes {
public:
    void count(Outcome outcome, Reason reason) { ++cell(outcome, reason); }
    /// It was counted before, and turned out otherwise.
    void uncount(Outcome outcome, Reason reason) { --cell(outcome, reason); }

    [[nodiscard]] std::uint64_t of(Outcome outcome, Reason reason) const {
        return counts_[static_cast<std::size_t>(outcome)][static_cast<std::size_t>(reason)];
    }
    [[nodiscard]] std::uint64_t of(Outcome outcome) const;
    [[nodiscard]] std::uint64_t of(Reason reason) const;
    [[nodiscard]] std::uint64_t all() const;

    Outcomes& operator+=(Outcomes const& other);
    bool operator==(Outcomes const&) const = default;

private:
    std::uint64_t& cell(Outcome outcome, Reason reason) {
        return counts_[static_cast<std::size_t>(outcome)][static_cast<std::size_t>(reason)];
    }

    std::array<std::array<std::uint64_t, reason_names.size()>, outcome_names.size()> counts_{};
};

/// Replies that refuse, by reason. Most servers have refused nothing, or for one or two reasons.
class Refusals {
public:
    void count(Reason reason);
    [[nodiscard]] std::uint64_t of(Reason reason) const;

    bool operator==(Refusals const&) const = default;

private:
    std::vector<std::uint64_t> counts_; // by reason, up to the last that there was
};

/// What one server did.
struct ServerNumbers {
    std::uint64_t accepted = 0;    // messages taken over a connection
    std::uint32_t queued_peak = 0; // the most messages that it held at one time
    std::uint32_t queued = 0;      // that it held at the end
    Refusals refused;
    std::uint64_t deferred = 0;       // recipients put off, once for each try
    std::uint64_t delay_warnings = 0; // written here
    std::uint64_t bounces = 0;        // written here

    bool operator==(ServerNumbers const&) const = default;
};

static_assert(sizeof(ServerNumbers) <= 64, "a world may have very many servers");

/// What became of one spammer's mail.
struct SpammerNumbers {
    std::uint64_t messages = 0; // sent
    Instant last_sent;          // when the last of them was
    Outcomes recipients;
    Outcomes backscatter; // bounces about it, to the sender that it names

    bool operator==(SpammerNumbers const&) const = default;
};

/// The expectations of the world.
struct ExpectationNumbers {
    std::uint64_t met = 0;
    std::uint64_t failed = 0;

    bool operator==(ExpectationNumbers const&) const = default;
};

struct Numbers {
    std::uint64_t messages = 0;                // handed in, by people and spammers
    Outcomes people;                           // recipients of people's mail, populations' included
    Outcomes spam;                             // of spammers' mail
    Outcomes bounces;                          // of what servers wrote about mail that they could not deliver
    Outcomes backscatter;                      // those of them that are about spam
    std::uint64_t fetched = 0;                 // recipients that at least one mail program took home
    DurationHistogram people_delays;           // from the hand-in to the mailbox, of people's mail
    DurationHistogram spam_delays;             // the same of spammers'
    Table<ServerId, ServerNumbers> servers;    // a row for each server of the world
    Table<SpammerId, SpammerNumbers> spammers; // a row for each spammer of the world
    ExpectationNumbers expectations;
    std::uint64_t events = 0; // recorded
    Instant ended_at;
    EndedBy ended_by = EndedBy::itself;

    /// People's and spammers' together.
    [[nodiscard]] Outcomes recipients() const {
        Outcomes both = people;
        return both += spam;
    }
    [[nodiscard]] DurationHistogram delays() const {
        DurationHistogram both = people_delays;
        both.add(spam_delays);
        return both;
    }
};

} // namespace mailflow
