#include "viz/draw/fields.hpp"

#include <imgui.h>
#include <imgui_internal.h> // for what a field holds while it has the keyboard

#include <algorithm>

namespace mailflow::viz {

namespace {

/// Lets ImGui's buffer be a string that grows.
int grow(ImGuiInputTextCallbackData* data) {
    if (data->EventFlag == ImGuiInputTextFlags_CallbackResize) {
        auto& text = *static_cast<std::string*>(data->UserData);
        text.resize(static_cast<std::size_t>(data->BufTextLen));
        data->Buf = text.data();
    }
    return 0;
}

/// Gives the keyboard to the field that comes next. Until 1.90.1 ImGui looks for it only in the part of the
/// window that had the keyboard before.
void take_keyboard() {
#if IMGUI_VERSION_NUM >= 18900
    ImGuiContext& context = *ImGui::GetCurrentContext();
    context.NavFocusScopeId = context.CurrentFocusScopeId;
#endif
    ImGui::SetKeyboardFocusHere();
}

/// Of the name of a scenario file all but its ending is selected, so that typing names another one.
void select_stem(std::string const& text) {
    constexpr std::string_view ending = ".json";
    ImGuiInputTextState* const state = ImGui::GetInputTextState(ImGui::GetItemID());
    if (state == nullptr || !text.ends_with(ending))
        return;
    state->Stb.select_start = 0;
    state->Stb.cursor = state->Stb.select_end = std::max(state->CurLenW - static_cast<int>(ending.size()), 0);
}

/// The next letter goes behind the last.
void go_to_end() {
    if (ImGuiInputTextState* const state = ImGui::GetInputTextState(ImGui::GetItemID())) {
        state->Stb.cursor = state->CurLenW;
        state->ClearSelection();
    }
}

} // namespace

Typed text_field(Brush& brush, std::string const& name, Rect rect, std::string const& text,
                 std::string_view hint) {
    brush.drawn.widgets.insert_or_assign(name, rect);
    Typed typed{.text = text};
    if (rect.w < brush.px(8) || rect.h < brush.px(8))
        return typed;
    if (take_focus(brush.drawn, name, rect) && brush.drawn.focus_moved)
        take_keyboard();
    ImVec2 const cursor = ImGui::GetCursorScreenPos();
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    ImGui::PushFont(brush.fonts.body.font);
    float const pad = std::max(0.0F, (rect.h - ImGui::GetFontSize()) / 2);
    ImGui::PushStyleVar(ImGuiStyleVar_FramePadding, ImVec2{brush.px(10), pad});
    ImGui::PushStyleVar(ImGuiStyleVar_FrameRounding, brush.px(6));
    ImGui::PushStyleColor(ImGuiCol_FrameBg, brush.colours.surface);
    ImGui::PushStyleColor(ImGuiCol_FrameBgHovered, brush.colours.surface);
    ImGui::PushStyleColor(ImGuiCol_FrameBgActive, brush.colours.surface);
    ImGui::PushStyleColor(ImGuiCol_Text, brush.colours.ink);
    ImGui::PushStyleColor(ImGuiCol_TextDisabled, brush.colours.quiet);
    ImGui::PushStyleColor(ImGuiCol_TextSelectedBg, faded(brush.colours.accent, 0.35F));
    ImGui::SetNextItemWidth(rect.w);
    typed.entered = ImGui::InputTextWithHint(
        ("##" + name).c_str(), std::string{hint}.c_str(), typed.text.data(), typed.text.capacity() + 1,
        ImGuiInputTextFlags_CallbackResize | ImGuiInputTextFlags_EnterReturnsTrue, grow, &typed.text);
    if (ImGui::IsItemActivated() && !ImGui::IsMouseDown(ImGuiMouseButton_Left) && typed.text == text)
        brush.drawn.typed_ahead ? go_to_end() : select_stem(typed.text);
    if (typed.entered) // ImGui would let go of it
        ImGui::SetActiveID(ImGui::GetItemID(), ImGui::GetCurrentWindow());
    bool const active = ImGui::IsItemActive() || typed.entered;
    if (active && brush.drawn.focus.empty())
        brush.drawn.focus = name; // it was clicked into
    brush.drawn.in_field = brush.drawn.in_field || active;
    typed.changed = ImGui::IsItemEdited() && typed.text != text;
    ImGuiStorage* const memory = ImGui::GetStateStorage();
    ImGuiID const was_active = ImGui::GetID(("active " + name).c_str());
    bool const clicks =
        ImGui::IsMouseDown(ImGuiMouseButton_Left) || ImGui::IsMouseReleased(ImGuiMouseButton_Left);
    bool const stays = active || (memory->GetBool(was_active) && clicks);
    typed.left = memory->GetBool(was_active) && !stays;
    memory->SetBool(was_active, stays);
    ImGui::PopStyleColor(6);
    ImGui::PopStyleVar(2);
    ImGui::PopFont();
    ImGui::SetCursorScreenPos(cursor);
    brush.outline(rect, active ? brush.colours.accent : brush.colours.quiet, brush.px(active ? 2.0F : 1.2F),
                  brush.px(6));
    return typed;
}

std::string utf8_of(char32_t character) {
    char bytes[5];
    return ImTextCharToUtf8(bytes, static_cast<unsigned>(character));
}

void empty_field(std::string const& name) {
    if (ImGuiInputTextState* const state = ImGui::GetInputTextState(ImGui::GetID(("##" + name).c_str())))
        state->ClearText();
}

FlowArea::FlowArea(Brush const& brush, char const* name, Rect rect) : outer_(brush) {
    ImGui::SetCursorScreenPos({rect.x, rect.y});
    ImGui::PushStyleColor(ImGuiCol_ScrollbarBg, brush.colours.surface);
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrab, brush.colours.road);
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabHovered, brush.colours.quiet);
    ImGui::PushStyleColor(ImGuiCol_ScrollbarGrabActive, brush.colours.quiet);
    ImGui::BeginChild(name, {std::max(rect.w, 1.0F), std::max(rect.h, 1.0F)}, false,
                      ImGuiWindowFlags_NoBackground | ImGuiWindowFlags_NoNav);
    ImVec2 const cursor = ImGui::GetCursorScreenPos();
    origin_ = {cursor.x, cursor.y};
    end_ = cursor.y;
    width_ = rect.w - brush.px(14); // the bar has its own room
}

FlowArea::~FlowArea() {
    ImGui::SetCursorScreenPos({origin_.x, origin_.y});
    ImGui::Dummy({1, std::max(1.0F, end_ - origin_.y)});
    ImGui::EndChild();
    ImGui::PopStyleColor(4);
}

void FlowArea::reveal(std::string const& what, Rect rect) {
    ImGuiStorage* const memory = ImGui::GetStateStorage();
    ImGuiID const key = ImGui::GetID("revealed");
    auto const now = static_cast<int>(ImGui::GetID(what.c_str()));
    if (memory->GetInt(key) == now)
        return;
    memory->SetInt(key, now);
    float const top = ImGui::GetWindowPos().y;
    if (rect.y < top || rect.bottom() > top + ImGui::GetWindowHeight())
        ImGui::SetScrollFromPosY(rect.centre().y - top, 0.5F);
}

Brush FlowArea::brush() const {
    return outer_.on(*ImGui::GetWindowDrawList());
}

} // namespace mailflow::viz
