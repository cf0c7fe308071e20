// A decision with all that belongs to it: the ladder of rules, what was said, and who has to mend it.
#include "viz/panels/panels.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// The yellow box with two lines of its words; the others are scrolled.
float least_advice_height(Brush const& brush) {
    return brush.px(46) + 2 * brush.paragraph_height(brush.px(100), brush.fonts.small, "A");
}

constexpr float below_ladder = 4; // at scale 1, as all of these
constexpr float title_line_height = 30;
constexpr float above_box = 12;
constexpr float between = 10; // in the column

/// What lies below what can be seen of the column: whether it was asked for. The rest of the room is left.
bool advice_line(Brush& brush, Rect& room, Advice const& advice) {
    float const height = advice_line_height(brush);
    Rect const line{room.x, room.bottom() - height, room.w, height};
    room.h -= height + brush.px(8);
    return draw_advice_line(brush, line, advice);
}

/// The ladder, the lines that matter and the yellow box below each other, from the top, or as far down as the
/// rule that decided needs. Who has to mend it stands below, whatever is scrolled.
void draw_column(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Intents& intents) {
    DecisionId const id = focus.decision;
    bool const asked = focus.advice && advice_line(brush, rect, *focus.advice);
    float const width = rect.w - brush.px(10);
    float const ladder = ladder_height(brush, width, frame, id);
    float const lines = least_dialogue_height(brush, width, frame, focus);
    float const box = focus.advice ? advice_height(brush, width, *focus.advice) : 0.0F;
    float const gap = brush.px(between);
    ScrollArea scroll{brush,
                      "decision",
                      rect,
                      ladder + lines + box + 2 * gap,
                      static_cast<int>(id.index),
                      ladder - rect.h * 0.4F};
    if (asked)
        scroll.show_end();
    Brush inner = brush.on(scroll.list());
    Rect place{scroll.origin().x, scroll.origin().y, width, ladder};
    draw_ladder(inner, place, frame, id);
    place = {place.x, place.bottom() + gap, width, lines};
    draw_dialogue(inner, place, frame, focus, intents);
    if (focus.advice)
        draw_advice(inner, {place.x, place.bottom() + gap, width, box}, *focus.advice);
}

} // namespace

void draw_decision(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Intents& intents) {
    float const ladder = ladder_height(brush, rect.w, frame, focus.decision) + brush.px(below_ladder);
    float const title = brush.px(title_line_height);
    float const lines = least_dialogue_height(brush, rect.w, frame, focus) + brush.px(2);
    float const box = focus.advice ? advice_height(brush, rect.w, *focus.advice) : 0.0F;
    float const gap = focus.advice ? brush.px(above_box) : 0.0F;
    float const least = gap + std::min(least_advice_height(brush), box);
    bool const titled = ladder + title + lines + gap + box <= rect.h;
    float const above = ladder + (titled ? title : 0.0F) + lines;
    if (above + least > rect.h) {
        draw_column(brush, rect, frame, focus, intents);
        return;
    }
    if (focus.advice) {
        float const height = std::min(box, rect.h - above - gap);
        draw_advice(brush, {rect.x, rect.bottom() - height, rect.w, height}, *focus.advice);
        rect.h -= height + gap;
    }
    auto const take = [&rect](float height) {
        rect.y += height;
        rect.h -= height;
    };
    take(draw_ladder(brush, rect, frame, focus.decision) + brush.px(below_ladder));
    if (titled) {
        brush.text({rect.x, rect.y, rect.w, brush.px(26)}, brush.fonts.bold, brush.colours.ink,
                   "What was said");
        take(title);
    }
    draw_dialogue(brush, rect, frame, focus, intents);
}

} // namespace mailflow::viz
