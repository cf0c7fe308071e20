// A decision with all that belongs to it: the ladder of rules, what was said, and who has to mend it.
#include "viz/panels/panels.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace mailflow::viz {

namespace {

constexpr float below_ladder = 4; // at scale 1, as all of these
constexpr float title_line_height = 30;
constexpr float above_box = 12;
constexpr float between = 10; // in the column

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

/// The yellow box at the bottom, as high as it may be; what is above gets the rest.
void put_advice(Brush& brush, Rect& rect, Advice const& advice, float most) {
    float const height = advice_height_within(brush, rect.w, advice, most);
    draw_advice(brush, {rect.x, rect.bottom() - height, rect.w, height}, advice);
    rect.h -= height + brush.px(above_box);
}

/// The ladder and the lines that matter below each other, to be scrolled: from the top, or where they do not
/// fit as far down as the rule that decided and what was said need. Who has to mend it stands below, whatever
/// is scrolled.
void draw_column(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Rungs rungs,
                 Intents& intents) {
    if (focus.advice)
        put_advice(brush, rect, *focus.advice,
                   std::max(least_advice_height(brush, rect.w, *focus.advice, Least::name), rect.h / 4));
    float const width = rect.w - brush.px(10);
    Heights const heights{brush, width, frame, focus, rungs};
    float const gap = brush.px(between);
    float const whole = heights.ladder + gap + heights.lines;
    float const seen_from = whole <= rect.h ? 0
                                            : heights.ladder + std::min(gap + heights.lines, rect.h * 0.6F) -
                                                  rect.h * 0.4F - brush.px(6);
    ScrollArea scroll{brush, "decision", rect, whole, static_cast<int>(focus.decision.index), seen_from};
    Brush inner = brush.on(scroll.list());
    Rect place{scroll.origin().x, scroll.origin().y, width, heights.ladder};
    draw_ladder(inner, place, frame, focus.decision, rungs);
    place = {place.x, place.bottom() + gap, width, heights.lines};
    draw_dialogue(inner, place, frame, focus, intents);
}

/// All in sight, of the box so much at least; whether there is room for that.
bool draw_whole(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Rungs rungs, Least least,
                Intents& intents) {
    Heights heights{brush, rect.w, frame, focus, rungs};
    heights.ladder += brush.px(below_ladder);
    heights.lines += brush.px(2);
    float const title = brush.px(title_line_height);
    float const gap = focus.advice ? brush.px(above_box) : 0.0F;
    float const of_box = focus.advice ? least_advice_height(brush, rect.w, *focus.advice, least) : 0.0F;
    bool const titled = heights.ladder + title + heights.lines + gap + heights.box <= rect.h;
    float const above = heights.ladder + (titled ? title : 0.0F) + heights.lines;
    if (above + gap + of_box > rect.h)
        return false;
    if (focus.advice)
        put_advice(brush, rect, *focus.advice, rect.h - above - gap);
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

/// Whether the letters are larger than the window's usual ones, for those who sit far away.
bool has_large_letters(Brush const& brush) {
    return brush.fonts.small.size > brush.px(TextSizes{}.small);
}

/// The type as it is; large letters smaller, too, down to some that are about the usual ones: all that a
/// decision is about in smaller letters tells more than a part of it.
std::vector<Brush> smaller_types(Brush const& brush) {
    std::vector<Brush> types{brush};
    if (has_large_letters(brush))
        for (float const step : {0.92F, 0.85F, 0.78F})
            types.push_back(brush.sized(step));
    return types;
}

/// What is tried, one after the other, where not all finds room: the reasons matter most to somebody at a
/// desk; for those who sit far away, who has to mend it is to be read to its end.
struct ShownParts {
    bool with_reasons = true;
    Least of_box = Least::all;
};
constexpr std::array at_a_desk{ShownParts{true, Least::all}, ShownParts{true, Least::lines},
                               ShownParts{false, Least::all}, ShownParts{false, Least::lines}};
constexpr std::array far_away{ShownParts{true, Least::all}, ShownParts{false, Least::all},
                              ShownParts{true, Least::sentence}, ShownParts{false, Least::sentence}};

} // namespace

void draw_decision(Brush& brush, Rect rect, Frame const& frame, Focus const& focus, Rungs least,
                   Intents& intents) {
    std::vector<Brush> const types = smaller_types(brush);
    for (ShownParts const& parts : has_large_letters(brush) ? far_away : at_a_desk)
        for (Brush type : types)
            if (draw_whole(type, rect, frame, focus, parts.with_reasons ? Rungs::with_reasons : least,
                           parts.of_box, intents))
                return;
    Brush smallest = types.back();
    draw_column(smallest, rect, frame, focus, least, intents);
}

} // namespace mailflow::viz
