#include "viz/screen.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

// The least widths and heights, at scale 1, at which a part of the window still leaves room for the picture.
constexpr float least_for_events = 1180;
constexpr float least_for_details = 840;
constexpr float least_for_full_transport = 440;
constexpr float least_for_full_caption = 240; // of the canvas

/// What lies within the canvas: below the caption the part in which machines may stand, and the notice.
void lay_out_canvas(Screen& screen, float scale) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    Rect const canvas = screen.canvas;
    float const caption =
        px(canvas.h < least_for_full_caption * scale ? caption_height::little : caption_height::full);
    screen.picture = {canvas.x + px(16), canvas.y + caption, std::max(canvas.w - 2 * px(16), 1.0F),
                      std::max(canvas.h - caption - px(14), 1.0F)};
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
    bool const low = height < least_for_full_transport * scale;
    float const transport = px(low ? 64.0F : 116.0F);
    screen.transport = {gap, height - gap - transport, width - 2 * gap, transport};
    float const body = std::max(screen.transport.y - gap - top, 0.0F);
    bool const watching = rooms == Rooms::all || rooms == Rooms::all_with_details;
    bool const has_left = width >= least_for_events * scale && (watching || rooms == Rooms::build);
    bool const has_right = width >= least_for_details * scale;
    float left = gap;
    float right = width - gap;
    if (has_left) {
        Rect const place{left, top, px(watching ? 216.0F : 236.0F), body};
        (watching ? screen.events : screen.outline) = place;
        left = place.right() + gap;
    }
    if (has_right) {
        float const wide = px(watching ? 328.0F : 384.0F);
        (watching ? screen.details : screen.form) = {right - wide, top, wide, body};
        right -= wide + gap;
    }
    Rect const middle{left, top, std::max(right - left, 0.0F), body};
    // Where there is no room beside the picture, what was asked for takes its place.
    if (!has_right && rooms == Rooms::all_with_details)
        screen.details = middle;
    else if (!has_right && !watching)
        screen.form = middle;
    else
        screen.canvas = middle;
    screen.text = {gap, top, width - 2 * gap, body};
    float const foot = std::min(px(150), body / 2);
    screen.mistakes = {middle.x + px(8), middle.bottom() - foot - px(8), std::max(middle.w - px(16), 0.0F),
                       foot};
    if (rooms == Rooms::compare && has_right) {
        screen.canvas.w = std::max((middle.w - gap) / 2, 0.0F);
        lay_out_canvas(screen, scale);
        screen.canvas_before = screen.canvas;
        screen.picture_before = screen.picture;
        screen.canvas.x = screen.canvas_before.right() + gap;
    }
    lay_out_canvas(screen, scale);
    return screen;
}

} // namespace mailflow::viz
