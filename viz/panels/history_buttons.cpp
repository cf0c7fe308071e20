// Undo, redo and the ways to keep what was changed: at the foot of every panel in which things change.
#include "viz/panels/work_panels.hpp"

#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <span>

namespace mailflow::viz {

namespace {

// At scale 1: a panel as wide as the one has all buttons beside each other; so has one that is as low as the
// other, and leaves the rest out, to keep room for what is changed.
constexpr float least_for_one_row = 620;
constexpr float least_for_all = 220;

/// One of the buttons; what cannot be done now is said by its words alone.
struct HistoryButton {
    char const* name;
    char const* words;
    bool possible;
    WorkIntent intent;
};

void draw_button(Brush& brush, Rect place, HistoryButton const& button, Intents& intents) {
    if (!button.possible) {
        brush.outline(place, brush.colours.line, brush.px(1.2F), brush.px(7));
        brush.text(place, brush.fonts.bold, brush.colours.quiet, button.words, Align::centre);
        return;
    }
    if (text_button(brush, button.name, place, button.words, ButtonLook::plain))
        intents.push_back(button.intent);
}

/// Beside each other, over the whole width; each has what its words need, and the same more.
void draw_row(Brush& brush, Rect row, std::span<HistoryButton const> buttons, Intents& intents) {
    float const gap = brush.px(6);
    float spare = row.w - gap * static_cast<float>(buttons.size() - 1);
    for (HistoryButton const& button : buttons)
        spare -= width_of(brush.fonts.bold, button.words);
    float x = row.x;
    for (HistoryButton const& button : buttons) {
        float const width =
            width_of(brush.fonts.bold, button.words) + spare / static_cast<float>(buttons.size());
        draw_button(brush, {x, row.y, width, row.h}, button, intents);
        x += width + gap;
    }
}

} // namespace

void draw_sheet_ground(Brush& brush, Rect rect) {
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
}

float draw_history_buttons(Brush& brush, Rect rect, Workbench const& work, Intents& intents) {
    if (!work.is_open())
        return 0;
    float const gap = brush.px(6);
    bool const low = rect.h < brush.px(least_for_all);
    bool const in_one_row = low || rect.w >= brush.px(least_for_one_row);
    float const height = brush.px(low ? 28.0F : 34.0F);
    bool const troubled = !work.trouble().empty();
    float const words = troubled ? brush.paragraph_height(rect.w, brush.fonts.small, work.trouble(), 3) : 0;
    float const name_height = low ? 0 : brush.px(20);
    float const all = (in_one_row ? 1.0F : 2.0F) * (height + gap) + name_height + words + gap;
    float y = rect.bottom() - all + gap;
    brush.line({rect.x, y - gap}, {rect.right(), y - gap}, brush.colours.line, brush.px(1.2F));
    if (troubled)
        y +=
            brush.paragraph({rect.x, y}, rect.w, brush.fonts.small, brush.colours.refused, work.trouble(), 3);
    std::string const file = work.path().empty() ? "Not saved under any name yet"
                                                 : std::filesystem::path{work.path()}.filename().string();
    if (!low) {
        brush.text({rect.x, y, rect.w, name_height}, brush.fonts.small, brush.colours.quiet,
                   fmt::format("{}{}", work.is_changed() ? "• " : "", file));
        brush.drawn.shapes.insert_or_assign(fmt::format("file:{}", file),
                                            Rect{rect.x, y, rect.w, name_height});
    }
    y += name_height;
    EditedScenario const& scenario = work.scenario();
    bool const to_save = work.is_changed() || work.path().empty() || work.is_gone();
    std::array<HistoryButton, 5> const buttons{
        {{"undo", "Undo", scenario.can_undo(), Undo{}},
         {"redo", "Redo", scenario.can_redo(), Redo{}},
         {"back to saved", "As saved", work.is_changed(), BackToSaved{}},
         {"save", to_save ? "Save" : "Saved", to_save, SaveFile{}},
         {"save as", "Save as ...", true, ShowSheet{Sheet::save_as}}}};
    if (in_one_row) {
        draw_row(brush, {rect.x, y, rect.w, height}, buttons, intents);
        return all;
    }
    float const third = (rect.w - 2 * gap) / 3;
    for (std::size_t n = 0; n < 3; ++n)
        draw_button(brush, {rect.x + static_cast<float>(n) * (third + gap), y, third, height}, buttons[n],
                    intents);
    y += height + gap;
    float const half = (rect.w - gap) / 2;
    draw_button(brush, {rect.x, y, half, height}, buttons[3], intents);
    draw_button(brush, {rect.x + half + gap, y, half, height}, buttons[4], intents);
    return all;
}

} // namespace mailflow::viz
