// What stays of a picture when its world changes a little: somebody comes or goes, a place is added. Who was
// there stands where he stood, and the newcomer takes free ground; only where there is none is the whole
// picture laid out anew.
#pragma once

#include "viz/ground.hpp"

#include <optional>

namespace mailflow::viz {

/// The ground of the world as it grows out of `before`, that of one like it: the same things are told by
/// their names. `fresh` is its ground when all is laid out anew; none: that should be taken, since the
/// pictures are of different sizes, hardly anything is the same, there is no free ground, or machines could
/// be drawn larger now.
[[nodiscard]] std::optional<GroundPlan> grown_from(GroundPlan const& before, GroundPlan const& fresh,
                                                   World const& world, Trace const& trace);

} // namespace mailflow::viz
