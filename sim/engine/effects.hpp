// What an actor may do to the world outside its own state: let something be known, be woken later, and say
// which messages it still has to do with. The one way to the sink of events and to the event queue.
#pragma once

#include "base/prefetch.hpp"
#include "base/row_array.hpp"
#include "engine/event_queue.hpp"
#include "engine/event_sink.hpp"

#include <functional>

namespace mailflow {

class Effects {
public:
    Effects(Records& records, EventSink& sink, EventQueue& queue)
        : records_(records)
        , sink_(sink)
        , queue_(queue) {}

    [[nodiscard]] Instant now() const { return now_; }
    void advance_to(Instant at) { now_ = at; }

    template<class Happened>
    void record(Happened const& happened) {
        sink_.take(now_, happened);
    }

    /// Something about the server will be recorded soon; and before that.
    void prepare_place(HostId server) const { sink_.prepare_place(server); }
    void prepare(HostId server) const { sink_.prepare(server); }
    /// The same of a recipient.
    void prepare(RecipientId recipient) const {
        prefetch(records_.recipients.place_of(recipient));
        sink_.prepare(recipient);
    }
    /// Something that has to do with the message begins or ends soon.
    void prepare(MessageId message) const {
        if (!sink_.forgets())
            return;
        prefetch(holds_.place_of(message.index));
        sink_.prepare(message);
    }

    template<class Subject>
    void wake_after(Duration delay, WakeKind kind, Id<Subject> subject) {
        Wakeup const wakeup{now_ + delay, subject.index, kind};
        if (tells_apart_ || kind == WakeKind::check_due || kind == WakeKind::listing_ends)
            tell_apart(wakeup);
        queue_.push(wakeup);
    }

    /// The loop has taken it from the queue.
    void woken(Wakeup const& wakeup) {
        if (!tells_apart_)
            return;
        checks_pending_ -= is_for_check(wakeup) ? 1 : 0;
        listings_pending_ -= wakeup.kind == WakeKind::listing_ends ? 1 : 0;
    }

    /// Whether nothing is to come but people looking for mail, and the ends of listings.
    [[nodiscard]] bool only_checks_left() const {
        return queue_.size() == checks_pending_ + listings_pending_;
    }
    /// Whether nothing is to come but that blocklists forget: no reason to go on with a run.
    [[nodiscard]] bool only_listings_left() const { return queue_.size() == listings_pending_; }

    /// Whether somebody will look at what the events speak of.
    [[nodiscard]] bool keeps_trace() const { return !sink_.forgets(); }

    /// Something goes on that has to do with the message. Each `hold` is made up for by a `let_go`; with the
    /// last one the message is over, and in a run that keeps no trace its number may come back for another.
    void hold(MessageId id) {
        if (!sink_.forgets())
            return;
        if (holds_.size() <= id.index)
            holds_.grow_to(id.index + 1U);
        ++holds_[id.index];
    }
    void let_go(MessageId id) {
        if (sink_.forgets() && --holds_[id.index] == 0)
            forget(id);
    }
    /// Memory for what is noted of the messages that are not over.
    [[nodiscard]] std::uint64_t bytes() const { return holds_.size() * sizeof(std::uint32_t); }
    /// Calls it for each message that is over, in a run that keeps no trace.
    void when_over(std::function<void(MessageId)> listener) { when_over_ = std::move(listener); }

private:
    /// Apart from what every event passes through, which stays short.
    [[gnu::noinline]] void tell_apart(Wakeup const& wakeup) {
        tells_apart_ = true;
        checks_pending_ += is_for_check(wakeup) ? 1 : 0;
        listings_pending_ += wakeup.kind == WakeKind::listing_ends ? 1 : 0;
    }
    [[nodiscard]] bool is_for_check(Wakeup const& wakeup) const {
        if (wakeup.kind == WakeKind::check_due)
            return true;
        if (records_.checks.empty())
            return false;
        switch (wakeup.kind) {
        case WakeKind::call_arrives:
        case WakeKind::call_answered:
        case WakeKind::call_completed:
        case WakeKind::call_times_out:
        case WakeKind::command_arrives:
        case WakeKind::reply_arrives: return records_.sessions[SessionId{wakeup.subject}].check.valid();
        case WakeKind::question_arrives:
        case WakeKind::answer_arrives:
        case WakeKind::call_in_vain:
        case WakeKind::lookup_times_out: return records_.lookups[LookupId{wakeup.subject}].check.valid();
        case WakeKind::check_due:
        case WakeKind::world_changes:
        case WakeKind::mail_written:
        case WakeKind::spam_due:
        case WakeKind::population_writes:
        case WakeKind::listing_ends:
        case WakeKind::entry_due: break;
        }
        return false;
    }

    void forget(MessageId id) {
        if (when_over_)
            when_over_(id);
        sink_.forget(id);
        Message const& message = records_.messages[id];
        records_.recipients.let_go_block(message.first_recipient, message.recipient_count);
        records_.messages.let_go(id);
    }

    Records& records_;
    EventSink& sink_;
    EventQueue& queue_;
    Instant now_;
    bool tells_apart_ = false; // there are, or were, such as are counted here:
    std::size_t listings_pending_ = 0;
    std::size_t checks_pending_ = 0; // of the wakeups in the queue, those for people looking for mail
    RowArray<std::uint32_t> holds_;  // by message
    std::function<void(MessageId)> when_over_{};
};

} // namespace mailflow
