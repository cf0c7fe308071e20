// How high each row of the list of events is, and where it begins: measured once for a list and a width. Of a
// long list only a page around the present moment is measured and can be scrolled: a million rows cost
// nothing, and no place in it is a number too large for a pixel.
#pragma once

#include "viz/draw/brush.hpp"
#include "viz/shown/shown.hpp"
#include "viz/shown/story_rows.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

struct RowTops {
    std::size_t first = 0;   // the row at the top of the page
    std::vector<float> tops; // of the page's rows; the last one is its end; empty: nothing was measured yet
    std::vector<std::string> words{}; // what stands in each row of the page
    std::size_t count = 0;            // of the rows of the whole list
    float width = 0;                  // of the text, for which it was measured
    float size = 0;                   // of the font

    /// After the last row of the page.
    [[nodiscard]] std::size_t end() const { return tops.empty() ? first : first + tops.size() - 1; }
    /// Of a row of the page, or of its end.
    [[nodiscard]] float top(std::size_t row) const { return tops[row - first]; }
    [[nodiscard]] std::string const& words_of(std::size_t row) const { return words[row - first]; }
    [[nodiscard]] float height(std::size_t row) const { return top(row + 1) - top(row); }
    /// The height of the page.
    [[nodiscard]] float whole() const { return tops.empty() ? 0 : tops.back(); }
    /// The row of the page at this height, at most its last.
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

/// A list of at most so many rows is one page; of a longer one a page has `rows_in_page`.
inline constexpr std::size_t most_on_one_page = 1'000;
inline constexpr std::size_t rows_in_page = 400;

/// Measures again where something has changed since `tops` was made; of another list they have to be made
/// anew. Where a sentence has no room in its row, the long names of machines in it are shortened. `happened`:
/// how many of the rows.
void measure_rows(RowTops& tops, Ink const& ink, Rect panel, Shown const& shown, StoryRows const& rows,
                  std::size_t happened);

} // namespace mailflow::viz
