#include "viz/panels/panels.hpp"
#include "viz/shortcuts.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

namespace mailflow::viz {

void draw_keys_card(Brush& brush, Rect window, Intents& intents) {
    struct Line {
        std::string_view keys;
        std::string_view words;
    };
    std::vector<Line> lines;
    for (Shortcut const& shortcut : shortcuts())
        if (!shortcut.keys.empty())
            lines.push_back({shortcut.keys, shortcut.words});
    lines.push_back({"click", "a machine, an envelope, an event: its details"});
    // As many columns as it takes to stand within the window.
    float const step = brush.px(30);
    float const most = std::max(window.h - brush.px(120), step);
    auto const rows = static_cast<std::size_t>(std::max(1.0F, std::floor(most / step)));
    std::size_t const columns = (lines.size() + rows - 1) / rows;
    std::size_t const in_each = (lines.size() + columns - 1) / columns;
    float const width = brush.px(440);
    float const pad = brush.px(28);
    Rect const card = kept_within(around(window.centre(), width * static_cast<float>(columns) + 2 * pad,
                                         brush.px(80) + step * static_cast<float>(in_each)),
                                  window);
    brush.fill(window, brush.colours.shade);
    if (press_area(brush.drawn, "keys card", window).clicked)
        intents.push_back(ShowCard{Card::keys});
    brush.fill(card, brush.colours.surface, brush.px(14));
    brush.text({card.x + pad, card.y + brush.px(18), width, brush.px(30)}, brush.fonts.title,
               brush.colours.ink, "Keys");
    for (std::size_t i = 0; i < lines.size(); ++i) {
        float const x = card.x + pad + width * static_cast<float>(i / in_each);
        float const y = card.y + brush.px(58) + step * static_cast<float>(i % in_each);
        float const keys = brush.px(118);
        brush.text({x, y, keys - brush.px(8), step}, brush.fonts.bold, brush.colours.accent, lines[i].keys);
        brush.text({x + keys, y, width - keys - brush.px(16), step}, brush.fonts.body, brush.colours.ink,
                   lines[i].words);
    }
}

} // namespace mailflow::viz
