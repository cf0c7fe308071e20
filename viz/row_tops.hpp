// How high each row of the list of events is, and where it begins: measured once for a list and a width. Of a
// long list all rows are as high as the highest may be, so that a million of them cost nothing.
#pragma once

#include "viz/draw/brush.hpp"
#include "viz/shown.hpp"
#include "viz/story_rows.hpp"

namespace mailflow::viz {

struct RowTops {
    std::vector<float> tops; // one more than there are rows; empty where all are equal
    float each = 0;          // the height of a row where all are equal
    std::size_t count = 0;
    float width = 0; // of the text, for which it was measured
    float size = 0;  // of the font

    [[nodiscard]] float top(std::size_t row) const {
        return tops.empty() ? each * static_cast<float>(row) : tops[row];
    }
    [[nodiscard]] float height(std::size_t row) const { return top(row + 1) - top(row); }
    /// The row at this height, at most the last.
    [[nodiscard]] std::size_t at(float y) const;
};

/// Places in the list of events, at scale 1.
namespace row_spacing {
inline constexpr std::size_t most_lines = 3;
inline constexpr float text_left = 32;
inline constexpr float text_right = 2;
inline constexpr float sides = 10;      // left and right of the list in its panel, together
inline constexpr float scroll_bar = 10; // kept free for it
inline constexpr float time_height = 20;
} // namespace row_spacing

/// Measures again where something has changed since `tops` was made.
void measure_rows(RowTops& tops, Ink const& ink, Rect panel, Shown const& shown, StoryRows const& rows);

} // namespace mailflow::viz
