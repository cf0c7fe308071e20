#include "viz/glue/keys.hpp"

#include <imgui.h>

#include <array>

namespace mailflow::viz {

namespace {

/// The type of the key_names: an ImGuiKey_ up to Dear ImGui 1.88, an ImGuiKey since.
using Code = decltype(ImGuiKey_Tab);

struct KeyName {
    Key key;
    Code name;
};

constexpr std::array<KeyName, 20> key_names{{{Key::tab, ImGuiKey_Tab},
                                             {Key::left, ImGuiKey_LeftArrow},
                                             {Key::right, ImGuiKey_RightArrow},
                                             {Key::up, ImGuiKey_UpArrow},
                                             {Key::down, ImGuiKey_DownArrow},
                                             {Key::page_up, ImGuiKey_PageUp},
                                             {Key::page_down, ImGuiKey_PageDown},
                                             {Key::home, ImGuiKey_Home},
                                             {Key::end, ImGuiKey_End},
                                             {Key::del, ImGuiKey_Delete},
                                             {Key::backspace, ImGuiKey_Backspace},
                                             {Key::space, ImGuiKey_Space},
                                             {Key::enter, ImGuiKey_Enter},
                                             {Key::escape, ImGuiKey_Escape},
                                             {Key::a, ImGuiKey_A},
                                             {Key::c, ImGuiKey_C},
                                             {Key::v, ImGuiKey_V},
                                             {Key::x, ImGuiKey_X},
                                             {Key::y, ImGuiKey_Y},
                                             {Key::z, ImGuiKey_Z}}};

#if IMGUI_VERSION_NUM >= 18700
constexpr Code none = ImGuiKey_None;
#else
constexpr Code none = ImGuiKey_COUNT;
#endif

Code name_of(Key key) {
    for (KeyName const& name : key_names)
        if (name.key == key)
            return name.name;
    return none;
}

} // namespace

#if IMGUI_VERSION_NUM >= 18700

void name_keys() {}

void press_key(KeyPressed const& pressed) {
    Code const key = name_of(pressed.key);
    if (key == none)
        return;
    ImGuiIO& io = ImGui::GetIO();
    io.AddKeyEvent(ImGuiMod_Ctrl, pressed.with.control);
    io.AddKeyEvent(ImGuiMod_Shift, pressed.with.shift);
    io.AddKeyEvent(key, true);
    io.AddKeyEvent(key, false);
}

void release_keys() {}

#else

void name_keys() {
    ImGuiIO& io = ImGui::GetIO();
    for (KeyName const& name : key_names)
        io.KeyMap[name.name] = static_cast<int>(name.key);
}

void press_key(KeyPressed const& pressed) {
    if (name_of(pressed.key) == none)
        return;
    ImGuiIO& io = ImGui::GetIO();
    io.KeyCtrl = pressed.with.control;
    io.KeyShift = pressed.with.shift;
    io.KeysDown[static_cast<int>(pressed.key)] = true;
}

void release_keys() {
    ImGuiIO& io = ImGui::GetIO();
    io.KeyCtrl = io.KeyShift = false;
    for (KeyName const& name : key_names)
        io.KeysDown[static_cast<int>(name.key)] = false;
}

#endif

} // namespace mailflow::viz
