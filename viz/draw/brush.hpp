// Drawing on one layer: shapes, and text that is wrapped or shortened with an ellipsis, never cut. Measures
// in pixels. What is drawn under a name can be found again by tests.
#pragma once

#include "viz/fonts.hpp"
#include "viz/geometry.hpp"
#include "viz/theme.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

struct ImDrawList;

namespace mailflow::viz {

/// A text on the canvas, with the room that it takes.
struct Label {
    std::string text; // the whole of it
    Rect rect;
    bool cut = false; // not all of it is seen
};

/// Where things were drawn in a frame.
struct Drawn {
    std::map<std::string, Rect> widgets; // what can be pressed, by name
    std::map<std::string, Rect> shapes;  // what the canvas shows, by name
    std::vector<Label> labels;           // texts of the canvas
    bool can_be_pressed = true;          // false: only a picture of things that could
    std::vector<std::string> order{};    // of the widgets: that in which Tab goes through them
    std::string focus{};                 // the widget that the keyboard is at; empty: none
    bool focus_moved = false;            // it has just come there
    bool focus_pressed = false;          // and Enter or Space presses it
    bool in_field = false;               // that is a field of text, which takes the letters
    bool typed_ahead = false;            // letters were typed before: the field's next ones go behind them
    std::string asked{};                 // the widget that a form was asked for; empty: it has none such
};

/// What a brush draws with.
struct Ink {
    Fonts fonts;
    Palette const& colours;
    float scale = 1;
};

enum class Align : std::uint8_t { left, centre, right };

class Brush {
public:
    Brush(ImDrawList& list, Ink const& ink, Drawn& record)
        : fonts(ink.fonts)
        , colours(ink.colours)
        , drawn(record)
        , list_(list)
        , scale_(ink.scale) {}

    /// The same brush on another layer.
    [[nodiscard]] Brush on(ImDrawList& list) const { return {list, {fonts, colours, scale_}, drawn}; }
    /// The same layer, with everything so many times as large; its type so many times, where that differs.
    [[nodiscard]] Brush sized(float by) const { return sized(by, by); }
    [[nodiscard]] Brush sized(float by, float type_by) const {
        return {list_, {enlarged(fonts, type_by), colours, scale_ * by}, drawn};
    }

    /// Pixels for so many pixels at scale 1.
    [[nodiscard]] float px(float at_scale_1) const { return at_scale_1 * scale_; }

    void fill(Rect rect, Colour colour, float rounding = 0);
    void outline(Rect rect, Colour colour, float width, float rounding = 0);
    void disc(Point centre, float radius, Colour colour);
    void ring(Point centre, float radius, Colour colour, float width);
    void line(Point from, Point to, Colour colour, float width);
    void path(std::vector<Point> const& points, Colour colour, float width, bool closed = false);
    /// Round dots of this width, or dashes where `dash` is longer than it.
    void dashes(std::vector<Point> const& points, Colour colour, float width, float dash, float gap);
    /// A convex polygon.
    void polygon(std::vector<Point> const& points, Colour colour);

    /// One line, vertically centred in the rectangle, shortened when it is too long. The rect it takes.
    Rect text(Rect room, Face font, Colour colour, std::string_view words, Align align = Align::left);
    /// Several lines from the top of the rectangle, wrapped at its width, at most `most_lines`. The height.
    float paragraph(Point at, float width, Face font, Colour colour, std::string_view words,
                    std::size_t most_lines = 100);
    /// The same without drawing it.
    [[nodiscard]] float paragraph_height(float width, Face font, std::string_view words,
                                         std::size_t most_lines = 100) const;

    /// `text`, remembered as a label of the canvas; in a little smaller type where it is whole then, down to
    /// this part of the size.
    static constexpr float least_label = 0.84F;
    Rect label(Rect room, Face font, Colour colour, std::string_view words, Align align = Align::centre);

    void clip(Rect rect);
    void unclip();

    /// How much has been drawn by now; and all that was drawn since, made so much fainter: 1 leaves it as it
    /// is.
    [[nodiscard]] int drawn_so_far() const;
    void fade_since(int drawn_before, float opacity);

    Fonts fonts;
    Palette const& colours;
    Drawn& drawn;

private:
    ImDrawList& list_;
    float scale_;
};

[[nodiscard]] float width_of(Face font, std::string_view words);
[[nodiscard]] float height_of(Face font);
/// The words, shortened with "…" to fit the width.
[[nodiscard]] std::string elided(Face font, std::string_view words, float width);
[[nodiscard]] std::vector<std::string> wrapped(Face font, std::string_view words, float width,
                                               std::size_t most_lines);

} // namespace mailflow::viz
