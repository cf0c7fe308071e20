// What stands between the columns that a road leads from and to, and where the road can pass it.
#pragma once

#include "viz/layout/layout.hpp"

#include <vector>

namespace mailflow::viz {

/// What stands between two gutters, one below the other.
struct Band {
    float left = 0;
    float right = 0;
    std::vector<Rect> boxes; // from top to bottom
};

/// On the way from the one machine to the other, which stands in a column further right.
[[nodiscard]] std::vector<Band> bands_between(CanvasLayout const& layout, Spot const& a, Spot const& b);

/// Whether a road that goes on at the other level would look like one with a kink: the step is too low.
[[nodiscard]] bool is_kink(CanvasLayout const& layout, float from, float to);

/// Where a road can cross the band: above its boxes, between two of them, or below the last; best where it
/// need not leave the level at which it comes, or is to end, and never for a little only. Where it can
/// nowhere, the road leaves the area at the top.
[[nodiscard]] float crossing(CanvasLayout const& layout, Band const& band, float wanted, float comes_at,
                             float ends_at);

} // namespace mailflow::viz
