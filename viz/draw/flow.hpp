// Text and small things one below the other, to be measured first and drawn then by the same code.
#pragma once

#include "viz/draw/widgets.hpp"

#include <span>

namespace mailflow::viz {

enum class Pass : std::uint8_t { measure, draw };

class Flow {
public:
    Flow(Brush& brush, Point at, float width, Pass pass)
        : brush_(brush)
        , at_(at)
        , width_(width)
        , y_(at.y)
        , pass_(pass) {}

    void say(Face font, Colour colour, std::string_view words, float indent = 0);
    /// A name above what it names.
    void fact(std::string_view name, std::string_view words);
    void gap(float at_scale_1) { y_ += brush_.px(at_scale_1); }
    /// A line to be pressed: whether it was.
    [[nodiscard]] bool line(std::string const& name, Face font, Colour colour, std::string_view words,
                            bool lit);
    /// Several below each other, to be pressed as one.
    struct Words {
        Face font;
        Colour colour;
        std::string_view words;
    };
    [[nodiscard]] bool block(std::string const& name, std::span<Words const> lines, bool lit);
    /// Names, among what is drawn, all that came since the flow had this height.
    void name_since(float height, std::string const& name);
    /// Room for something that the caller draws, when the pass draws.
    Rect room(float height);

    [[nodiscard]] bool draws() const { return pass_ == Pass::draw; }
    [[nodiscard]] float height() const { return y_ - at_.y; }
    [[nodiscard]] float width() const { return width_; }
    [[nodiscard]] Brush& brush() { return brush_; }

private:
    Brush& brush_;
    Point at_;
    float width_;
    float y_;
    Pass pass_;
};

} // namespace mailflow::viz
