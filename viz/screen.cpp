#include "viz/screen.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

// The least widths and heights, at scale 1, at which a part of the window still leaves room for the picture.
constexpr float least_for_events = 1160;
constexpr float least_for_outline = 1090;
constexpr float least_for_panel = 840;
constexpr float least_for_full_transport = 440;
/// A window that is so much higher than wide has the panel below the picture, where both have this height.
constexpr float upright_window = 1.15F;
constexpr float least_above_panel = 380;
constexpr float least_below_picture = 260;
constexpr float most_below_picture = 620; // the panel takes no more
/// In a narrower window the buttons of the header leave no room for the title between them.
constexpr float least_for_title_between = 1160;
/// In a lower one there is none above them.
constexpr float least_for_title_above = 440;
/// In a lower one that has the width for both, the bar of time stands beside the header.
constexpr float least_for_bars_below_each_other = 300;
constexpr float header_beside = 1180; // then it is so wide
constexpr float least_for_bars_beside = header_beside + 720;

/// A canvas lower than this has a caption of one line.
constexpr float least_for_whole_caption = 300;

/// Two pictures narrower than this stand one above the other.
constexpr float least_beside = 560;

/// Of a canvas, the part below the caption in which machines may stand.
Rect picture_in(Rect canvas, float scale) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    float const head = px(is_low(canvas, scale) ? caption_height::little : caption_height::full);
    return {canvas.x + px(16), canvas.y + head, std::max(canvas.w - 2 * px(16), 1.0F),
            std::max(canvas.h - head - px(14), 1.0F)};
}

/// Divides the room for the picture between the runs that are seen, and lays out what lies within.
void lay_out_canvas(Screen& screen, Rect room, float scale, Runs runs) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    float const gap = px(10);
    bool const both = runs == Runs::both || runs == Runs::beside;
    screen.canvas = room;
    screen.canvas_before = both ? room : Rect{};
    float const half = (room.w - gap) / 2;
    if (runs == Runs::beside || (runs == Runs::both && half >= px(least_beside))) {
        screen.canvas_before.w = screen.canvas.w = std::max(half, 0.0F);
        screen.canvas.x = screen.canvas_before.right() + gap;
    } else if (runs == Runs::both) {
        screen.canvas_before.h = screen.canvas.h = std::max((room.h - gap) / 2, 0.0F);
        screen.canvas.y = screen.canvas_before.bottom() + gap;
    }
    screen.picture = picture_in(screen.canvas, scale);
    screen.picture_before = picture_in(screen.canvas_before, scale);
}

/// A line of words at the foot of the room.
Rect notice_in(Rect room, float scale) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    float const width = std::min(room.w - px(20), px(720));
    float const height = px(44);
    return {std::round(room.centre().x - width / 2), room.bottom() - height - px(16), width, height};
}

/// How wide the list is: as usual, and where it lies over the rest.
constexpr float events_width = 216;
constexpr float outline_width = 236;
constexpr float list_out_width = 280;
/// What lies over the canvas beside a list that is brought out is at least so wide; or it lies below it.
constexpr float least_beside_list = 240;

bool has_list_beside(Rooms rooms, float width, float scale) {
    return (rooms == Rooms::watch && width >= least_for_events * scale) ||
           (rooms == Rooms::build && width >= least_for_outline * scale);
}

/// The header and the bar of time: at the top and at the foot, or both at the top.
void lay_out_bars(Screen& screen, float scale) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    Rect const& whole = screen.whole;
    float const gap = px(10);
    if (whole.h < least_for_bars_below_each_other * scale && whole.w >= least_for_bars_beside * scale) {
        screen.header = {0, 0, px(header_beside), px(68)};
        screen.transport = {screen.header.right(), px(2), whole.w - screen.header.right() - gap, px(64)};
        return;
    }
    screen.header = {0, 0, whole.w, px(48)};
    bool const low = whole.h < least_for_full_transport * scale;
    if (whole.w < least_for_title_between * scale && whole.h >= least_for_title_above * scale) {
        screen.title = {px(14), px(5), whole.w - 2 * px(14), px(26)};
        screen.header.h += screen.title.h;
    }
    bool const narrow = whole.w - 2 * gap < time_bar::narrow * scale;
    float const transport = px(!low ? 116.0F : narrow ? 88.0F : 64.0F);
    screen.transport = {gap, whole.h - gap - transport, whole.w - 2 * gap, transport};
}

/// The panel has the foot of the room, from side to side: four tenths of it, but no more than it needs.
void put_panel_below(Screen& screen, Rect room, float scale) {
    float const gap = std::round(10 * scale);
    float const high = std::round(
        held_between((room.h - gap) * 0.42F, least_below_picture * scale, most_below_picture * scale));
    screen.panel = {room.x, room.bottom() - high, room.w, high};
    screen.has_panel_beside = true;
}

/// Over the right side of the canvas, where there is no room beside it.
Rect question_over(Rect room, float scale) {
    float const width = std::min(room.w, std::round(360 * scale));
    float const height = std::min(room.h, std::round(420 * scale));
    return {room.right() - width, room.bottom() - height, width, height};
}

} // namespace

bool is_low(Rect canvas, float scale) {
    return canvas.h < least_for_whole_caption * scale;
}

Screen plan_screen(float width, float height, float scale, Wishes wishes) {
    auto const px = [scale](float size) { return std::round(size * scale); };
    float const gap = px(10);
    Screen screen;
    screen.whole = {0, 0, width, height};
    if (wishes.rooms == Rooms::canvas_alone) {
        float const line = px(6);
        screen.transport = {0, height - line, width, line};
        Rect const room{0, 0, width, height - line};
        screen.text = room.inset(px(10));
        lay_out_canvas(screen, room, scale, wishes.runs);
        screen.notice = notice_in(room, scale);
        screen.question = question_over(room, scale);
        return screen;
    }
    lay_out_bars(screen, scale);
    float const top = screen.header.bottom() + gap;
    bool const bar_below = screen.transport.y >= top;
    float const body = std::max((bar_below ? screen.transport.y : height) - gap - top, 0.0F);
    bool const watching = wishes.rooms == Rooms::watch;
    screen.has_list_beside = has_list_beside(wishes.rooms, width, scale);
    screen.has_panel_beside = width >= least_for_panel * scale;
    float left = gap;
    float right = width - gap;
    if (screen.has_list_beside) {
        screen.list = {left, top, px(watching ? events_width : outline_width), body};
        left = screen.list.right() + gap;
    }
    if (screen.has_panel_beside) {
        float const wide = px(watching ? 328.0F : 384.0F);
        screen.panel = {right - wide, top, wide, body};
        right -= wide + gap;
    }
    Rect middle{left, top, std::max(right - left, 0.0F), body};
    if (bar_below && height > width * upright_window &&
        body >= (least_above_panel + least_below_picture) * scale + gap) {
        put_panel_below(screen, {gap, top, width - 2 * gap, body}, scale);
        middle = {gap, top, width - 2 * gap, screen.panel.y - gap - top};
    }
    Rect over = middle; // where there is room for what lies over it
    if (!screen.has_list_beside && wishes.list == ListOut::out) {
        screen.list_out = {left, top, std::min(px(list_out_width), middle.w), middle.h};
        float const beside = middle.right() - screen.list_out.right() - gap;
        if (beside >= px(least_beside_list))
            over = {middle.right() - beside, top, beside, middle.h};
    }
    screen.text = {gap, top, width - 2 * gap, body};
    float const foot = std::max(middle.h / 2 - px(8), 0.0F);
    screen.mistakes = {over.x + px(8), over.bottom() - foot - px(8), std::max(over.w - px(16), 0.0F), foot};
    // Where there is no room beside the picture, what was asked for takes its place.
    bool const in_its_place = !screen.has_panel_beside && wishes.front == Front::panel;
    if (in_its_place)
        screen.panel = over; // beside the list, where it is brought out and leaves room
    lay_out_canvas(screen, in_its_place ? Rect{} : middle, scale, wishes.runs);
    // Where the list leaves too little of the picture, what is said may lie over the panel beside that, too.
    Rect const& list = screen.list_out;
    bool const is_covered = list.w > 0 && over.x < list.right() && screen.panel.x >= list.right();
    float const free = list.right() + gap;
    screen.notice =
        notice_in(is_covered ? Rect{free, top, screen.panel.right() - free, middle.h} : over, scale);
    screen.question = watching && screen.has_panel_beside ? screen.panel : question_over(over, scale);
    return screen;
}

} // namespace mailflow::viz
