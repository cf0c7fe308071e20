// The table of panels, from the lowest to the one on top: where each stands, when it is shown, and what it is
// handed. A new panel is a file of its own and a row here; a new mode is a row of `mode_table`.
#include "viz/panels/panels.hpp"
#include "viz/scene/scene.hpp"

#include <array>

namespace mailflow::viz {

namespace {

bool always(ViewState const&) {
    return true;
}

bool with_panels(ViewState const& view) {
    return !view.presenting.canvas_alone;
}

bool without_panels(ViewState const& view) {
    return view.presenting.canvas_alone;
}

bool with_text(ViewState const& view) {
    return view.presenting.text;
}

bool with_present_card(ViewState const& view) {
    return view.card == Card::present;
}

bool with_notice(ViewState const& view) {
    return view.presenting.film_done || view.presenting.notice_left_s > 0;
}

bool with_keys_card(ViewState const& view) {
    return view.card == Card::keys;
}

void canvas(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    brush.fill(rect, brush.colours.canvas, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    draw_caption(brush, rect, frame, view);
    draw_scene(brush, rect, frame, view, intents);
}

void header(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    draw_header(panel.brush, rect, frame.world, view, intents);
}

void transport(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    draw_transport(panel.brush, rect, frame, view, intents);
}

/// The timeline as a thin line, where there is no room for more.
void thin_line(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents&) {
    panel.brush.fill(rect, panel.brush.colours.track);
    rect.w *= static_cast<float>(frame.pace.axis_of(view.now));
    panel.brush.fill(rect, panel.brush.colours.dns);
}

void text_view(Panel& panel, Rect rect, Frame const& frame, ViewState const&, Intents& intents) {
    draw_text_view(panel, rect, frame.text, intents);
}

void present_card(Panel& panel, Rect rect, Frame const&, ViewState const& view, Intents& intents) {
    draw_present_card(panel.brush, rect, view, intents);
}

void notice(Panel& panel, Rect rect, Frame const&, ViewState const& view, Intents& intents) {
    draw_notice(panel.brush, rect, view.presenting, intents);
}

bool with_filter(ViewState const& view) {
    return view.card == Card::filter;
}

void filter_card(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    draw_filter_card(panel.brush, rect, frame, view, intents);
}

void keys_card(Panel& panel, Rect rect, Frame const&, ViewState const&, Intents& intents) {
    draw_keys_card(panel.brush, rect, intents);
}

constexpr std::array<PanelSpec, 11> panels{
    {{"canvas", &Screen::canvas, Layer::pinned, always, canvas},
     {"header", &Screen::header, Layer::pinned, with_panels, header},
     {"events", &Screen::events, Layer::pinned, with_panels, draw_events},
     {"details", &Screen::details, Layer::pinned, with_panels, draw_details},
     {"transport", &Screen::transport, Layer::pinned, with_panels, transport},
     {"thin line", &Screen::transport, Layer::pinned, without_panels, thin_line},
     {"text", &Screen::text, Layer::over_all, with_text, text_view},
     {"notice", &Screen::notice, Layer::over_all, with_notice, notice},
     {"present", &Screen::whole, Layer::over_all, with_present_card, present_card},
     {"filter", &Screen::whole, Layer::over_all, with_filter, filter_card},
     {"keys", &Screen::whole, Layer::over_all, with_keys_card, keys_card}}};

constexpr std::array<ModeSpec, 1> modes{{{Mode::watch, "mode:watch", "Watch"}}};

} // namespace

std::span<PanelSpec const> panel_table() {
    return panels;
}

std::span<ModeSpec const> mode_table() {
    return modes;
}

} // namespace mailflow::viz
