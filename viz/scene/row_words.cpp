#include "viz/scene/row_words.hpp"

#include <cmath>

namespace mailflow::viz {

namespace {

constexpr float between_words = 12; // the name and what is said behind it, at scale 1

} // namespace

std::optional<RowWords> words_in_row(Brush const& brush, Spot const& spot, RefusalWords const& words) {
    if (spot.standing != Standing::line)
        return std::nullopt;
    Face const font = brush.fonts.small;
    float const line = std::round(height_of(font));
    float const right = spot.cell.right() - brush.px(6);
    if (spot.cell.h >= 2 * line + brush.px(2))
        for (std::string const* const said : {&words.title, &words.brief})
            if (float const w = width_of(font, *said); spot.name.x + w <= right)
                return RowWords{*said, {spot.name.x, spot.cell.centre().y, w + 1, line}, true};
    Face const bold = brush.fonts.small_bold;
    std::string const said = words.number.empty() ? words.brief : words.number + " " + words.brief;
    float const w = width_of(bold, said);
    if (float const x = spot.note.right() - w;
        x >= spot.name.x + width_of(bold, spot.called) + brush.px(between_words))
        return RowWords{said, {x, spot.note.y, w + 1, spot.note.h}, false};
    return std::nullopt;
}

Rect name_above(Spot const& spot, RowWords const& below) {
    float const y = below.place.y - below.place.h;
    return {spot.name.x, y, spot.name.w, below.place.h};
}

} // namespace mailflow::viz
