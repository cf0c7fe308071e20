// The ways between machines on the canvas: out of a box to the side, through the gutters between the columns,
// so that no road runs across a machine or its name.
#pragma once

#include "viz/layout/layout.hpp"

namespace mailflow::viz {

/// In the gutters of columns, or wherever places were put by hand.
enum class RoadLook : std::uint8_t { in_gutters, free };

/// Fills `roads` and `dns_roads` of a layout whose places and spots stand.
void lay_roads(Present const& present, Trace const& trace, RoadLook look, CanvasLayout& layout);

} // namespace mailflow::viz
