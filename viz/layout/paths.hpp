// Lines of points: how they bend. What they measure is layout.hpp's `length_of` and `along`.
#pragma once

#include "viz/geometry.hpp"

#include <vector>

namespace mailflow::viz {

/// From the path's last point to `end` in a curve that leaves towards the one bend and comes from the other.
void curve_to(std::vector<Point>& path, Point bend_a, Point bend_b, Point end);

/// From the path's last point to near `end` with the corner between them rounded off.
void corner_to(std::vector<Point>& path, Point corner, Point end, float radius);

} // namespace mailflow::viz
