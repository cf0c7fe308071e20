// Where the events of a run go: into a trace that is kept, or into numbers that are counted as things happen.
#pragma once

#include "trace/tally.hpp"

#include <cstdint>
#include <limits>
#include <vector>

namespace mailflow {

class EventSink {
public:
    explicit EventSink(std::vector<Event>& kept) : kept_(&kept) {}
    explicit EventSink(Tally& counted) : counted_(&counted) {}

    template<class Happened>
    void take(Instant now, Happened const& happened) {
        if (taken() == most_)
            overflowed_ = true;
        else if (kept_ != nullptr)
            kept_->push_back({now, happened});
        else
            counted_->see(now, happened);
    }

    /// Whether what is over is of no interest any more, and what was decided is not either.
    [[nodiscard]] bool forgets() const { return counted_ != nullptr; }
    void forget(MessageId id) { counted_->forget(id); }
    /// Something about a server, a message or a recipient is going to happen; and, of a server, before that.
    void prepare_place(HostId server) const {
        if (counted_ != nullptr)
            counted_->prepare_place(server);
    }
    template<class Subject>
    void prepare(Id<Subject> subject) const {
        if (counted_ != nullptr)
            counted_->prepare(subject);
    }
    /// Memory for the events that are kept, or for counting what goes on.
    [[nodiscard]] std::uint64_t bytes() const {
        return kept_ != nullptr ? kept_->size() * sizeof(Event) : counted_->bytes();
    }
    /// Of so many events; what comes after them is dropped.
    void take_at_most(std::uint64_t events) { most_ = events; }
    /// Whether something was dropped.
    [[nodiscard]] bool overflowed() const { return overflowed_; }
    /// How many events were taken.
    [[nodiscard]] std::uint64_t taken() const {
        return kept_ != nullptr ? kept_->size() : counted_->so_far().events;
    }

private:
    std::vector<Event>* kept_ = nullptr; // one of the two
    Tally* counted_ = nullptr;
    std::uint64_t most_ = std::numeric_limits<std::uint64_t>::max();
    bool overflowed_ = false;
};

} // namespace mailflow
