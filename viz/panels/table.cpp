// The table of panels, from the lowest to the one on top: where each stands, when it is shown, and what it is
// handed. A new panel is a file of its own and a row here; a new mode is a row of `mode_table`.
#include "viz/notice.hpp"
#include "viz/panels/panels.hpp"
#include "viz/panels/work_panels.hpp"

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

bool asking(ViewState const& view) {
    return view.predicting.is_asking() && !view.presenting.text;
}

bool with_more_card(ViewState const& view) {
    return view.card == Card::more;
}

bool with_notice(ViewState const& view) {
    return has_notice(view.presenting) && !view.presenting.text; // the sheet of words has it at its foot
}

bool with_signs_card(ViewState const& view) {
    return view.card == Card::signs;
}

bool with_keys_card(ViewState const& view) {
    return view.card == Card::keys;
}

bool watching(ViewState const& view) {
    return view.mode == Mode::watch && !view.presenting.canvas_alone;
}

bool asking_what_if(ViewState const& view) {
    return view.mode == Mode::what_if && !view.presenting.canvas_alone;
}

bool building(ViewState const& view) {
    return view.mode == Mode::build && !view.presenting.canvas_alone;
}

bool with_events_out(ViewState const& view) {
    return watching(view) || asking_what_if(view);
}

bool seeing_before(ViewState const& view) {
    return view.work.sees_both();
}

bool mistaken(ViewState const& view) {
    return view.work.mistaken && view.work.sheet == Sheet::none; // it waits behind a sheet
}

template<Sheet sheet>
bool with_sheet(ViewState const& view) {
    return view.work.sheet == sheet;
}

void canvas(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    char const* const run = !view.work.comparing ? "" : view.work.runs == Runs::before ? "Before" : "Now";
    draw_canvas(panel.brush, rect, frame, view, intents, run);
}

void header(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    draw_header(panel.brush, rect, frame, view, intents);
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

void text_view(Panel& panel, Rect rect, Frame const& frame, ViewState const& view, Intents& intents) {
    draw_text_view(panel, rect, frame, view, intents);
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

void signs_card(Panel& panel, Rect rect, Frame const&, ViewState const&, Intents& intents) {
    draw_signs_card(panel.brush, rect, intents);
}

void keys_card(Panel& panel, Rect rect, Frame const&, ViewState const&, Intents& intents) {
    draw_keys_card(panel.brush, rect, intents);
}

constexpr std::array panels{
    PanelSpec{"header", &Screen::header, Layer::pinned, with_panels, header},
    PanelSpec{"canvas", &Screen::canvas, Layer::pinned, always, canvas},
    PanelSpec{"before", &Screen::canvas_before, Layer::pinned, seeing_before, draw_before},
    PanelSpec{"events", &Screen::list, Layer::pinned, watching, draw_events},
    PanelSpec{"details", &Screen::panel, Layer::pinned, watching, draw_details},
    PanelSpec{"what if", &Screen::panel, Layer::pinned, asking_what_if, draw_what_if},
    PanelSpec{"outline", &Screen::list, Layer::pinned, building, draw_outline},
    PanelSpec{"form", &Screen::panel, Layer::pinned, building, draw_form},
    PanelSpec{"transport", &Screen::transport, Layer::pinned, with_panels, transport},
    PanelSpec{"thin line", &Screen::transport, Layer::pinned, without_panels, thin_line},
    PanelSpec{"events out", &Screen::list_out, Layer::aside, with_events_out, draw_events},
    PanelSpec{"outline out", &Screen::list_out, Layer::aside, building, draw_outline},
    PanelSpec{"text", &Screen::text, Layer::over_all, with_text, text_view},
    PanelSpec{"predict", &Screen::question, Layer::aside, asking, draw_predict},
    PanelSpec{"notice", &Screen::notice, Layer::aside, with_notice, notice},
    PanelSpec{"mistakes", &Screen::mistakes, Layer::aside, mistaken, draw_mistakes},
    PanelSpec{"present", &Screen::whole, Layer::over_all, with_present_card, present_card},
    PanelSpec{"more", &Screen::whole, Layer::over_all, with_more_card, draw_more_card},
    PanelSpec{"filter", &Screen::whole, Layer::over_all, with_filter, filter_card},
    PanelSpec{"open", &Screen::whole, Layer::over_all, with_sheet<Sheet::open>, draw_open},
    PanelSpec{"save as", &Screen::whole, Layer::over_all, with_sheet<Sheet::save_as>, draw_save_as},
    PanelSpec{"question", &Screen::whole, Layer::over_all, with_sheet<Sheet::question>, draw_question},
    PanelSpec{"doubt", &Screen::whole, Layer::over_all, with_sheet<Sheet::doubt>, draw_doubt},
    PanelSpec{"signs", &Screen::whole, Layer::over_all, with_signs_card, signs_card},
    PanelSpec{"keys", &Screen::whole, Layer::over_all, with_keys_card, keys_card}};

constexpr std::array modes{ModeSpec{Mode::watch, "mode:watch", "Watch"},
                           ModeSpec{Mode::what_if, "mode:what if", "What if"},
                           ModeSpec{Mode::build, "mode:build", "Build"}};

} // namespace

std::span<PanelSpec const> panel_table() {
    return panels;
}

std::span<ModeSpec const> mode_table() {
    return modes;
}

Wishes wishes_of(ViewState const& view) {
    bool const asked = !std::holds_alternative<std::monostate>(view.subject);
    Wishes wishes{.list = view.list_out ? ListOut::out : ListOut::away, .runs = view.work.seen()};
    bool const panel = view.mode != Mode::watch ? !view.swapped : asked || view.swapped;
    wishes.front = panel ? Front::panel : Front::canvas;
    switch (view.mode) {
    case Mode::watch: break;
    case Mode::what_if: wishes.rooms = Rooms::what_if; break;
    case Mode::build: wishes.rooms = Rooms::build; break;
    }
    if (view.presenting.canvas_alone)
        wishes.rooms = Rooms::canvas_alone;
    return wishes;
}

} // namespace mailflow::viz
