// Fields of text, and areas in which things are set one below the other. Their names are how tests find them.
#pragma once

#include "viz/draw/widgets.hpp"

#include <string>
#include <string_view>

namespace mailflow::viz {

struct Typed {
    bool changed = false; // the text is another one than before this frame
    bool entered = false; // Enter was pressed
    bool left = false;    // the keyboard has gone elsewhere; after the whole click, where it was one
    std::string text;
};

/// A field with the text in it; `hint` stands there while it is empty. It keeps the keyboard after Enter:
/// whoever types on goes on typing there. Where the keyboard comes to it by a key, its text is selected, of
/// the name of a scenario file all but the ending.
Typed text_field(Brush& brush, std::string const& name, Rect rect, std::string const& text,
                 std::string_view hint = {});

/// The character as a string has it.
[[nodiscard]] std::string utf8_of(char32_t character);

/// Takes the text out of the field of that name, which may have the keyboard and so a text of its own.
void empty_field(std::string const& name);

/// A part of a panel that scrolls and is as long as what was drawn in it.
class FlowArea {
public:
    FlowArea(Brush const& brush, char const* name, Rect rect);
    FlowArea(FlowArea const&) = delete;
    FlowArea& operator=(FlowArea const&) = delete;
    ~FlowArea();

    [[nodiscard]] Point origin() const { return origin_; }
    [[nodiscard]] float width() const { return width_; }
    [[nodiscard]] Brush brush() const;
    /// Scrolls to the rectangle where it is out of sight, once for each other `what`.
    void reveal(std::string const& what, Rect rect);
    /// What was drawn ends here.
    void end_at(float y) { end_ = y; }

private:
    Brush const& outer_;
    Point origin_;
    float width_ = 0;
    float end_ = 0;
};

} // namespace mailflow::viz
