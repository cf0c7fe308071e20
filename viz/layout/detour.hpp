// The way round what stands between two ends of a road: for roads that lie in no gutter, because machines or
// places were put somewhere by hand.
#pragma once

#include "viz/geometry.hpp"

#include <vector>

namespace mailflow::viz {

/// The path, where it runs through none of `blocks`; else the shortest way from its first point to its last
/// around them within `area`, `off` pixels from their sides, with its corners rounded. Blocks that hold an
/// end are left out; the path itself where there is no way round.
[[nodiscard]] std::vector<Point> led_round(std::vector<Point> path, std::vector<Rect> const& blocks,
                                           Rect area, float off);

/// Whether some piece of the path runs through the rectangle.
[[nodiscard]] bool runs_through(std::vector<Point> const& path, Rect rect);

} // namespace mailflow::viz
