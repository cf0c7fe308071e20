// How the window is divided: header, list of events, canvas, details, transport.
#pragma once

#include "viz/geometry.hpp"

namespace mailflow::viz {

struct Screen {
    Rect whole;
    Rect header;
    Rect events;
    Rect canvas;
    Rect details;
    Rect transport;
    Rect picture; // of the canvas: where machines may stand, below the caption
};

[[nodiscard]] Screen plan_screen(float width, float height, float scale);

} // namespace mailflow::viz
