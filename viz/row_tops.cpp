#include "viz/row_tops.hpp"

#include "report/magic_words.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

struct Page {
    std::size_t first = 0;
    std::size_t end = 0;
};

/// The page with the newest row that has happened somewhere in its middle; it stays the same for a while.
Page page_around(std::size_t happened, std::size_t count) {
    if (count <= most_on_one_page)
        return {0, count};
    constexpr std::size_t step = rows_in_page / 2;
    std::size_t const middle = happened / step * step;
    std::size_t const wanted = middle - std::min(middle, step / 2);
    std::size_t const first = std::min(wanted, count - rows_in_page);
    return {first, first + rows_in_page};
}

} // namespace

std::size_t RowTops::at(float y) const {
    if (tops.size() < 2)
        return first;
    auto const after = std::upper_bound(tops.begin(), tops.end(), y);
    auto const row = after == tops.begin() ? 0 : static_cast<std::size_t>(after - tops.begin()) - 1;
    return first + std::min(row, tops.size() - 2);
}

void measure_rows(RowTops& tops, Ink const& ink, Rect panel, Shown const& shown, StoryRows const& rows,
                  std::size_t happened) {
    using namespace row_spacing;
    if (panel.w < 1)
        return;
    float const width = panel.w - (sides + scroll_bar + text_left + text_right) * ink.scale;
    Face const font = ink.fonts.small;
    std::size_t const count = rows.all().size();
    Page const page = page_around(happened, count);
    if (!tops.tops.empty() && tops.first == page.first && tops.count == count && tops.width == width &&
        tops.size == font.size)
        return;
    float const line = std::round(font.size * 1.25F);
    float const bare = (time_height + 13) * ink.scale;
    tops = {.first = page.first, .tops = {}, .count = count, .width = width, .size = font.size};
    float y = 0;
    tops.tops.push_back(y);
    for (std::size_t row = page.first; row < page.end; ++row) {
        std::string const words =
            sentence(shown.world, shown.trace, shown.trace.events[rows.all()[row].event], rows.detail());
        y += bare + line * static_cast<float>(wrapped(font, words, width, most_lines).size());
        tops.tops.push_back(y);
    }
}

} // namespace mailflow::viz
