// Where on the ground of a picture nothing stands: room for somebody who comes.
#pragma once

#include "viz/layout/ground.hpp"

#include <optional>

namespace mailflow::viz {

/// The least that lies between two places.
[[nodiscard]] float gap_of(GroundPlan const& ground);

/// How much lower or higher the place could become, up to the next one, the DNS or the end of the picture.
[[nodiscard]] float free_below(GroundPlan const& ground, Rect const& box);
[[nodiscard]] float free_above(GroundPlan const& ground, Rect const& box);

/// What somebody has left between the machines of a place that is one column wide, or below them, where it is
/// at least so high.
[[nodiscard]] std::optional<Rect> hole_in(Plot const& plot, float least);

/// Room for another place, in one of the columns or in a new one to the right, at least and at most so high,
/// as near to that point as can be.
[[nodiscard]] std::optional<Rect> free_plot(GroundPlan const& ground, float least, float wanted, Point near);

} // namespace mailflow::viz
