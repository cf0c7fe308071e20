// That nothing of the picture lies under something else.
#pragma once

#include "catch.hpp"

#include "viz/layout/detour.hpp"
#include "viz/layout/elbow_room.hpp"

namespace mailflow::viz {

/// Whether no machine covers another or the title of a place, and no place another.
inline void check_nothing_hidden(CanvasLayout const& layout) {
    for (Spot const& spot : layout.spots)
        for (Spot const& other : layout.spots)
            if (spot.host < other.host)
                CHECK(area_shared(body_of(layout, spot), body_of(layout, other)) < 2);
    for (Place const& place : layout.places)
        for (Place const& other : layout.places)
            if (place.network < other.network)
                CHECK(area_shared(place.box, other.box) < 2);
}

} // namespace mailflow::viz
