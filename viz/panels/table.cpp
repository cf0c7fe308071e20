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

bool with_keys_card(ViewState const& view) {
    return view.keys_card;
}

void canvas(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    Brush& brush = panel.brush;
    brush.fill(rect, brush.colours.canvas, brush.px(9));
    brush.outline(rect, brush.colours.line, brush.px(1.2F), brush.px(9));
    draw_caption(brush, rect, frame, view);
    draw_scene(brush, frame, view, intents);
}

void header(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    draw_header(panel.brush, rect, frame.world, view, intents);
}

void transport(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    draw_transport(panel.brush, rect, frame, view, intents);
}

void keys_card(Panel& panel, Rect rect, Frame const&, ViewState const&, Intents& intents) {
    draw_keys_card(panel.brush, rect, intents);
}

constexpr std::array<PanelSpec, 6> panels{
    {{"canvas", &Screen::canvas, Layer::pinned, always, canvas},
     {"header", &Screen::header, Layer::pinned, always, header},
     {"events", &Screen::events, Layer::pinned, always, draw_events},
     {"details", &Screen::details, Layer::pinned, always, draw_details},
     {"transport", &Screen::transport, Layer::pinned, always, transport},
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
