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
    Face const bold = brush.fonts.small_bold;
    float const above = std::ceil(height_of(bold)) + 1;
    float const below = std::ceil(height_of(font)) + 1;
    float const right = spot.cell.right() - brush.px(6);
    float const top = spot.cell.centre().y - (above + below) / 2;
    if (top >= spot.cell.y)
        for (std::string const* const said : {&words.title, &words.brief})
            if (float const w = width_of(font, *said); spot.name.x + w <= right)
                return RowWords{*said,
                                {spot.name.x, top + above, w + 1, below},
                                {spot.name.x, top, spot.name.w, above},
                                true};
    // The reason says more than its code.
    for (std::string const& said :
         {words.number.empty() ? words.brief : words.number + " " + words.brief, words.brief}) {
        float const w = width_of(bold, said);
        if (float const x = spot.note.right() - w;
            x >= spot.name.x + width_of(bold, spot.called) + brush.px(between_words))
            return RowWords{said, {x, spot.note.y, w + 1, spot.note.h}, spot.name, false};
    }
    return std::nullopt;
}

} // namespace mailflow::viz
