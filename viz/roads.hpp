// The ways between machines on the canvas: out of a box to the side, through the gutters between the columns,
// so that no road runs across a machine or its name.
#pragma once

#include "viz/layout.hpp"

namespace mailflow::viz {

/// Fills `roads` and `dns_roads` of a layout whose places and spots stand.
void lay_roads(Present const& present, Trace const& trace, float scale, CanvasLayout& layout);

} // namespace mailflow::viz
