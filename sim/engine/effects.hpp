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
        queue_.push({now_ + delay, subject.index, kind});
    }

private:
    Trace& trace_;
    EventQueue& queue_;
    Instant now_;
};

} // namespace mailflow
