// What a user can do to the window, free of any window library, so that tests can do it too.
#pragma once

#include "viz/geometry.hpp"

#include <cstdint>
#include <variant>

namespace mailflow::viz {

/// The keys that mean something here.
enum class Key : std::uint8_t { space, period, left, right, home, end, escape, h, one, two, three, up, down };

struct MouseMoved {
    Point to;
};
/// The left button goes down or up where the mouse is.
struct MousePressed {
    Point at;
};
struct MouseReleased {
    Point at;
};
/// Up is positive, in notches.
struct MouseScrolled {
    float notches = 0;
};
struct KeyPressed {
    Key key = Key::space;
};
struct Resized {
    unsigned width = 0;
    unsigned height = 0;
};
struct CloseAsked {};

using InputEvent =
    std::variant<MouseMoved, MousePressed, MouseReleased, MouseScrolled, KeyPressed, Resized, CloseAsked>;

} // namespace mailflow::viz
