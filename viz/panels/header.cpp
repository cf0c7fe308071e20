#include "viz/heading.hpp"
#include "viz/panels/controls.hpp"
#include "viz/workbench/workbench.hpp"

namespace mailflow::viz {

namespace {

/// Narrower than this, at scale 1, there is no title.
constexpr float least_title = 110;

void draw_title(Brush& brush, Rect room, Frame const& frame, ViewState const& view) {
    Heading const heading = heading_of(frame.world, frame.trace, frame.lists, view);
    if (room.w < brush.px(least_title))
        return;
    bool const unsaved = frame.work.is_changed() && !frame.work.shows_another();
    std::string const words = unsaved ? "• " + heading.title : heading.title;
    bool const alone = width_of(brush.fonts.title, words) > room.w * 0.6F;
    Rect const title = brush.text({room.x, room.y, alone ? room.w : room.w * 0.6F, room.h}, brush.fonts.title,
                                  brush.colours.ink, words);
    float const after = title.right() + brush.px(18);
    if (room.right() - after > brush.px(80))
        brush.text({after, room.y + brush.px(1), room.right() - after, room.h}, brush.fonts.body,
                   brush.colours.quiet, heading.summary);
}

/// The buttons from left to right; where the next one would stand.
float draw_groups(Brush& brush, Rect line, std::vector<ControlGroup> const& groups, Intents& intents) {
    float x = line.x;
    for (ControlGroup const& group : groups) {
        if (group.controls.empty())
            continue;
        for (Control const& control : group.controls) {
            if (text_button(brush, control.name, {x, line.y, control.width, line.h}, control.words,
                            control.chosen ? ButtonLook::chosen : ButtonLook::plain))
                intents.push_back(control.pressed);
            x += control.width + brush.px(header_spacing::between_buttons);
        }
        x += brush.px(header_spacing::between_groups - header_spacing::between_buttons);
    }
    return x;
}

} // namespace

void draw_header(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    brush.fill(rect, brush.colours.surface);
    brush.line({rect.x, rect.bottom()}, {rect.right(), rect.bottom()}, brush.colours.line, brush.px(1.2F));
    HeaderPlan const plan = plan_header(brush, frame, view);
    Rect const line{rect.x + brush.px(header_spacing::sides), rect.y + brush.px(8), rect.w,
                    rect.h - brush.px(16)};
    float const left = draw_groups(brush, line, plan.left, intents);
    float const right = rect.right() - width_of(brush, plan.right);
    draw_title(brush, {left, rect.y, right - brush.px(10) - left, rect.h}, frame, view);
    draw_groups(brush, {right, line.y, rect.w, line.h}, plan.right, intents);
}

} // namespace mailflow::viz
