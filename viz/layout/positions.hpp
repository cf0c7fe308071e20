// Where a person has put places and machines by hand, on top of what the scenario says. A value of the view;
// saving it is somebody else's.
#pragma once

#include "viz/geometry.hpp"
#include "world/world.hpp"

#include <map>
#include <variant>

namespace mailflow::viz {

/// Centres, in parts of the picture's width and height: 0 to 1.
struct Positions {
    std::map<NetworkId, Point> places;
    std::map<HostId, Point> machines;
    /// What the hand has not let go of yet: only what stands makes others give way.
    std::variant<std::monostate, HostId, NetworkId> held{};

    bool operator==(Positions const&) const = default;
    [[nodiscard]] bool empty() const { return places.empty() && machines.empty(); }
};

/// What the scenario says, with what the person has moved since.
[[nodiscard]] Positions positions_in(World const& world, Positions const& moved);

} // namespace mailflow::viz
