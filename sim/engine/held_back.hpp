// What cannot go on before the server on its machine runs again.
#pragma once

#include "world/world.hpp"

#include <vector>

namespace mailflow {

template<class Waiting>
class HeldBack {
public:
    void add(HostId server, Waiting what) { waiting_.push_back({server, what}); }

    /// All that waits for that server, in the order in which it came; it waits no longer.
    [[nodiscard]] std::vector<Waiting> release(HostId server) {
        std::vector<Waiting> released;
        std::erase_if(waiting_, [&](Place const& place) {
            if (place.server != server)
                return false;
            released.push_back(place.what);
            return true;
        });
        return released;
    }

private:
    struct Place {
        HostId server;
        Waiting what;
    };

    std::vector<Place> waiting_;
};

} // namespace mailflow
