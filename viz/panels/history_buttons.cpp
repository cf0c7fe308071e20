// Undo, redo and the ways to keep what was changed: at the foot of every panel in which things change.
#include "viz/panels/work_panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <span>

namespace mailflow::viz {

namespace {

// At scale 1: the least room beside the words of a button; and a panel lower than this leaves the name of the
// file out, to keep room for what is changed.
constexpr float least_beside_words = 11;
constexpr float least_for_all = 220;
constexpr float gap_between = 5;

/// One of the buttons; what cannot be done now is said by its words alone.
struct HistoryButton {
    char const* name;
    char const* words;
    bool possible;
    WorkIntent intent;
};

void draw_button(Brush& brush, Face font, Rect place, HistoryButton const& button, Intents& intents) {
    if (!button.possible) {
        brush.outline(place, brush.colours.line, brush.px(1.2F), brush.px(7));
        brush.text(place, font, brush.colours.quiet, button.words, Align::centre);
        return;
    }
    if (text_button(brush, button.name, place, button.words, ButtonLook::plain, font))
        intents.push_back(button.intent);
}

/// What is left of the width for the room beside their words.
float spare_of(Brush const& brush, Face font, float width, std::span<HistoryButton const> buttons) {
    float spare = width - brush.px(gap_between) * static_cast<float>(buttons.size() - 1);
    for (HistoryButton const& button : buttons)
        spare -= width_of(font, button.words);
    return spare;
}

/// The larger of the faces in which the words of all have room beside each other, in as few rows as can be.
struct ButtonRows {
    Face font;
    std::size_t in_a_row;
};
ButtonRows button_rows(Brush const& brush, float width, std::span<HistoryButton const> buttons) {
    for (std::size_t const in_a_row : {buttons.size(), (buttons.size() + 1) / 2})
        for (Face const font : {brush.fonts.bold, brush.fonts.small_bold}) {
            auto const row = buttons.first(in_a_row);
            float const least = brush.px(least_beside_words) * static_cast<float>(in_a_row);
            if (spare_of(brush, font, width, row) >= least)
                return {font, in_a_row};
        }
    return {brush.fonts.small_bold, (buttons.size() + 1) / 2};
}

/// Beside each other, over the whole width; each has what its words need, and the same more.
void draw_row(Brush& brush, Face font, Rect row, std::span<HistoryButton const> buttons, Intents& intents) {
    float const spare = spare_of(brush, font, row.w, buttons) / static_cast<float>(buttons.size());
    float x = row.x;
    for (HistoryButton const& button : buttons) {
        float const width = width_of(font, button.words) + spare;
        draw_button(brush, font, {x, row.y, width, row.h}, button, intents);
        x += width + brush.px(gap_between);
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
    EditedScenario const& scenario = work.scenario();
    bool const to_save = work.differs_from_file() || work.path().empty() || work.is_gone();
    std::array<HistoryButton, 5> const buttons{
        {{"undo", "Undo", scenario.can_undo(), Undo{}},
         {"redo", "Redo", scenario.can_redo(), Redo{}},
         {"back to saved", "As saved", work.is_changed(), BackToSaved{}},
         {"save", to_save ? "Save" : "Saved", to_save, SaveFile{}},
         {"save as", "Save as ...", true, ShowSheet{Sheet::save_as}}}};
    std::span<HistoryButton const> left{buttons};
    ButtonRows const rows = button_rows(brush, rect.w, left);
    float const gap = brush.px(gap_between);
    bool const low = rect.h < brush.px(least_for_all);
    float const height = brush.px(28);
    bool const troubled = !work.trouble().empty();
    float const words = troubled ? brush.paragraph_height(rect.w, brush.fonts.small, work.trouble(), 3) : 0;
    float const name_height = low ? 0 : brush.px(20);
    float const all =
        (rows.in_a_row == left.size() ? 1.0F : 2.0F) * (height + gap) + name_height + words + gap;
    float y = rect.bottom() - all + gap;
    brush.line({rect.x, y - gap}, {rect.right(), y - gap}, brush.colours.line, brush.px(1.2F));
    if (troubled)
        y +=
            brush.paragraph({rect.x, y}, rect.w, brush.fonts.small, brush.colours.refused, work.trouble(), 3);
    std::string const file = work.path().empty() ? "Not saved under any name yet"
                                                 : std::filesystem::path{work.path()}.filename().string();
    if (!low) {
        brush.text({rect.x, y, rect.w, name_height}, brush.fonts.small, brush.colours.quiet,
                   fmt::format("{}{}", work.differs_from_file() ? "• " : "", file));
        brush.drawn.shapes.insert_or_assign(fmt::format("file:{}", file),
                                            Rect{rect.x, y, rect.w, name_height});
    }
    y += name_height;
    float const top = y - name_height;
    brush.drawn.shapes.insert_or_assign("history", Rect{rect.x, top, rect.w, rect.bottom() - top});
    for (; !left.empty(); y += height + gap) {
        std::size_t const count = std::min(rows.in_a_row, left.size());
        draw_row(brush, rows.font, {rect.x, y, rect.w, height}, left.first(count), intents);
        left = left.subspan(count);
    }
    return all;
}

} // namespace mailflow::viz
