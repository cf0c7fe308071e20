// What an actor may do to the world outside its own state: let something be known, and be woken later. The
// one way into the trace and into the event queue.
#pragma once

#include "engine/event_queue.hpp"
#include "trace/trace.hpp"

namespace mailflow {

class Effects {
public:
    Effects(Trace& trace, EventQueue& queue) : trace_(trace), queue_(queue) {}

    [[nodiscard]] Instant now() const { return now_; }
    void advance_to(Instant at) { now_ = at; }

    void record(Happening const& happening) { trace_.events.push_back({now_, happening}); }

    template<class Subject>
    void wake_after(Duration delay, WakeKind kind, Id<Subject> subject) {
        Wakeup const wakeup{now_ + delay, subject.index, kind};
        checks_pending_ += is_for_check(wakeup) ? 1 : 0;
        listings_pending_ += kind == WakeKind::listing_ends ? 1 : 0;
        queue_.push(wakeup);
    }

    /// The loop has taken it from the queue.
    void woken(Wakeup const& wakeup) {
        checks_pending_ -= is_for_check(wakeup) ? 1 : 0;
        listings_pending_ -= wakeup.kind == WakeKind::listing_ends ? 1 : 0;
    }

    /// Whether nothing is to come but people looking for mail, and the ends of listings.
    [[nodiscard]] bool only_checks_left() const {
        return queue_.size() == checks_pending_ + listings_pending_;
    }
    /// Whether nothing is to come but that blocklists forget: no reason to go on with a run.
    [[nodiscard]] bool only_listings_left() const { return queue_.size() == listings_pending_; }

private:
    [[nodiscard]] bool is_for_check(Wakeup const& wakeup) const {
        switch (wakeup.kind) {
        case WakeKind::check_due: return true;
        case WakeKind::call_arrives:
        case WakeKind::call_answered:
        case WakeKind::call_completed:
        case WakeKind::call_times_out:
        case WakeKind::command_arrives:
        case WakeKind::reply_arrives: return trace_.sessions[SessionId{wakeup.subject}].check.valid();
        case WakeKind::question_arrives:
        case WakeKind::answer_arrives:
        case WakeKind::lookup_times_out: return trace_.lookups[LookupId{wakeup.subject}].check.valid();
        case WakeKind::world_changes:
        case WakeKind::mail_written:
        case WakeKind::spam_due:
        case WakeKind::population_writes:
        case WakeKind::listing_ends:
        case WakeKind::entry_due: break;
        }
        return false;
    }

    Trace& trace_;
    EventQueue& queue_;
    Instant now_;
    std::size_t listings_pending_ = 0;
    std::size_t checks_pending_ = 0; // of the wakeups in the queue, those for people looking for mail
};

} // namespace mailflow
