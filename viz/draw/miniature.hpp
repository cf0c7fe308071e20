// A picture drawn at its full size and shown smaller, text and all: for galleries. Nothing of it can be
// pressed.
#pragma once

#include "viz/draw/brush.hpp"

#include <memory>

namespace mailflow::viz {

class Miniature {
public:
    /// `size`: how large the picture is drawn, from the point 0,0, at the scale 1.
    Miniature(Ink const& ink, float width, float height);
    Miniature(Miniature const&) = delete;
    Miniature& operator=(Miniature const&) = delete;
    ~Miniature();

    [[nodiscard]] Brush& brush() { return brush_; }
    /// Puts what was drawn into the rectangle of the ImGui window that is being drawn.
    void show_in(Rect place) const;

private:
    struct Sheet;
    std::unique_ptr<Sheet> sheet_;
    Brush brush_;
};

} // namespace mailflow::viz
