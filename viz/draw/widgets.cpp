#include "viz/draw/widgets.hpp"

#include <imgui.h>
#include <imgui_internal.h> // for taking the keyboard from a field of text

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr float hand_shakes = 4; // pixels

ImDrawList& begin_pinned(char const* name, Rect rect, Layer layer) {
    // Windows that do not come to the front lie below all that do. One that comes beside the others leaves
    // the keyboard to whoever has it.
    ImGuiWindowFlags const order =
        layer == Layer::pinned  ? ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoFocusOnAppearing
        : layer == Layer::aside ? ImGuiWindowFlags_NoFocusOnAppearing
                                : 0;
    ImGui::SetNextWindowPos({rect.x, rect.y});
    ImGui::SetNextWindowSize({rect.w, rect.h});
    ImGui::Begin(name, nullptr,
                 ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoBackground |
                     ImGuiWindowFlags_NoSavedSettings | ImGuiWindowFlags_NoNav | order |
                     ImGuiWindowFlags_NoScrollWithMouse);
    return *ImGui::GetWindowDrawList();
}

} // namespace

Panel::Panel(char const* name, Rect rect, Ink const& ink, Drawn& drawn, Layer layer)
    : brush(begin_pinned(name, rect, layer), ink, drawn) {}

Panel::~Panel() {
    ImGui::End();
}

ScrollArea::ScrollArea(Brush const& brush, char const* name, Rect rect, float content_height, int follow,
                       float focus_y)
    : content_height_(content_height) {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, brush.colours.surface);
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrab, brush.colours.line);
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabHovered, brush.colours.road);
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabActive, brush.colours.quiet);
    ImGui::BeginChild(name, {rect.w, rect.h}, false, ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    ImGuiStorage* const memory = ImGui::GetStateStorage();
    ImGuiID const key = ImGui::GetID("follow");
    ImGuiID const height = ImGui::GetID("height"); // in another one something else is seen
    if (memory->GetInt(key, -1) != follow || memory->GetFloat(height) != rect.h) {
        memory->SetInt(key, follow);
        memory->SetFloat(height, rect.h);
        ImGui::SetScrollY(
            held_between(focus_y - rect.h * 0.6F, 0.0F, std::max(0.0F, content_height - rect.h)));
    }
    ImVec2 const cursor = ImGui::GetCursorScreenPos();
    ImGui::Dummy({1, content_height});
    origin_ = {cursor.x, cursor.y};
}

ScrollArea::~ScrollArea() {
    ImGui::EndChild();
    ImGui::PopStyleColor(4);
}

void ScrollArea::show_end() {
    ImGui::SetScrollY(content_height_); // no further than there is to scroll
}

ImDrawList& ScrollArea::list() const {
    return *ImGui::GetWindowDrawList();
}

bool take_focus(Drawn& drawn, std::string const& name, Rect rect) {
    drawn.order.push_back(name);
    if (drawn.focus != name)
        return false;
    if (drawn.focus_moved) // what has scrolled away comes back
        ImGui::SetScrollFromPosY(rect.y + rect.h / 2 - ImGui::GetWindowPos().y, 0.5F);
    ImDrawList& list = *ImGui::GetForegroundDrawList();
    // What has scrolled out of its panel has no ring over another one.
    ImDrawList const& panel = *ImGui::GetWindowDrawList();
    constexpr float ring = 5;
    ImVec2 const from = panel.GetClipRectMin();
    ImVec2 const to = panel.GetClipRectMax();
    list.PushClipRect({from.x - ring, from.y - ring}, {to.x + ring, to.y + ring});
    ImVec4 const colour = ImGui::GetStyleColorVec4(ImGuiCol_NavHighlight);
    list.AddRect({rect.x - 3, rect.y - 3}, {rect.right() + 3, rect.bottom() + 3},
                 ImGui::ColorConvertFloat4ToU32(colour), 6, 0, 3);
    list.PopClipRect();
    return true;
}

Press press_area(Drawn& drawn, std::string const& name, Rect rect, Reach reach) {
    drawn.widgets.insert_or_assign(name, rect);
    if (rect.w < 1 || rect.h < 1 || !drawn.can_be_pressed)
        return {};
    bool const focused = reach == Reach::mouse_and_keyboard && take_focus(drawn, name, rect);
    if (focused && drawn.focus_moved)
        ImGui::ClearActiveID(); // the field of text that it has come from
    ImGuiIO const& io = ImGui::GetIO();
    ImVec2 const cursor = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    bool const clicked = ImGui::InvisibleButton(name.c_str(), {rect.w, rect.h});
    Press const press{.clicked = clicked || (focused && drawn.focus_pressed),
                      .hovered = ImGui::IsItemHovered(),
                      .held = ImGui::IsItemActive(),
                      .began = ImGui::IsItemActivated(),
                      .dragged = io.MouseDragMaxDistanceSqr[0] > hand_shakes * hand_shakes,
                      .at = {io.MousePos.x, io.MousePos.y},
                      .moved = {io.MouseDelta.x, io.MouseDelta.y},
                      .wheel = ImGui::IsItemHovered() ? io.MouseWheel : 0.0F};
    ImGui::SetCursorScreenPos(cursor);
    return press;
}

bool text_button(Brush& brush, std::string const& name, Rect rect, std::string_view words, ButtonLook look) {
    return text_button(brush, name, rect, words, look, brush.fonts.bold);
}

bool text_button(Brush& brush, std::string const& name, Rect rect, std::string_view words, ButtonLook look,
                 Face font) {
    Press const press = press_area(brush.drawn, name, rect);
    bool const chosen = look == ButtonLook::chosen;
    Colour const fill = chosen          ? brush.colours.accent
                        : press.hovered ? brush.colours.accent_fill
                                        : brush.colours.surface;
    brush.fill(rect, fill, brush.px(7));
    brush.outline(rect, brush.colours.accent, brush.px(1.5F), brush.px(7));
    brush.text(rect, font, chosen ? brush.colours.on_accent : brush.colours.accent, words, Align::centre);
    return press.clicked;
}

bool chip(Brush& brush, std::string const& name, Rect rect, std::string_view words, bool on) {
    Press const press = press_area(brush.drawn, name, rect);
    Colour const ground = on              ? brush.colours.accent_fill
                          : press.hovered ? brush.colours.backdrop
                                          : brush.colours.surface;
    brush.fill(rect, ground, rect.h / 2);
    brush.outline(rect, on ? brush.colours.accent : brush.colours.line, brush.px(on ? 1.8F : 1.2F),
                  rect.h / 2);
    brush.text(rect, on ? brush.fonts.small_bold : brush.fonts.small,
               on ? brush.colours.accent : brush.colours.quiet, words, Align::centre);
    return press.clicked;
}

} // namespace mailflow::viz
