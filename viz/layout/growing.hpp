// What stays of a picture when its world changes a little: somebody comes or goes, a place is added. Who was
// there stands where he stood, and the newcomer takes free ground; only where there is none is the picture
// laid out anew, with the columns that it had (kept_columns.hpp).
#pragma once

#include "viz/layout/ground.hpp"

#include <optional>

namespace mailflow::viz {

/// Whether the world's picture may be what becomes of `before`, that of one like it: the same things are told
/// by their names. `fresh` is its ground when all is laid out anew. Not where the pictures are of different
/// sizes, or somebody has gone, so that machines could be drawn larger now.
[[nodiscard]] bool can_grow(GroundPlan const& before, GroundPlan const& fresh, World const& world);

/// The ground of the world as it grows out of `before`. None: it cannot grow, hardly anything is the same, or
/// there is no free ground.
[[nodiscard]] std::optional<GroundPlan> grown_from(GroundPlan const& before, GroundPlan const& fresh,
                                                   World const& world, Trace const& trace);

} // namespace mailflow::viz
