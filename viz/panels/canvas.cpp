// The canvas with its scene; where two runs are compared, with the name of each and a mark once they have
// parted.
#include "viz/panels/work_panels.hpp"
#include "viz/scene/scene.hpp"

#include <fmt/format.h>

namespace mailflow::viz {

namespace {

/// The name of the run, before its caption: what it takes of the caption's width.
float draw_run_name(Brush& brush, Rect rect, std::string_view name) {
    float const width = width_of(brush.fonts.bold, name) + brush.px(24);
    Rect const label{rect.x + brush.px(14), rect.y + brush.px(7), width, brush.px(28)};
    brush.fill(label, brush.colours.ink, brush.px(14));
    brush.text(label, brush.fonts.bold, brush.colours.surface, name, Align::centre);
    brush.drawn.shapes.insert_or_assign(fmt::format("run:{}", name), label);
    return label.right() - rect.x - brush.px(6);
}

} // namespace

void draw_canvas(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents,
                 std::string_view run) {
    brush.fill(rect, brush.colours.canvas, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    float const named = run.empty() ? 0 : draw_run_name(brush, rect, run);
    draw_caption(brush, {rect.x + named, rect.y, rect.w - named, rect.h}, frame, view);
    draw_scene(brush, rect, frame, view, intents);
    if (!view.work.comparing || !frame.work.difference() || view.now < frame.work.difference()->at)
        return;
    brush.outline(rect, brush.colours.bounce, brush.px(3), brush.px(9));
}

} // namespace mailflow::viz
