// The canvas with its scene; where two runs stand side by side, with the name of each and a mark where they
// part.
#include "viz/panels/work_panels.hpp"
#include "viz/scene/scene.hpp"

namespace mailflow::viz {

void draw_canvas(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    brush.fill(rect, brush.colours.canvas, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    draw_caption(brush, rect, frame, view);
    draw_scene(brush, rect, frame, view, intents);
    if (!view.work.comparing || !frame.work.difference() || view.now < frame.work.difference()->at)
        return;
    brush.outline(rect, brush.colours.bounce, brush.px(3), brush.px(9));
}

void draw_side_label(Brush& brush, Rect rect, std::string_view words) {
    float const width = width_of(brush.fonts.bold, words) + brush.px(24);
    Rect const label{rect.x + brush.px(12), rect.bottom() - brush.px(38), width, brush.px(28)};
    brush.fill(label, brush.colours.ink, brush.px(14));
    brush.text(label, brush.fonts.bold, brush.colours.surface, words, Align::centre);
}

} // namespace mailflow::viz
