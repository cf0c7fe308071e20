#include "viz/draw/icons.hpp"
#include "viz/panels/panels.hpp"

namespace mailflow::viz {

namespace {

constexpr std::size_t most_rung_lines = 2;
constexpr float text_left = 44;

float text_width(Brush const& brush, float width) {
    return width - brush.px(text_left + 8);
}

/// One rule of the ladder, as it is drawn.
struct Look {
    bool decided = false;
    bool named_alone = false; // without its reason

    [[nodiscard]] Face const& sentence_font(Brush const& brush) const {
        return named_alone ? brush.fonts.small : brush.fonts.bold;
    }
    [[nodiscard]] Face const& reason_font(Brush const& brush) const {
        return decided ? brush.fonts.small_bold : brush.fonts.small;
    }
};

void draw_rung(Brush& brush, Rect rect, Rung const& rung, Look const& look, Ladder const& ladder) {
    bool const refused = ladder.verdict == Verdict::refuse;
    bool const later = refused && class_of(ladder.saying) == SayingClass::transient;
    bool const decided = look.decided;
    Colour const colour = !decided  ? brush.colours.quiet
                          : later   ? brush.colours.deferred
                          : refused ? brush.colours.refused
                                    : brush.colours.accepted;
    Colour const fill = !decided  ? brush.colours.surface
                        : later   ? faded(brush.colours.deferred, 0.12F)
                        : refused ? brush.colours.refused_fill
                                  : brush.colours.accepted_fill;
    brush.fill(rect, fill, brush.px(9));
    brush.outline(rect, decided ? colour : brush.colours.line, brush.px(decided ? 2.5F : 1.2F), brush.px(9));
    Point const centre{rect.x + brush.px(24), rect.centre().y};
    float const size = look.named_alone ? 0.75F : 1.0F;
    brush.disc(centre, brush.px(13 * size), brush.colours.surface);
    brush.ring(centre, brush.px(12 * size), colour, brush.px(2.4F));
    if (rung.match == Match::yes)
        draw_tick(brush, centre, brush.px(5.5F * size), colour, brush.px(2.6F));
    else
        draw_cross(brush, centre, brush.px(4.5F * size), colour, brush.px(2.4F));
    float const x = rect.x + brush.px(text_left);
    float const w = text_width(brush, rect.w);
    float y = rect.y + brush.px(4);
    y += brush.paragraph({x, y}, w, look.sentence_font(brush), brush.colours.ink, rung.sentence,
                         most_rung_lines);
    if (!look.named_alone)
        brush.paragraph({x, y}, w, look.reason_font(brush), decided ? colour : brush.colours.quiet,
                        rung.because, most_rung_lines);
}

float rung_height(Brush const& brush, float width, Rung const& rung, Look const& look) {
    float const w = text_width(brush, width);
    float const sentence =
        brush.px(8) + brush.paragraph_height(w, look.sentence_font(brush), rung.sentence, most_rung_lines);
    return look.named_alone
               ? sentence
               : sentence + brush.paragraph_height(w, look.reason_font(brush), rung.because, most_rung_lines);
}

Look look_of(Ladder const& ladder, std::size_t rung, Rungs rungs) {
    bool const decided = rung + 1 == ladder.rungs.size();
    return {decided, rungs == Rungs::as_names && !decided};
}

std::string asked(Ladder const& ladder) {
    return ladder.about + ": " + ladder.question;
}

} // namespace

float ladder_height(Brush const& brush, float width, Frame const& frame, DecisionId decision, Rungs rungs) {
    Ladder const ladder = ladder_of(frame.world, frame.trace, frame.trace.decisions[decision]);
    float height =
        brush.px(36) + brush.paragraph_height(width, brush.fonts.small, asked(ladder), most_rung_lines);
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i)
        height += rung_height(brush, width, ladder.rungs[i], look_of(ladder, i, rungs)) + brush.px(6);
    return height;
}

float draw_ladder(Brush& brush, Rect rect, Frame const& frame, DecisionId decision, Rungs rungs) {
    Ladder const ladder = ladder_of(frame.world, frame.trace, frame.trace.decisions[decision]);
    float y = rect.y;
    brush.drawn.shapes.insert_or_assign("ladder", rect);
    brush.text({rect.x, y, rect.w, brush.px(28)}, brush.fonts.head, brush.colours.ink,
               label_of(frame.world, ladder.server) + " decides");
    y += brush.px(28);
    y += brush.paragraph({rect.x, y}, rect.w, brush.fonts.small, brush.colours.quiet, asked(ladder),
                         most_rung_lines);
    y += brush.px(8);
    for (std::size_t i = 0; i < ladder.rungs.size(); ++i) {
        Look const look = look_of(ladder, i, rungs);
        Rect const rung{rect.x, y, rect.w, rung_height(brush, rect.w, ladder.rungs[i], look)};
        draw_rung(brush, rung, ladder.rungs[i], look, ladder);
        brush.drawn.shapes.insert_or_assign("rung:" + std::to_string(i), rung);
        if (!look.named_alone)
            brush.drawn.shapes.insert_or_assign("reason:" + std::to_string(i), rung);
        y += rung.h + brush.px(6);
    }
    return y - rect.y;
}

} // namespace mailflow::viz
