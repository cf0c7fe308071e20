// How many deliveries go to one destination at a time: each way from a server to a destination is a lane with
// a limited number of places. Who finds none waits in turn, first come, first served, so that nobody starves.
#pragma once

#include "world/world.hpp"

#include <deque>
#include <map>

namespace mailflow {

template<class Traveller>
class Lanes {
public:
    struct Lane {
        HostId sender;
        DomainId destination;

        auto operator<=>(Lane const&) const = default;
    };

    /// Whether there is a place for it now; else it waits until `leave` names it.
    [[nodiscard]] bool enter(Lane const& lane, Traveller traveller, std::uint32_t limit) {
        State& state = lanes_[lane];
        if (state.waiting.empty() && state.under_way < limit) {
            ++state.under_way;
            return true;
        }
        state.waiting.push_back({traveller, limit});
        return false;
    }

    /// One has arrived, or has failed: those who may set out in its place.
    [[nodiscard]] std::vector<Traveller> leave(Lane const& lane) {
        State& state = lanes_[lane];
        --state.under_way;
        std::vector<Traveller> next;
        while (!state.waiting.empty() && state.under_way < state.waiting.front().limit) {
            next.push_back(state.waiting.front().traveller);
            state.waiting.pop_front();
            ++state.under_way;
        }
        if (state.under_way == 0)
            lanes_.erase(lane);
        return next;
    }

private:
    struct Waiting {
        Traveller traveller;
        std::uint32_t limit;
    };
    struct State {
        std::uint32_t under_way = 0;
        std::deque<Waiting> waiting;
    };

    std::map<Lane, State> lanes_;
};

} // namespace mailflow
