// The signs of the timeline: the card that explains them draws them with the same code as the timeline.
#pragma once

#include "viz/draw/icons.hpp"

#include <array>

namespace mailflow::viz {

/// A stretch of waiting that is passed over: a gap in the line, around `x`.
void draw_gap(Brush& brush, Rect track, float x);

/// The moment that is seen.
Rect draw_moment(Brush& brush, Point at);

/// Where two runs that are compared part: across the line.
void draw_parting_line(Brush& brush, Rect track, float x);

/// A mark below the line; where it stands.
Rect draw_time_mark(Brush& brush, Point at, Mark mark);
/// Two that would cover each other: one above the other. Where they stand, the upper one first.
std::array<Rect, 2> draw_stacked_marks(Brush& brush, Point at, Mark upper, Mark lower);

} // namespace mailflow::viz
