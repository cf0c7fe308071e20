#include "report/words/words.hpp"
#include "viz/draw/fields.hpp"
#include "viz/panels/panels.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

std::string words_of(Advice const& advice) {
    return with_capital(advice.culprit + ": " + advice.text);
}

constexpr char const* advice_heading = "Who has to mend it?";

void draw_box(Brush& brush, Rect rect) {
    brush.fill(rect, brush.colours.advice_fill, brush.px(9));
    brush.outline(rect, brush.colours.bounce, brush.px(2), brush.px(9));
    brush.text({rect.x + brush.px(14), rect.y + brush.px(8), rect.w - brush.px(28), brush.px(26)},
               brush.fonts.bold, brush.colours.ink, advice_heading);
}

constexpr std::size_t most_advice_lines = 10;

} // namespace

float advice_height(Brush const& brush, float width, Advice const& advice) {
    return brush.px(46) + brush.paragraph_height(width - brush.px(28), brush.fonts.small, words_of(advice),
                                                 most_advice_lines);
}

float least_advice_height(Brush const& brush, float width, Advice const& advice, Least least) {
    float const all = advice_height(brush, width, advice);
    if (least == Least::all)
        return all;
    if (least == Least::lines)
        return std::min(all, brush.px(46) + 2 * brush.paragraph_height(width, brush.fonts.small, "x", 1));
    Advice begins = advice;
    if (least == Least::name)
        begins.text.clear();
    else if (std::size_t const end = advice.text.find(". "); end != std::string::npos)
        begins.text.resize(end + 1);
    return advice_height(brush, width, begins);
}

float advice_height_within(Brush const& brush, float width, Advice const& advice, float most) {
    float const whole = advice_height(brush, width, advice);
    if (whole <= most)
        return whole;
    float const line = brush.paragraph_height(width, brush.fonts.small, "x", 1);
    return brush.px(46) + std::max(std::floor((most - brush.px(46)) / line), 1.0F) * line;
}

void draw_advice(Brush& brush, Rect rect, Advice const& advice) {
    draw_box(brush, rect);
    float const x = rect.x + brush.px(14);
    brush.drawn.shapes.insert_or_assign("advice", rect);
    float const top = brush.px(36);
    if (rect.h >= advice_height(brush, rect.w, advice)) {
        brush.paragraph({x, rect.y + top}, rect.w - brush.px(28), brush.fonts.small, brush.colours.ink,
                        words_of(advice), most_advice_lines);
        return;
    }
    float const line = brush.paragraph_height(rect.w, brush.fonts.small, "x", 1);
    Rect const room{x, rect.y + top, rect.right() - x - brush.px(4), // no line is seen by half
                    std::max(std::floor((rect.h - top - brush.px(8)) / line), 1.0F) * line};
    brush.drawn.shapes.insert_or_assign("advice words", room);
    brush.drawn.shapes.insert_or_assign("line of advice", Rect{room.x, room.y, room.w, line});
    FlowArea area{brush, "advice words", room};
    Brush inner = area.brush();
    float const used = inner.paragraph(area.origin(), area.width(), brush.fonts.small, brush.colours.ink,
                                       words_of(advice), most_advice_lines);
    area.end_at(area.origin().y + used);
}

} // namespace mailflow::viz
