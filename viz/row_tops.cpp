#include "viz/row_tops.hpp"

#include "report/words.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

constexpr std::size_t most_measured = 2'000;

} // namespace

std::size_t RowTops::at(float y) const {
    if (count == 0)
        return 0;
    if (tops.empty())
        return std::min(static_cast<std::size_t>(std::max(y, 0.0F) / std::max(each, 1.0F)), count - 1);
    auto const after = std::upper_bound(tops.begin(), tops.end(), y);
    auto const row = after == tops.begin() ? 0 : static_cast<std::size_t>(after - tops.begin()) - 1;
    return std::min(row, count - 1);
}

void measure_rows(RowTops& tops, Ink const& ink, Rect panel, Shown const& shown, StoryRows const& rows) {
    using namespace row_spacing;
    if (panel.w < 1)
        return;
    float const width = panel.w - (sides + scroll_bar + text_left + text_right) * ink.scale;
    Face const font = ink.fonts.small;
    std::size_t const count = rows.all().size();
    if (tops.count == count && tops.width == width && tops.size == font.size && tops.each > 0)
        return;
    float const line = std::round(font.size * 1.25F);
    float const bare = (time_height + 13) * ink.scale;
    tops = {.tops = {},
            .each = bare + line * static_cast<float>(most_lines),
            .count = count,
            .width = width,
            .size = font.size};
    if (count > most_measured)
        return;
    float y = 0;
    tops.tops.push_back(y);
    for (StoryRow const& row : rows.all()) {
        std::string const words = sentence(shown.world, shown.trace, shown.trace.events[row.event]);
        y += bare + line * static_cast<float>(wrapped(font, words, width, most_lines).size());
        tops.tops.push_back(y);
    }
}

} // namespace mailflow::viz
