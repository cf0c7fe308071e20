// The controls of the header and of the bar of time: which of them a window of this size has room for, and
// which stand on the card of what has no place. It draws nothing.
#pragma once

#include "viz/panels/panels.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

struct Control {
    std::string name; // of the widget, wherever it stands
    std::string words;
    float width = 0; // in the header, in pixels
    bool chosen = false;
    Intent pressed;
    std::string words_on_card{}; // where they are others
    bool repeats = false;        // is pressed several times: the card stays
};

struct ControlGroup {
    std::string words; // its heading on the card
    std::vector<Control> controls;
};

struct HeaderPlan {
    std::vector<ControlGroup> left;  // before the title
    std::vector<ControlGroup> right; // after it; the last one leads to the card, where there is any need
    std::vector<ControlGroup> left_out;
};
[[nodiscard]] HeaderPlan plan_header(Brush const& brush, Frame const& frame, ViewState const& view);
/// How wide the groups are, side by side.
[[nodiscard]] float width_of(Brush const& brush, std::vector<ControlGroup> const& groups);

namespace header_spacing {
inline constexpr float sides = 12;
inline constexpr float between_buttons = 4;
inline constexpr float between_groups = 14;
} // namespace header_spacing

/// How much of the bar of time its rectangle has room for.
struct TransportPlan {
    bool low = false;               // no speed, no steps
    bool narrow = false;            // the buttons of the steps alone, no speed
    Rect line;                      // of the timeline, as high as the bar
    Rect clock;                     // holds all that it says in this run, in one line or two
    Rect speed{};                   // empty where there is none
    Rect choices{};                 // the row of the steps and of what the marks mean
    std::vector<Control> steps{};   // what a step is: those beside each other that have room
    std::vector<Control> predict{}; // one, or none
    std::vector<ControlGroup> left_out{};
};
[[nodiscard]] TransportPlan plan_transport(Brush const& brush, Rect rect, Frame const& frame,
                                           ViewState const& view);
/// The clock at no moment of a run that ends then is longer than this.
[[nodiscard]] std::string longest_clock(Instant end);

namespace step_spacing {
inline constexpr std::string_view label = "Step by";
inline constexpr float after_label = 8;
inline constexpr float between_chips = 4;
inline constexpr float before_predict = 8;
} // namespace step_spacing

} // namespace mailflow::viz
