// Which part of the picture is looked at, and how closely. A value of the view.
#pragma once

#include "viz/layout/layout.hpp"

namespace mailflow::viz {

struct Camera {
    float zoom = 1;           // 1: the whole picture
    Point centre{0.5F, 0.5F}; // of what is seen, in parts of the picture's width and height

    constexpr bool operator==(Camera const&) const = default;
};

inline constexpr float least_zoom = 0.5F;
inline constexpr float most_zoom = 8;

/// So many times closer, with what is at `at` (a point of the screen within `area`) staying there.
[[nodiscard]] Camera zoomed(Camera camera, float by, Point at, Rect const& area);
/// Moved along with the mouse by so many pixels.
[[nodiscard]] Camera panned(Camera camera, Point by, Rect const& area);

/// The plan as the camera sees it: every place and road where it is drawn.
[[nodiscard]] CanvasLayout seen_through(Camera const& camera, CanvasLayout const& layout);
/// Where in the picture, in parts of its width and height, a point of the screen lies.
[[nodiscard]] Point in_picture(Camera const& camera, Point on_screen, Rect const& area);

} // namespace mailflow::viz
