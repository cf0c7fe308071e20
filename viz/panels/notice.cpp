#include "viz/panels/panels.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

void draw_notice(Brush& brush, Rect rect, Presenting const& presenting, Intents& intents) {
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.accent, brush.px(1.5F), brush.px(9));
    Rect const inner{rect.x + brush.px(16), rect.y, rect.w - brush.px(32), rect.h};
    if (!presenting.film_done) {
        brush.text(inner, brush.fonts.body, brush.colours.ink, presenting.notice, Align::centre);
        return;
    }
    float const button = brush.px(96);
    float const words = brush.px(150);
    brush.text({inner.x, inner.y, words, inner.h}, brush.fonts.bold, brush.colours.ink,
               fmt::format("Film: {:.0f} %", *presenting.film_done * 100));
    Rect track{inner.x + words, inner.centre().y - brush.px(4), inner.w - words - button - brush.px(16),
               brush.px(8)};
    brush.fill(track, brush.colours.track, brush.px(4));
    track.w *= static_cast<float>(*presenting.film_done);
    brush.fill(track, brush.colours.accent, brush.px(4));
    Rect const give_up{inner.right() - button, rect.y + brush.px(6), button, rect.h - brush.px(12)};
    if (text_button(brush, "give up film", give_up, "Cancel", ButtonLook::plain))
        intents.push_back(Order{GiveUpFilm{}});
}

} // namespace mailflow::viz
