// How many deliveries go to one destination at a time: each way from a server to a destination is a lane with
// a limited number of places. Who finds none waits in turn, first come, first served, so that nobody starves.
#pragma once

#include "base/flat_map.hpp"
#include "base/rows.hpp"
#include "world/world.hpp"

#include <vector>

namespace mailflow {

template<class Traveller>
class Lanes {
public:
    struct Lane {
        HostId sender;
        DomainId destination;
    };

    /// Whether there is a place for it now, where so many have one; else it waits until `leave` names it.
    [[nodiscard]] bool enter(Lane const& lane, Traveller traveller, std::uint32_t limit) {
        State& state = lanes_[key_of(lane)];
        if (!state.line.valid() && state.under_way < limit) {
            ++state.under_way;
            return true;
        }
        WaitingId const last = waiting_.add({traveller});
        if (!state.line.valid()) {
            state.line = lines_.add({last, last});
            return false;
        }
        Line& line = lines_[state.line];
        waiting_[line.last].next = last;
        line.last = last;
        return false;
    }

    /// One has arrived, or has failed: those who may set out in its place. `limit_of` says how many places
    /// there are by now in the eyes of one who waits.
    template<class LimitOf>
    [[nodiscard]] std::vector<Traveller> leave(Lane const& lane, LimitOf const& limit_of) {
        State& state = lanes_[key_of(lane)];
        --state.under_way;
        std::vector<Traveller> next;
        while (state.line.valid()) {
            Line& line = lines_[state.line];
            WaitingId const first = line.first;
            if (state.under_way >= limit_of(waiting_[first].traveller))
                break;
            next.push_back(waiting_[first].traveller);
            line.first = waiting_[first].next;
            waiting_.let_go(first);
            ++state.under_way;
            if (!line.first.valid()) {
                lines_.let_go(state.line);
                state.line = {};
            }
        }
        if (state.under_way == 0)
            lanes_.erase(key_of(lane));
        return next;
    }

    /// Whether anybody is under way there.
    [[nodiscard]] bool is_busy(Lane const& lane) const { return lanes_.find(key_of(lane)) != nullptr; }

    /// Somebody enters or leaves soon.
    void prepare(Lane const& lane) const { lanes_.prepare(key_of(lane)); }

    /// Memory for those under way and those who wait.
    [[nodiscard]] std::uint64_t bytes() const { return lanes_.bytes() + lines_.bytes() + waiting_.bytes(); }

private:
    using WaitingId = Id<struct WaitingTag>;
    using LineId = Id<struct LineTag>;

    struct Waiting {
        Traveller traveller;
        WaitingId next{};
    };
    /// Those who wait, at least one.
    struct Line {
        WaitingId first;
        WaitingId last;
    };
    struct State {
        std::uint32_t under_way = 0;
        LineId line{}; // none: nobody waits
    };

    [[nodiscard]] static std::uint64_t key_of(Lane const& lane) {
        return (std::uint64_t{lane.sender.index} << 32U) | lane.destination.index;
    }

    FlatMap<State> lanes_; // those on which somebody is under way
    RecycledRows<LineId, Line> lines_;
    RecycledRows<WaitingId, Waiting> waiting_;
};

} // namespace mailflow
