// What a user can do to the window, free of any window library, so that tests can do it too.
#pragma once

#include "viz/geometry.hpp"

#include <cstdint>
#include <variant>

namespace mailflow::viz {

/// The keys of a keyboard, whatever they mean here. Digits also stand for those of the number pad.
enum class Key : std::uint8_t {
    space,
    period,
    comma,
    minus,
    plus,
    slash,
    left,
    right,
    up,
    down,
    home,
    end,
    page_up,
    page_down,
    escape,
    enter,
    tab,
    backspace,
    del,
    zero,
    one,
    two,
    three,
    four,
    five,
    six,
    seven,
    eight,
    nine,
    a,
    b,
    c,
    d,
    e,
    f,
    g,
    h,
    i,
    j,
    k,
    l,
    m,
    n,
    o,
    p,
    q,
    r,
    s,
    t,
    u,
    v,
    w,
    x,
    y,
    z,
    f1,
    f2,
    f3,
    f4,
    f5,
    f6,
    f7,
    f8,
    f9,
    f10,
    f11,
    f12
};

struct Modifiers {
    bool shift = false;
    bool control = false;

    constexpr bool operator==(Modifiers const&) const = default;
};

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
    Modifiers with{};
};
/// What the keyboard's layout makes of the keys, for fields of text.
struct TextTyped {
    char32_t character = 0;
};
struct Resized {
    unsigned width = 0;
    unsigned height = 0;
};
struct CloseAsked {};

using InputEvent = std::variant<MouseMoved, MousePressed, MouseReleased, MouseScrolled, KeyPressed, TextTyped,
                                Resized, CloseAsked>;

} // namespace mailflow::viz
