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

    /// Whether there is a place for it now; else it waits until `leave` names it.
    [[nodiscard]] bool enter(Lane const& lane, Traveller traveller, std::uint32_t limit) {
        State& state = lanes_[key_of(lane)];
        if (!state.first.valid() && state.under_way < limit) {
            ++state.under_way;
            return true;
        }
        WaitingId const last = waiting_.add({traveller, limit});
        (state.first.valid() ? waiting_[state.last].next : state.first) = last;
        state.last = last;
        return false;
    }

    /// One has arrived, or has failed: those who may set out in its place.
    [[nodiscard]] std::vector<Traveller> leave(Lane const& lane) {
        State& state = lanes_[key_of(lane)];
        --state.under_way;
        std::vector<Traveller> next;
        while (state.first.valid() && state.under_way < waiting_[state.first].limit) {
            WaitingId const first = state.first;
            next.push_back(waiting_[first].traveller);
            state.first = waiting_[first].next;
            waiting_.let_go(first);
            ++state.under_way;
        }
        if (state.under_way == 0)
            lanes_.erase(key_of(lane));
        return next;
    }

    /// Somebody enters or leaves soon.
    void prepare(Lane const& lane) const { lanes_.prepare(key_of(lane)); }

private:
    using WaitingId = Id<struct WaitingTag>;

    struct Waiting {
        Traveller traveller;
        std::uint32_t limit = 0;
        WaitingId next{};
    };
    struct State {
        std::uint32_t under_way = 0;
        WaitingId first{}; // who waits; none: nobody
        WaitingId last{};
    };

    [[nodiscard]] static std::uint64_t key_of(Lane const& lane) {
        return (std::uint64_t{lane.sender.index} << 32U) | lane.destination.index;
    }

    FlatMap<State> lanes_; // those on which somebody is under way
    RecycledRows<WaitingId, Waiting> waiting_;
};

} // namespace mailflow
