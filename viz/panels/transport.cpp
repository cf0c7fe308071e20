// The buttons of time, the clock, and the speed on its scale. The timeline beside them is timeline.cpp's.
#include "report/words/spoken_time.hpp"
#include "viz/draw/icons.hpp"
#include "viz/panels/controls.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

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

/// A triangle with a cross before it: to the refusal on that side.
void draw_refusal_sign(Brush& brush, Point centre, float direction) {
    triangle(brush, {centre.x + brush.px(6) * direction, centre.y}, brush.px(10), direction,
             brush.colours.accent);
    draw_cross(brush, {centre.x - brush.px(5) * direction, centre.y}, brush.px(4.5F), brush.colours.refused,
               brush.px(2.8F));
}

void draw_play_sign(Brush& brush, Point centre, bool playing) {
    if (!playing) {
        triangle(brush, {centre.x + brush.px(2), centre.y}, brush.px(17), 1, brush.colours.on_accent);
        return;
    }
    for (float const side : {-6.0F, 6.0F})
        brush.fill(around({centre.x + brush.px(side), centre.y}, brush.px(5), brush.px(20)),
                   brush.colours.on_accent, brush.px(2));
}

/// The buttons from left to right; in a narrow window those of the steps alone.
void draw_buttons(Brush& brush, Rect rect, TransportPlan const& plan, ViewState const& view,
                  Intents& intents) {
    float const y = rect.y + (plan.low ? brush.px(32) : brush.px(38));
    float const r = brush.px(18);
    float const size = brush.px(13);
    Colour const colour = brush.colours.accent;
    float x = rect.x + brush.px(32);
    auto const button = [&](char const* name, Intent const& intent) {
        if (round_button(brush, name, {x, y}, r, false))
            intents.push_back(intent);
    };
    auto const bar = [&](float at) { brush.fill(around({at, y}, brush.px(3), brush.px(15)), colour); };
    if (!plan.narrow) {
        button("to start", Seek{Instant{}});
        triangle(brush, {x + brush.px(2), y}, size, -1, colour);
        bar(x - brush.px(7));
        x += brush.px(43);
        button("refusal before", StepTo{Step::refusal, Towards::past});
        draw_refusal_sign(brush, {x, y}, -1);
        x += brush.px(43);
    }
    button("step back", StepBack{});
    triangle(brush, {x - brush.px(1), y}, size, -1, colour);
    x += brush.px(49);
    if (round_button(brush, "play", {x, y}, brush.px(24), true))
        intents.push_back(TogglePlay{});
    draw_play_sign(brush, {x, y}, view.playing);
    x += brush.px(49);
    button("step forward", StepForward{});
    triangle(brush, {x + brush.px(1), y}, size, 1, colour);
    if (plan.narrow)
        return;
    x += brush.px(43);
    button("refusal after", StepTo{Step::refusal, Towards::future});
    draw_refusal_sign(brush, {x, y}, 1);
    x += brush.px(43);
    button("to end", Seek{Instant{Duration::max()}});
    triangle(brush, {x - brush.px(2), y}, size, 1, colour);
    bar(x + brush.px(7));
}

} // namespace

std::string say_clock(Instant now) {
    constexpr std::int64_t ms_in_minute = 60'000;
    constexpr std::int64_t ms_in_hour = 60 * ms_in_minute;
    constexpr std::int64_t ms_in_day = 24 * ms_in_hour;
    std::int64_t const ms = std::chrono::duration_cast<std::chrono::milliseconds>(now.since_start).count();
    if (ms < ms_in_minute)
        return fmt::format("{}.{:03} s", ms / 1000, ms % 1000);
    std::string const fine = fmt::format("{}.{:03} s", ms % ms_in_minute / 1000, ms % 1000);
    std::int64_t const minutes = ms % ms_in_hour / ms_in_minute;
    if (ms < ms_in_hour)
        return fmt::format("{} min {}", minutes, fine);
    if (ms < ms_in_day)
        return fmt::format("{} h {} min {}", ms / ms_in_hour, minutes, fine);
    return fmt::format("{} d {} h {} min {}", ms / ms_in_day, ms % ms_in_day / ms_in_hour, minutes, fine);
}

std::string longest_clock(Instant end) {
    using namespace std::chrono_literals;
    constexpr Duration almost_minute = 59'999ms;
    constexpr Duration almost_hour = 59min + almost_minute;
    constexpr Duration almost_day = 23h + almost_hour;
    if (end.since_start <= almost_minute)
        return say_clock(Instant{almost_minute});
    if (end.since_start <= almost_hour)
        return say_clock(Instant{almost_hour});
    Duration const days = std::chrono::floor<std::chrono::days>(end.since_start);
    return say_clock(Instant{days + almost_day});
}

std::string say_speed(Speed speed) {
    return speed.divided_by == 1 ? fmt::format("×{}", speed.times) : fmt::format("1/{}", speed.divided_by);
}

namespace {

/// The speed as a knob on a scale on which each step is a factor: from a thousandth to a hundred thousand.
void draw_speed(Brush& brush, Rect rect, ViewState const& view, Intents& intents) {
    float const button = rect.h;
    Rect const slower{rect.x, rect.y, button, button};
    Rect const faster{rect.right() - button, rect.y, button, button};
    if (text_button(brush, "slower", slower, "–", ButtonLook::plain))
        intents.push_back(ChangeSpeed{-1});
    if (text_button(brush, "faster", faster, "+", ButtonLook::plain))
        intents.push_back(ChangeSpeed{1});
    Rect const between{slower.right() + brush.px(8), rect.y, faster.x - slower.right() - brush.px(16),
                       rect.h};
    Press const press = press_area(brush.drawn, "speed", between, Reach::mouse); // the keys have – and +
    brush.drawn.shapes.insert_or_assign("speed", between);
    auto const last = static_cast<float>(speeds.size() - 1);
    Rect const track{between.x, between.bottom() - brush.px(7), between.w, brush.px(4)};
    float const knob = track.x + track.w * static_cast<float>(view.speed) / last;
    brush.fill(track, brush.colours.track, track.h / 2);
    brush.fill({track.x, track.y, knob - track.x, track.h}, brush.colours.dns, track.h / 2);
    brush.disc({knob, track.centre().y}, brush.px(6), brush.colours.accent);
    std::string words = "speed " + say_speed(speeds[view.speed]);
    if (width_of(brush.fonts.small, words) > between.w)
        words = say_speed(speeds[view.speed]);
    Rect const above{between.x, between.y - brush.px(3), between.w, brush.px(18)};
    brush.text(above, brush.fonts.small, brush.colours.quiet, words, Align::centre);
    brush.drawn.shapes.insert_or_assign("speed:" + words, above);
    if (press.held) {
        float const part = held_between((press.at.x - track.x) / std::max(track.w, 1.0F), 0, 1);
        auto const wanted = static_cast<int>(std::lround(part * last));
        intents.push_back(ChangeSpeed{wanted - static_cast<int>(view.speed)});
    }
}

void draw_clock(Brush& brush, Rect room, Frame const& frame, ViewState const& view) {
    std::string const now = say_clock(view.now);
    std::string const end = "of " + say_length(frame.pace.end().since_start);
    std::string const clock = now + " " + end;
    brush.drawn.shapes.insert_or_assign("clock", room);
    if (width_of(brush.fonts.bold, clock) <= room.w) {
        brush.text(room, brush.fonts.bold, brush.colours.ink, clock);
        return;
    }
    float const line = brush.px(17);
    bool const bold = width_of(brush.fonts.small_bold, now) <= room.w;
    Rect const first{room.x, room.centre().y - line, room.w, line};
    brush.text(first, bold ? brush.fonts.small_bold : brush.fonts.small, brush.colours.ink, now);
    brush.text({room.x, first.bottom(), room.w, line}, brush.fonts.small, brush.colours.quiet, end);
}

/// What a step is, to be chosen; where that ends.
float draw_steps(Brush& brush, Rect rect, TransportPlan const& plan, Intents& intents) {
    using namespace step_spacing;
    float x = rect.x;
    if (plan.steps.empty())
        return x;
    brush.text({x, rect.y, brush.px(70), rect.h}, brush.fonts.small, brush.colours.quiet, label);
    x += width_of(brush.fonts.small, label) + brush.px(after_label);
    auto const draw_chips = [&](std::vector<Control> const& chips) {
        for (Control const& control : chips) {
            if (chip(brush, control.name, {x, rect.y, control.width, rect.h}, control.words, control.chosen))
                intents.push_back(control.pressed);
            x += control.width + brush.px(between_chips);
        }
    };
    draw_chips(plan.steps);
    x += brush.px(before_predict);
    draw_chips(plan.predict);
    return x;
}

} // namespace

void draw_transport(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    TransportPlan const plan = plan_transport(brush, rect, frame, view);
    draw_buttons(brush, rect, plan, view, intents);
    draw_timeline(brush, plan.line, frame, view, intents);
    draw_clock(brush, plan.clock, frame, view);
    if (plan.speed.w > 0)
        draw_speed(brush, plan.speed, view, intents);
    if (plan.low)
        return;
    Rect const row = plan.choices;
    float const steps = draw_steps(brush, row, plan, intents) + brush.px(12);
    draw_legend(brush, {steps, row.y, row.right() - steps, row.h}, frame, view, intents);
}

} // namespace mailflow::viz
