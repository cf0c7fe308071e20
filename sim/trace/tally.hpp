// The fold of a run's events into its numbers. It sees the events either as they happen, while the records
// that they speak of may be given up as soon as they are over, or out of a kept trace; both ways give the
// same numbers, and the report counts with it, too.
#pragma once

#include "base/prefetch.hpp"
#include "base/row_array.hpp"
#include "trace/meets.hpp"
#include "trace/numbers.hpp"

#include <tuple>
#include <vector>

namespace mailflow {

class Tally {
public:
    /// Borrows both. The records must hold what an event speaks of when it is seen.
    Tally(World const& world, Records const& records);

    void see(Event const& event);

    // The kinds that count for something.
    void see(Instant now, MessageSubmitted const& event);
    void see(Instant now, BounceWritten const& event);
    void see(Instant now, DelayWarningWritten const& event);
    void see(Instant, ReplySent const& event) {
        ++numbers_.events;
        if (is_negative(event.saying))
            count_refusal(event);
    }
    void see(Instant now, MessageQueued const& event);
    void see(Instant now, MessageDequeued const& event);
    void see(Instant now, MessageDeferred const& event);
    void see(Instant now, RecipientSettled const& event);
    void see(Instant now, MessageFetched const& event);
    /// All others.
    template<class Happened>
    void see(Instant, Happened const&) {
        ++numbers_.events;
    }

    /// No event will speak of the message any more; its number may come back for another one.
    void forget(MessageId id);

    /// The server will count something soon; and before that, where it counts.
    void prepare_place(HostId server) const { prefetch(&servers_[server.index]); }
    void prepare(HostId server) const {
        if (servers_[server.index].valid())
            prefetch(numbers_.servers.place_of(servers_[server.index]));
    }
    /// Something about the message or the recipient will be counted soon.
    void prepare(MessageId message) const { prefetch(sent_.place_of(message.index)); }
    void prepare(RecipientId recipient) const { prefetch(came_.place_of(recipient.index)); }

    /// Memory for what is known of messages and recipients beside their records.
    [[nodiscard]] std::uint64_t bytes() const {
        return came_.size() * sizeof(Came) + sent_.size() * sizeof(Instant) +
               spammers_behind_.size() * sizeof(SpammerId);
    }

    [[nodiscard]] Came const& of(RecipientId id) const { return came_[id.index]; }
    [[nodiscard]] Numbers const& so_far() const { return numbers_; }
    /// The numbers of a run that ended then.
    [[nodiscard]] Numbers result(Instant ended_at, EndedBy ended_by) &&;

private:
    struct Expected {
        std::uint64_t subjects = 0;
        std::uint64_t meeting = 0;
    };
    /// Which expectation speaks of whose mail.
    struct Concerned {
        MailId mail;
        SpammerId spammer;
        PopulationId population;
        std::uint32_t expectation = 0;

        [[nodiscard]] auto whose() const { return std::tie(mail, spammer, population); }
    };

    void begin(MessageId id, Instant now, SpammerId spammer);
    void count_refusal(ReplySent const& event);
    [[nodiscard]] SpammerId root_spammer(QueueEntryId about) const;
    void change(RecipientId id, Outcome outcome, Reason reason);
    template<class Use>
    void for_each_count(MessageId id, Use use);
    /// Who brought the message about, by a bounce or two.
    [[nodiscard]] SpammerId spammer_behind(MessageId id) const {
        return spammers_behind_.empty() ? SpammerId{} : spammers_behind_[id.index];
    }
    void check_expectations(MessageId id);
    /// What lies in a queue, and nothing was said of it, waits for its server where that one is down.
    void blame_stopped_holders(Instant ended_at);
    [[nodiscard]] ServerNumbers& of(HostId server) { return numbers_.servers[servers_[server.index]]; }

    World const& world_;
    Records const& records_;
    Numbers numbers_;
    std::vector<ServerId> servers_;       // by machine; none: no server
    RowArray<Came> came_;                 // by recipient
    RowArray<Instant> sent_;              // by message
    RowArray<SpammerId> spammers_behind_; // the same, in worlds that have spammers
    std::vector<Expected> expected_;
    std::vector<Concerned> concerned_; // sorted
};

/// The numbers of a kept trace.
[[nodiscard]] Numbers numbers_of(World const& world, Trace const& trace, EndedBy ended_by = EndedBy::itself);

} // namespace mailflow
