#include "viz/panels/time_signs.hpp"

namespace mailflow::viz {

namespace {

Rect draw_mark_of(Brush& brush, Point at, Mark mark, float radius) {
    draw_mark(brush, at, brush.px(radius), mark);
    return around(at, brush.px(20), brush.px(2.4F * radius));
}

} // namespace

void draw_gap(Brush& brush, Rect track, float x) {
    for (float const side : {-5.0F, 5.0F})
        brush.fill(around({x + brush.px(side), track.centre().y}, brush.px(4), track.h),
                   brush.colours.surface);
}

Rect draw_moment(Brush& brush, Point at) {
    brush.disc(at, brush.px(12), brush.colours.accent);
    brush.disc(at, brush.px(7.5F), brush.colours.surface);
    return around(at, brush.px(24), brush.px(24));
}

void draw_parting_line(Brush& brush, Rect track, float x) {
    brush.line({x, track.y - brush.px(6)}, {x, track.bottom() + brush.px(7)}, brush.colours.bounce,
               brush.px(3));
}

Rect draw_time_mark(Brush& brush, Point at, Mark mark) {
    return draw_mark_of(brush, at, mark, 6.5F);
}

std::array<Rect, 2> draw_stacked_marks(Brush& brush, Point at, Mark upper, Mark lower) {
    return {draw_mark_of(brush, {at.x, at.y - brush.px(6)}, upper, 4.5F),
            draw_mark_of(brush, {at.x, at.y + brush.px(4)}, lower, 4.5F)};
}

} // namespace mailflow::viz
