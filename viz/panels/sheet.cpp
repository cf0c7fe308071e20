#include "viz/panels/sheet.hpp"

#include <algorithm>

namespace mailflow::viz {

Rect begin_sheet(Brush& brush, Rect window, float width, float height, std::string_view title,
                 Intents& intents) {
    float const margin = brush.px(16);
    Rect const card = around(window.centre(), std::min(brush.px(width), window.w - 2 * margin),
                             std::min(brush.px(height), window.h - 2 * margin));
    brush.fill(window, brush.colours.shade);
    brush.fill(card, brush.colours.surface, brush.px(14));
    float const pad = brush.px(22);
    float const cross = brush.px(36);
    brush.text({card.x + pad, card.y + brush.px(14), card.w - 2 * pad - cross, brush.px(36)},
               brush.fonts.title, brush.colours.ink, title);
    Rect const close{card.right() - pad - cross, card.y + brush.px(14), cross, cross};
    if (text_button(brush, "close sheet", close, "✕", ButtonLook::plain))
        intents.push_back(WorkIntent{ShowSheet{Sheet::none}});
    float const top = brush.px(60);
    return {card.x + pad, card.y + top, card.w - 2 * pad, card.h - top - pad};
}

} // namespace mailflow::viz
