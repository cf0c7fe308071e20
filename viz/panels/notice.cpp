#include "viz/panels/panels.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

/// On one line, or on two smaller ones where the window is too narrow for that.
void say(Brush& brush, Rect rect, std::string_view words, Align align) {
    constexpr std::size_t lines = 2;
    if (width_of(brush.fonts.body, words) <= rect.w) {
        brush.text(rect, brush.fonts.body, brush.colours.ink, words, align);
        return;
    }
    float const height = brush.paragraph_height(rect.w, brush.fonts.small, words, lines);
    brush.paragraph({rect.x, rect.centre().y - height / 2}, rect.w, brush.fonts.small, brush.colours.ink,
                    words, lines);
}

void draw_progress(Brush& brush, Rect rect, double done) {
    float const words = brush.px(150);
    brush.text({rect.x, rect.y, words, rect.h}, brush.fonts.bold, brush.colours.ink,
               fmt::format("Film: {:.0f} %", done * 100));
    Rect track{rect.x + words, rect.centre().y - brush.px(4), rect.w - words, brush.px(8)};
    brush.fill(track, brush.colours.track, brush.px(4));
    track.w *= static_cast<float>(done);
    brush.fill(track, brush.colours.accent, brush.px(4));
}

} // namespace

void draw_notice(Brush& brush, Rect rect, Presenting const& presenting, Intents& intents) {
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.accent, brush.px(1.5F), brush.px(9));
    brush.drawn.shapes.insert_or_assign("notice", rect);
    Rect const inner{rect.x + brush.px(16), rect.y, rect.w - brush.px(32), rect.h};
    if (!presenting.film_done) {
        say(brush, inner, presenting.notice, Align::centre);
        return;
    }
    float const button = brush.px(96);
    Rect const left{inner.x, inner.y, inner.w - button - brush.px(16), inner.h};
    if (presenting.notice_left_s > 0)
        say(brush, left, presenting.notice, Align::left);
    else
        draw_progress(brush, left, *presenting.film_done);
    Rect const give_up{inner.right() - button, rect.y + brush.px(6), button, rect.h - brush.px(12)};
    if (text_button(brush, "give up film", give_up, "Cancel", ButtonLook::plain))
        intents.push_back(Order{GiveUpFilm{}});
}

} // namespace mailflow::viz
