// What on the canvas can be pressed, from the lowest to the one on top, and what the mouse does there. One
// area takes the mouse for the whole canvas: two thousand envelopes need no two thousand buttons.
#pragma once

#include "viz/draw/widgets.hpp"
#include "viz/view_state.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailflow::viz {

class Hits {
public:
    Hits(Drawn& drawn, Rect canvas, Press mouse) : drawn_(drawn), canvas_(canvas), mouse_(mouse) {}

    /// Makes the rectangle pressable under this name; by the mouse, or also from the keyboard.
    void add(std::string const& name, Rect rect, Intent intent, Reach reach = Reach::mouse);
    /// The same without a name, for crowds.
    void add(Rect rect, Intent intent) { hits_.push_back({rect, std::move(intent)}); }

    [[nodiscard]] bool is_over(Rect rect) const { return mouse_.hovered && rect.contains(mouse_.at); }
    [[nodiscard]] Press const& mouse() const { return mouse_; }

    /// What the click asked for: the thing on top there; or the key that pressed one; null where nothing is,
    /// or nobody did either.
    [[nodiscard]] Intent const* clicked() const;

private:
    struct Hit {
        Rect rect;
        Intent intent;
    };

    Drawn& drawn_;
    Rect canvas_;
    Press mouse_;
    std::vector<Hit> hits_;
    std::optional<Intent> from_keyboard_;
};

} // namespace mailflow::viz
