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

constexpr std::string_view way_back_words = "Whole picture";

/// Where the way back from a part of the picture stands; empty where all of it is seen, or nothing but it.
Rect way_back_in(Brush const& brush, Rect rect, ViewState const& view) {
    if (view.camera == Camera{} || view.opened <= opening::closed || view.presenting.canvas_alone)
        return {};
    float const w = width_of(brush.fonts.small_bold, way_back_words) + brush.px(22);
    float const h = brush.px(24);
    return {rect.right() - w - brush.px(10), rect.bottom() - h - brush.px(10), w, h};
}

} // namespace

void draw_canvas(Brush& brush, Rect rect, Frame const& frame, ViewState const& view, Intents& intents,
                 std::string_view run) {
    brush.fill(rect, brush.colours.canvas, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    float named = run.empty() ? 0 : draw_run_name(brush, rect, run);
    if (frame.world.hosts.empty()) // beside the list that is brought out: all begins with both
        named = std::max(named, frame.screen.list_out.right() - rect.x);
    draw_caption(brush, {rect.x + named, rect.y, rect.w - named, rect.h}, frame, view);
    // It lies over the scene, so that it is asked before that, and drawn after it.
    Rect const way_back = way_back_in(brush, rect, view);
    bool const is_off = way_back.w > 0 && press_area(brush.drawn, "whole picture", way_back).clicked;
    draw_scene(brush, rect, frame, view, intents);
    if (way_back.w > 0) {
        brush.fill(way_back, brush.colours.surface, way_back.h / 2);
        brush.outline(way_back, brush.colours.accent, brush.px(1.5F), way_back.h / 2);
        brush.text(way_back, brush.fonts.small_bold, brush.colours.accent, way_back_words, Align::centre);
    }
    if (is_off)
        intents.push_back(SetCamera{});
    if (!view.work.comparing || !frame.work.difference() || view.now < frame.work.difference()->at)
        return;
    brush.outline(rect, brush.colours.bounce, brush.px(3), brush.px(9));
}

} // namespace mailflow::viz
