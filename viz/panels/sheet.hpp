// What the sheets that lie over the window have in common.
#pragma once

#include "viz/panels/work_panels.hpp"

#include <string_view>

namespace mailflow::viz {

/// Shades the window and lays a card of at most this size (at scale 1) on it, with a title and a cross that
/// closes it. Where its content may stand.
[[nodiscard]] Rect begin_sheet(Brush& brush, Rect window, float width, float height, std::string_view title,
                               Intents& intents);

} // namespace mailflow::viz
