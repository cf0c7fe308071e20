#include "viz/shortcuts.hpp"

#include <algorithm>
#include <array>

namespace mailflow::viz {

namespace {

constexpr Modifiers plain{};
constexpr Instant the_end{Duration::max()};

} // namespace

std::span<Shortcut const> shortcuts() {
    // PageUp and PageDown are the buttons of a presenter's remote control.
    static std::array const list{
        Shortcut{Key::space, plain, TogglePlay{}, "Space or .", "play, pause"},
        Shortcut{Key::period, plain, TogglePlay{}, "", ""},
        Shortcut{Key::left, plain, StepBack{}, "← →", "a step back, a step on"},
        Shortcut{Key::right, plain, StepForward{}, "", ""},
        Shortcut{Key::up, plain, StepBack{}, "", ""},
        Shortcut{Key::down, plain, StepForward{}, "", ""},
        Shortcut{Key::page_up, plain, StepBack{}, "", ""},
        Shortcut{Key::page_down, plain, StepForward{}, "", ""},
        Shortcut{Key::home, plain, Seek{}, "Home End", "to the beginning, to the end"},
        Shortcut{Key::end, plain, Seek{the_end}, "", ""},
        Shortcut{Key::minus, plain, ChangeSpeed{-1}, "– +", "slower, faster"},
        Shortcut{Key::plus, plain, ChangeSpeed{1}, "", ""},
        Shortcut{Key::one, plain, SetDetail{Detail::magic}, "1 2 3", "Magic, Servers, Protocol"},
        Shortcut{Key::two, plain, SetDetail{Detail::servers}, "", ""},
        Shortcut{Key::three, plain, SetDetail{Detail::protocol}, "", ""},
        Shortcut{Key::f5, plain, ToggleCanvasAlone{}, "F5", "the picture alone; with its panels"},
        Shortcut{Key::t, plain, ToggleText{}, "T", "this moment in words"},
        Shortcut{Key::f12, plain, Order{SavePicture{}}, "F12", "saves this moment as a picture"},
        Shortcut{Key::f11, plain, ToggleFullScreen{}, "F11", "full screen"},
        Shortcut{Key::escape, plain, GoBack{}, "Esc", "closes what lies on top; then leaves"},
        Shortcut{Key::h, plain, ToggleKeysCard{}, "H", "shows and hides this card"},
    };
    return list;
}

Intent const* intent_of(KeyPressed const& pressed) {
    std::span<Shortcut const> const list = shortcuts();
    auto const found = std::find_if(list.begin(), list.end(), [&](Shortcut const& shortcut) {
        return shortcut.key == pressed.key && shortcut.with == pressed.with;
    });
    return found == list.end() ? nullptr : &found->intent;
}

} // namespace mailflow::viz
