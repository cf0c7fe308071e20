#include "viz/row_tops.hpp"

#include "report/words/magic_words.hpp"
#include "viz/telling.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

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

std::vector<std::string> names_of_machines(World const& world) {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < world.hosts.size(); ++i)
        names.push_back(world.hosts[world.hosts.id_at(i)].name);
    return names;
}

constexpr float most_of_line = 0.6F; // that a name takes where the whole would leave no room for the rest

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
    tops = {.first = page.first, .tops = {}, .words = {}, .count = count, .width = width, .size = font.size};
    float y = 0;
    tops.tops.push_back(y);
    std::optional<BriefNames> names;
    for (std::size_t row = page.first; row < page.end; ++row) {
        std::string words =
            sentence(shown.world, shown.trace, shown.trace.events[rows.all()[row].event], rows.detail());
        std::size_t lines = wrapped(font, words, width, most_lines + 1).size();
        if (lines > most_lines) {
            if (!names)
                names.emplace(names_of_machines(shown.world));
            words = names->in(words, font, width * most_of_line);
            lines = wrapped(font, words, width, most_lines).size();
        }
        y += bare + line * static_cast<float>(lines);
        tops.tops.push_back(y);
        tops.words.push_back(std::move(words));
    }
}

} // namespace mailflow::viz
