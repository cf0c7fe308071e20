// Undo, redo and the ways to keep what was changed: at the foot of every panel in which things change.
#include "viz/panels/work_panels.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

namespace mailflow::viz {

namespace {

/// A panel as wide as this, at scale 1, has all buttons beside each other.
constexpr float least_for_one_row = 620;

} // namespace

void draw_sheet_ground(Brush& brush, Rect rect) {
    brush.fill(rect, brush.colours.surface, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
}

float draw_history_buttons(Brush& brush, Rect rect, Workbench const& work, Intents& intents) {
    if (!work.is_open())
        return 0;
    float const gap = brush.px(6);
    float const height = brush.px(34);
    bool const troubled = !work.trouble().empty();
    float const words = troubled ? brush.paragraph_height(rect.w, brush.fonts.small, work.trouble(), 3) : 0;
    float const name_height = brush.px(20);
    bool const in_one_row = rect.w >= brush.px(least_for_one_row);
    float const all = (in_one_row ? 1 : 2) * (height + gap) + name_height + words + gap;
    float y = rect.bottom() - all + gap;
    brush.line({rect.x, y - gap}, {rect.right(), y - gap}, brush.colours.line, brush.px(1.2F));
    if (troubled)
        y +=
            brush.paragraph({rect.x, y}, rect.w, brush.fonts.small, brush.colours.refused, work.trouble(), 3);
    std::string const file = work.path().empty() ? "Not saved under any name yet"
                                                 : std::filesystem::path{work.path()}.filename().string();
    brush.text({rect.x, y, rect.w, name_height}, brush.fonts.small, brush.colours.quiet,
               fmt::format("{}{}", work.is_changed() ? "• " : "", file));
    brush.drawn.shapes.insert_or_assign(fmt::format("file:{}", file), Rect{rect.x, y, rect.w, name_height});
    y += name_height;
    float const third = in_one_row ? (rect.w - 4 * gap) / 5 : (rect.w - 2 * gap) / 3;
    // What cannot be done now is said by its words alone.
    auto const button = [&](float x, float width, char const* name, char const* said, bool possible,
                            WorkIntent intent) {
        Rect const place{x, y, width, height};
        if (!possible) {
            brush.outline(place, brush.colours.line, brush.px(1.2F), brush.px(7));
            brush.text(place, brush.fonts.bold, brush.colours.quiet, said, Align::centre);
            return;
        }
        if (text_button(brush, name, place, said, ButtonLook::plain))
            intents.push_back(std::move(intent));
    };
    EditedScenario const& scenario = work.scenario();
    button(rect.x, third, "undo", "Undo", scenario.can_undo(), Undo{});
    button(rect.x + third + gap, third, "redo", "Redo", scenario.can_redo(), Redo{});
    button(rect.x + 2 * (third + gap), third, "back to saved", "As saved", work.is_changed(), BackToSaved{});
    float const half = in_one_row ? third : (rect.w - gap) / 2;
    float const left = in_one_row ? rect.x + 3 * (third + gap) : rect.x;
    y += in_one_row ? 0 : height + gap;
    bool const to_save = work.is_changed() || work.path().empty();
    button(left, half, "save", to_save ? "Save" : "Saved", to_save, SaveFile{});
    button(left + half + gap, half, "save as", "Save as ...", true, ShowSheet{Sheet::save_as});
    return all;
}

} // namespace mailflow::viz
