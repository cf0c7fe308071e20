#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::viz {

namespace {

void triangle(Brush& brush, Point centre, float size, float direction, Colour colour) {
    float const half = size * 0.5F * direction;
    brush.polygon({{centre.x - half, centre.y - size * 0.62F},
                   {centre.x + half, centre.y},
                   {centre.x - half, centre.y + size * 0.62F}},
                  colour);
}

bool round_button(Brush& brush, std::string const& name, Point centre, float radius, bool filled) {
    Press const press = press_area(brush.drawn, name, around(centre, 2 * radius, 2 * radius));
    brush.disc(centre, radius,
               filled          ? brush.colours.accent
               : press.hovered ? brush.colours.accent_fill
                               : brush.colours.surface);
    if (!filled)
        brush.ring(centre, radius, brush.colours.accent, brush.px(1.8F));
    return press.clicked;
}

void draw_buttons(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    float const y = rect.y + brush.px(38);
    float const r = brush.px(19);
    float const step = brush.px(46);
    float x = rect.x + brush.px(34);
    float const size = brush.px(13);
    auto const bar = [&](float at, float h) {
        brush.fill(around({at, y}, brush.px(3), h), brush.colours.accent);
    };
    if (round_button(brush, "to start", {x, y}, r, false))
        intents.push_back(Seek{Instant{}});
    triangle(brush, {x + brush.px(2), y}, size, -1, brush.colours.accent);
    bar(x - brush.px(7), brush.px(15));
    x += step;
    if (round_button(brush, "step back", {x, y}, r, false))
        intents.push_back(StepBack{});
    triangle(brush, {x - brush.px(1), y}, size, -1, brush.colours.accent);
    x += step + brush.px(4);
    if (round_button(brush, "play", {x, y}, brush.px(24), true))
        intents.push_back(TogglePlay{});
    if (view.playing) {
        for (float const side : {-6.0F, 6.0F})
            brush.fill(around({x + brush.px(side), y}, brush.px(5), brush.px(20)), brush.colours.surface,
                       brush.px(2));
    } else {
        triangle(brush, {x + brush.px(2), y}, brush.px(17), 1, brush.colours.on_accent);
    }
    x += step + brush.px(4);
    if (round_button(brush, "step forward", {x, y}, r, false))
        intents.push_back(StepForward{});
    triangle(brush, {x + brush.px(1), y}, size, 1, brush.colours.accent);
    x += step;
    if (round_button(brush, "to end", {x, y}, r, false))
        intents.push_back(Seek{frame.pace.end()});
    triangle(brush, {x - brush.px(2), y}, size, 1, brush.colours.accent);
    bar(x + brush.px(7), brush.px(15));
}

std::string say_speed(Speed speed) {
    return speed.divided_by == 1 ? fmt::format("×{}", speed.times) : fmt::format("1/{}", speed.divided_by);
}

void draw_clock(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    float const h = brush.px(26);
    float const y = rect.bottom() - h - brush.px(12);
    float const left = rect.x + brush.px(16);
    float const button = brush.px(26);
    float const right = rect.x + brush.px(286);
    Rect const slower{right - 2 * button - brush.px(54), y, button, h};
    Rect const faster{right - button, y, button, h};
    brush.text({left, y, slower.x - left - brush.px(8), h}, brush.fonts.bold, brush.colours.ink,
               say_instant(view.now) + " of " + say_instant(frame.pace.end()));
    if (text_button(brush, "slower", slower, "–", ButtonLook::plain))
        intents.push_back(ChangeSpeed{-1});
    if (text_button(brush, "faster", faster, "+", ButtonLook::plain))
        intents.push_back(ChangeSpeed{1});
    Rect const between{slower.right(), y, faster.x - slower.right(), h};
    brush.drawn.shapes.insert_or_assign("speed", between);
    brush.text(between, brush.fonts.small, brush.colours.quiet, say_speed(speeds[view.speed]), Align::centre);
}

/// Marks in the order of importance: of those that would cover each other, the first stays.
void draw_marks(Brush& brush, Rect track, Frame const& frame, ViewState const& view) {
    std::vector<Rect> taken;
    float const y = track.bottom() + brush.px(18);
    for (Mark const mark :
         {Mark::changed, Mark::refused, Mark::bounce, Mark::accepted, Mark::deferred, Mark::dns})
        for (StoryRow const& row : frame.rows.at(view.detail)) {
            if (row.mark != mark)
                continue;
            float const x = track.x + track.w * static_cast<float>(frame.pace.axis_of(row.at));
            Rect const room = around({x, y}, brush.px(20), brush.px(16));
            bool const covered = std::any_of(taken.begin(), taken.end(),
                                             [&](Rect const& other) { return other.overlaps(room); });
            if (covered)
                continue;
            taken.push_back(room);
            draw_mark(brush, {x, y}, brush.px(6.5F), mark);
            brush.drawn.shapes.insert_or_assign("mark:" + std::to_string(row.event), room);
        }
}

void draw_legend(Brush& brush, Rect rect, Rect track, Frame const& frame) {
    auto const occurs = [&](Mark mark) {
        std::vector<StoryRow> const& rows = frame.rows.at(Detail::protocol);
        return std::any_of(rows.begin(), rows.end(),
                           [mark](StoryRow const& row) { return row.mark == mark; });
    };
    float const y = rect.bottom() - brush.px(33);
    float const h = brush.px(26);
    float x = rect.right() - brush.px(16);
    for (Mark const mark :
         {Mark::changed, Mark::deferred, Mark::bounce, Mark::refused, Mark::dns, Mark::accepted}) {
        if ((mark == Mark::changed || mark == Mark::deferred) && !occurs(mark))
            continue;
        std::string_view const word = word_of(mark);
        x -= width_of(brush.fonts.small, word);
        brush.text({x, y, brush.px(200), h}, brush.fonts.small, brush.colours.quiet, word);
        x -= brush.px(16);
        draw_mark(brush, {x, y + h / 2}, brush.px(6.5F), mark);
        x -= brush.px(26);
    }
    brush.text({track.x, y, std::max(0.0F, x - track.x), h}, brush.fonts.small, brush.colours.quiet,
               "Space plays · ← → step · H keys");
}

void draw_timeline(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Rect const track{rect.x + brush.px(316), rect.y + brush.px(27), rect.w - brush.px(316) - brush.px(24),
                     brush.px(12)};
    Press const press = press_area(brush.drawn, "timeline", track.inset(-brush.px(9)));
    brush.drawn.shapes.insert_or_assign("track", track);
    if (press.held)
        intents.push_back(Seek{frame.pace.at_axis((press.at.x - track.x) / track.w)});
    float const place = track.w * static_cast<float>(frame.pace.axis_of(view.now));
    brush.fill(track, brush.colours.track, track.h / 2);
    if (place > track.h)
        brush.fill({track.x, track.y, place, track.h}, brush.colours.dns, track.h / 2);
    float free_from = track.x - brush.px(40);
    float gap_from = track.x;
    for (Stretch const& stretch : frame.pace.stretches()) {
        if (!stretch.idle)
            continue;
        float const x = track.x + track.w * static_cast<float>((stretch.axis_from + stretch.axis_to) / 2);
        if (x - gap_from >= brush.px(18)) {
            for (float const side : {-5.0F, 5.0F})
                brush.fill(around({x + brush.px(side), track.centre().y}, brush.px(4), track.h),
                           brush.colours.surface);
            gap_from = x;
        }
        std::string const words = say_duration(stretch.to - stretch.from) + " pass";
        float const w = width_of(brush.fonts.small, words);
        Rect const room = kept_within({x - w / 2, rect.y + brush.px(3), w + 1, brush.px(20)}, rect);
        if (room.x < free_from)
            continue;
        brush.text(room, brush.fonts.small, brush.colours.quiet, words);
        free_from = room.right() + brush.px(10);
    }
    Point const knob{track.x + place, track.centre().y};
    brush.disc(knob, brush.px(12), brush.colours.accent);
    brush.disc(knob, brush.px(7.5F), brush.colours.surface);
    draw_marks(brush, track, frame, view);
    draw_legend(brush, rect, track, frame);
}

} // namespace

void draw_transport(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    draw_buttons(brush, rect, frame, view, intents);
    draw_clock(brush, rect, frame, view, intents);
    draw_timeline(brush, rect, frame, view, intents);
}

} // namespace mailflow::viz
