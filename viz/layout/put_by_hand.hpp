// What was put somewhere by hand, or by the scenario, on top of the plan that the columns give.
#pragma once

#include "viz/layout/layout.hpp"

namespace mailflow::viz {

/// With all that belongs to it.
void move_spot(Spot& spot, Point by);

/// Moves what has a position of its own there. What has none gives way to it: a machine or a place never
/// stands under one that was put there. Where nothing has to, it stays.
void put_by_hand(Present const& present, Positions const& positions, CanvasLayout& layout);

} // namespace mailflow::viz
