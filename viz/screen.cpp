#include "viz/screen.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

/// What lies within the canvas: below the caption the part in which machines may stand, and the notice.
void lay_out_canvas(Screen& screen, float scale) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    Rect const canvas = screen.canvas;
    screen.picture = {canvas.x + px(16), canvas.y + px(72), canvas.w - 2 * px(16),
                      canvas.h - px(72) - px(14)};
    float const width = std::min(canvas.w - px(20), px(720));
    float const height = px(44);
    screen.notice = {std::round(canvas.centre().x - width / 2), canvas.bottom() - height - px(16), width,
                     height};
}

} // namespace

Screen plan_screen(float width, float height, float scale, Rooms rooms) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    float const gap = px(10);
    Screen screen;
    screen.whole = {0, 0, width, height};
    if (rooms == Rooms::canvas_alone) {
        float const line = px(6);
        screen.transport = {0, height - line, width, line};
        screen.canvas = {0, 0, width, height - line};
        screen.text = screen.canvas.inset(px(10));
        lay_out_canvas(screen, scale);
        return screen;
    }
    screen.header = {0, 0, width, px(48)};
    float const top = screen.header.bottom() + gap;
    float const transport = px(116);
    screen.transport = {gap, height - gap - transport, width - 2 * gap, transport};
    float const body = screen.transport.y - gap - top;
    screen.events = {gap, top, px(228), body};
    screen.details = {width - gap - px(344), top, px(344), body};
    screen.canvas = {screen.events.right() + gap, top, screen.details.x - screen.events.right() - 2 * gap,
                     body};
    screen.text = {gap, top, width - 2 * gap, body};
    lay_out_canvas(screen, scale);
    return screen;
}

} // namespace mailflow::viz
