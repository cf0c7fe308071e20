// The question before something is done that leaves mistakes behind.
#include "viz/panels/sheet.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

// At scale 1.
constexpr float sheet_width = 560;
constexpr float around_words = 60 + 22 + 56; // the title, the margin at the foot, the buttons
constexpr float between_parts = 6;
constexpr std::size_t most_lines_of_doubt = 4; // of one paragraph

} // namespace

void draw_doubt(Panel& panel, Rect rect, Frame const&, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    Doubt const& doubt = view.work.doubt;
    float const inner = std::min(brush.px(sheet_width), rect.w - brush.px(32)) - brush.px(44);
    float words = 0;
    for (std::string const& paragraph : doubt.words)
        words += brush.paragraph_height(inner, brush.fonts.body, paragraph, most_lines_of_doubt) +
                 brush.px(between_parts);
    Rect const inside =
        begin_sheet(brush, rect, sheet_width, around_words + words / brush.px(1), doubt.title, intents);
    float const buttons = inside.bottom() - brush.px(40);
    float y = inside.y;
    for (std::string const& paragraph : doubt.words) {
        if (y + brush.paragraph_height(inside.w, brush.fonts.body, paragraph, most_lines_of_doubt) > buttons)
            break; // as many as a low window has room for
        y += brush.paragraph({inside.x, y}, inside.w, brush.fonts.body, brush.colours.ink, paragraph,
                             most_lines_of_doubt) +
             brush.px(between_parts);
    }
    float const gap = brush.px(10);
    Rect const yes{inside.x, buttons, (inside.w - gap) / 2, brush.px(38)};
    if (text_button(brush, "doubt:yes", yes, doubt.yes, ButtonLook::plain))
        intents.push_back(doubt.then);
    Rect const no{yes.right() + gap, yes.y, yes.w, yes.h};
    if (text_button(brush, "doubt:no", no, doubt.no, ButtonLook::chosen))
        intents.push_back(WorkIntent{ShowSheet{Sheet::none}});
}

} // namespace mailflow::viz
