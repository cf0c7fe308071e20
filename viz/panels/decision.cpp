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

/// How high each part is in a panel of that width.
struct Heights {
    float ladder = 0;
    float lines = 0; // of what was said, those that matter
    float box = 0;   // who has to mend it

    Heights(Brush const& brush, float width, Frame const& frame, Focus const& focus, Rungs rungs)
        : ladder(ladder_height(brush, width, frame, focus.decision, rungs))
        , lines(least_dialogue_height(brush, width, frame, focus))
        , box(focus.advice ? advice_height(brush, width, *focus.advice) : 0.0F) {}
};

/// The ladder, the lines that matter and the yellow box below each other, from the top, or as far down as the
/// rule that decided and what was said need. Who has to mend it stands below, whatever is scrolled.
void draw_column(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Rungs rungs,
                 Intents& intents) {
    bool const asked = focus.advice && advice_line(brush, rect, *focus.advice);
    float const width = rect.w - brush.px(10);
    Heights const heights{brush, width, frame, focus, rungs};
    float const gap = brush.px(between);
    ScrollArea scroll{brush,
                      "decision",
                      rect,
                      heights.ladder + heights.lines + heights.box + 2 * gap,
                      static_cast<int>(focus.decision.index),
                      heights.ladder + std::min(gap + heights.lines, rect.h * 0.6F) - rect.h * 0.4F -
                          brush.px(6)};
    if (asked)
        scroll.show_end();
    Brush inner = brush.on(scroll.list());
    Rect place{scroll.origin().x, scroll.origin().y, width, heights.ladder};
    draw_ladder(inner, place, frame, focus.decision, rungs);
    place = {place.x, place.bottom() + gap, width, heights.lines};
    draw_dialogue(inner, place, frame, focus, intents);
    if (focus.advice)
        draw_advice(inner, {place.x, place.bottom() + gap, width, heights.box}, *focus.advice);
}

/// All in sight, the box with two lines at least; whether there is room for that.
bool draw_whole(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Rungs rungs,
                Intents& intents) {
    Heights heights{brush, rect.w, frame, focus, rungs};
    heights.ladder += brush.px(below_ladder);
    heights.lines += brush.px(2);
    float const title = brush.px(title_line_height);
    float const gap = focus.advice ? brush.px(above_box) : 0.0F;
    float const least = gap + std::min(least_advice_height(brush), heights.box);
    bool const titled = heights.ladder + title + heights.lines + gap + heights.box <= rect.h;
    float const above = heights.ladder + (titled ? title : 0.0F) + heights.lines;
    if (above + least > rect.h)
        return false;
    if (focus.advice) {
        float const height = std::min(heights.box, rect.h - above - gap);
        draw_advice(brush, {rect.x, rect.bottom() - height, rect.w, height}, *focus.advice);
        rect.h -= height + gap;
    }
    auto const take = [&rect](float height) {
        rect.y += height;
        rect.h -= height;
    };
    take(draw_ladder(brush, rect, frame, focus.decision, rungs) + brush.px(below_ladder));
    if (titled) {
        brush.text({rect.x, rect.y, rect.w, brush.px(26)}, brush.fonts.bold, brush.colours.ink,
                   "What was said");
        take(title);
    }
    draw_dialogue(brush, rect, frame, focus, intents);
    return true;
}

} // namespace

void draw_decision(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Rungs least,
                   Intents& intents) {
    if (!draw_whole(brush, rect, frame, focus, Rungs::with_reasons, intents) &&
        !draw_whole(brush, rect, frame, focus, least, intents))
        draw_column(brush, rect, frame, focus, least, intents);
}

} // namespace mailflow::viz
