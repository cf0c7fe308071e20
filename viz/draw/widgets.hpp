// Panels pinned in the window and areas that can be pressed. Their names are how tests find them.
#pragma once

#include "viz/draw/brush.hpp"

#include <string>

namespace mailflow::viz {

enum class Layer : std::uint8_t {
    pinned,   // beside each other
    over_all, // a sheet, which takes the keys
    aside,    // a word over the others; whoever is typing goes on
};

/// A pinned ImGui window for as long as the object lives; `brush` draws on it.
class Panel {
public:
    Panel(char const* name, Rect rect, Ink const& ink, Drawn& drawn, Layer layer = Layer::pinned);
    Panel(Panel const&) = delete;
    Panel& operator=(Panel const&) = delete;
    ~Panel();

    Brush brush;
};

/// A part of the panel whose content may be longer than its rectangle. Draw at `origin` while it lives.
class ScrollArea {
public:
    /// Scrolls so that the content at `focus_y` is seen whenever `follow` or the height of the area changes.
    ScrollArea(Brush const& brush, char const* name, Rect rect, float content_height, int follow,
               float focus_y);
    ScrollArea(ScrollArea const&) = delete;
    ScrollArea& operator=(ScrollArea const&) = delete;
    ~ScrollArea();

    [[nodiscard]] Point origin() const { return origin_; }
    [[nodiscard]] ImDrawList& list() const;
    /// Scrolls as far down as there is content.
    void show_end();

private:
    Point origin_;
    float content_height_;
};

struct Press {
    bool clicked = false;
    bool hovered = false;
    bool held = false;
    bool began = false;   // the button went down in this frame
    bool dragged = false; // since then the mouse has moved further than a hand shakes
    Point at;             // of the mouse
    Point moved;          // since the last frame
    float wheel = 0;      // notches, up is positive; 0 where the mouse is elsewhere
};

/// Gives the widget its place in the order of Tab; whether the keyboard is at it, which is then shown.
bool take_focus(Drawn& drawn, std::string const& name, Rect rect);

/// Whether Tab comes to it: not to what asks where it was pressed, and has keys of its own that do the same.
enum class Reach : std::uint8_t { mouse_and_keyboard, mouse };

/// Makes the rectangle pressable under this name, by the mouse, or by Enter or Space when the keyboard
/// is at it.
Press press_area(Drawn& drawn, std::string const& name, Rect rect, Reach reach = Reach::mouse_and_keyboard);

enum class ButtonLook : std::uint8_t { plain, chosen };

/// A button with words.
bool text_button(Brush& brush, std::string const& name, Rect rect, std::string_view words, ButtonLook look);
bool text_button(Brush& brush, std::string const& name, Rect rect, std::string_view words, ButtonLook look,
                 Face font);

/// A small switch with a word.
bool chip(Brush& brush, std::string const& name, Rect rect, std::string_view words, bool on);

} // namespace mailflow::viz
