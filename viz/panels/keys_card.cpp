#include "viz/draw/fields.hpp"
#include "viz/panels/panels.hpp"
#include "viz/shortcuts.hpp"

#include <algorithm>
#include <string_view>
#include <vector>

namespace mailflow::viz {

namespace {

// At scale 1.
constexpr float step = 30;
constexpr float column_width = 440;
constexpr float keys_width = 118;
constexpr float head = 58;
constexpr float keys_sides = 28;
constexpr std::size_t most_columns = 4;
/// Lines stand closer together down to this, columns to that; before that the keys are scrolled. Their type
/// always has the size that it has elsewhere in the window.
constexpr float least_size = 0.84F;
constexpr float least_across = 0.93F;

struct Line {
    std::string_view keys;
    std::string_view words;
};

std::vector<Line> lines_of_card() {
    std::vector<Line> lines;
    for (Shortcut const& shortcut : shortcuts())
        if (!shortcut.keys.empty())
            lines.push_back({shortcut.keys, shortcut.words});
    // Those that mean the same everywhere, and therefore no intent of their own.
    lines.push_back({"Tab  Shift+Tab", "to the next control or machine, and back"});
    lines.push_back({"Enter  Space", "presses what has the ring around it"});
    lines.push_back({"Enter", "in a dialog's field: opens what is found, saves"});
    lines.push_back({"click", "shows the details of what it hits"});
    return lines;
}

/// So many columns of so many lines, and how large they can be drawn in the window: 1 as usual.
struct CardPlan {
    std::size_t columns = 1;
    std::size_t rows = 1;
    float size = 0;
};

CardPlan plan_card(float width, float height, std::size_t count) {
    CardPlan best;
    for (std::size_t columns = 1; columns <= most_columns; ++columns) {
        std::size_t const rows = (count + columns - 1) / columns;
        float const across = width / (column_width * static_cast<float>(columns) + 2 * keys_sides);
        if (columns > 1 && across < least_across)
            break;
        float const down = height / (head + step * static_cast<float>(rows) + keys_sides);
        if (float const size = std::min({across, down, 1.0F}); size > best.size)
            best = {columns, rows, size};
    }
    return best;
}

void draw_lines(Brush& brush, Point at, float width, std::vector<Line> const& lines, std::size_t rows) {
    float const keys = brush.px(keys_width);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        Rect const line{at.x + width * static_cast<float>(i / rows),
                        at.y + brush.px(step) * static_cast<float>(i % rows), width, brush.px(step)};
        brush.text({line.x, line.y, keys - brush.px(8), line.h}, brush.fonts.bold, brush.colours.accent,
                   lines[i].keys);
        Rect const words{line.x + keys, line.y, width - keys - brush.px(16), line.h};
        brush.text(words, brush.fonts.body, brush.colours.ink, lines[i].words);
        brush.drawn.shapes.insert_or_assign("key:" + std::string{lines[i].keys}, line);
    }
}

} // namespace

void draw_keys_card(Brush& window_brush, Rect window, Intents& intents) {
    std::vector<Line> const lines = lines_of_card();
    float const margin = window_brush.px(8);
    CardPlan plan = plan_card((window.w - 2 * margin) / window_brush.px(1),
                              (window.h - 2 * margin) / window_brush.px(1), lines.size());
    bool const scrolls = plan.size < least_size;
    if (scrolls)
        plan = {1, lines.size(), least_size};
    Brush brush = window_brush.sized(plan.size, 1);
    float const width = brush.px(column_width * static_cast<float>(plan.columns) + 2 * keys_sides);
    float const height = brush.px(head + step * static_cast<float>(plan.rows) + keys_sides);
    Rect const card = around(window.centre(), std::min(width, window.w - 2 * margin),
                             std::min(height, window.h - 2 * margin));
    brush.fill(window, brush.colours.shade);
    brush.fill(card, brush.colours.surface, brush.px(14));
    brush.drawn.shapes.insert_or_assign("keys", card);
    brush.text({card.x + brush.px(keys_sides), card.y + brush.px(18), card.w - 2 * brush.px(keys_sides),
                brush.px(30)},
               brush.fonts.title, brush.colours.ink, "Keys");
    Rect const close{card.right() - brush.px(keys_sides + 34), card.y + brush.px(14), brush.px(34),
                     brush.px(34)};
    if (text_button(brush, "close keys", close, "×", ButtonLook::plain))
        intents.push_back(ShowCard{Card::keys});
    Rect const inside{card.x + brush.px(keys_sides), card.y + brush.px(head),
                      card.w - 2 * brush.px(keys_sides), card.h - brush.px(head + 8)};
    if (scrolls) {
        FlowArea area{brush, "keys list", inside};
        Brush scrolled = area.brush();
        draw_lines(scrolled, area.origin(), area.width(), lines, plan.rows);
        area.end_at(area.origin().y + brush.px(step) * static_cast<float>(plan.rows));
    } else {
        draw_lines(brush, {inside.x, inside.y}, inside.w / static_cast<float>(plan.columns), lines,
                   plan.rows);
    }
    if (press_area(brush.drawn, "keys card", window).clicked)
        intents.push_back(ShowCard{Card::keys});
}

} // namespace mailflow::viz
