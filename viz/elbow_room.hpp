// Where a machine or a place that was dropped onto others can stand beside them: as near as there is room.
#pragma once

#include "viz/layout.hpp"

namespace mailflow::viz {

/// What is seen of a machine: its picture and its texts, with a little air.
[[nodiscard]] Rect body_of(CanvasLayout const& plan, Spot const& spot);

/// The centre of the machine's cell, or of the place's box, in parts of the picture: where it stands in the
/// plan, or the nearest spot at which it covers nothing else. Where there is none, it stays.
[[nodiscard]] Point free_centre(CanvasLayout const& plan, HostId machine);
[[nodiscard]] Point free_centre(CanvasLayout const& plan, NetworkId place);

} // namespace mailflow::viz
