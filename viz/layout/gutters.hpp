// The ground between the places of a picture, in which its roads go up and down.
#pragma once

#include "viz/layout/layout.hpp"

namespace mailflow::viz {

/// That of the place in which the machine stands; outside of any, its own.
[[nodiscard]] Rect box_of(CanvasLayout const& layout, Spot const& spot);

/// Where a road goes up and down beside the box, at this part of the gutter on that side, within the picture.
[[nodiscard]] float beside(CanvasLayout const& layout, Rect const& box, bool right, float part);

/// Whether it does so on the right: on the side that is wanted, but where that has no room and the other has.
[[nodiscard]] bool goes_right(CanvasLayout const& layout, Rect const& box, bool wanted, float part);

} // namespace mailflow::viz
