#include "viz/screen.hpp"

#include <cmath>

namespace mailflow::viz {

Screen plan_screen(float width, float height, float scale) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    float const gap = px(10);
    Screen screen;
    screen.whole = {0, 0, width, height};
    screen.header = {0, 0, width, px(48)};
    float const top = screen.header.bottom() + gap;
    float const transport = px(106);
    screen.transport = {gap, height - gap - transport, width - 2 * gap, transport};
    float const body = screen.transport.y - gap - top;
    screen.events = {gap, top, px(228), body};
    screen.details = {width - gap - px(344), top, px(344), body};
    screen.canvas = {screen.events.right() + gap, top, screen.details.x - screen.events.right() - 2 * gap,
                     body};
    screen.picture = {screen.canvas.x + px(16), screen.canvas.y + px(72), screen.canvas.w - px(32),
                      screen.canvas.h - px(72) - px(14)};
    return screen;
}

} // namespace mailflow::viz
