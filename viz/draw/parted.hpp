// Words that are too long for one line, in two.
#pragma once

#include "viz/draw/brush.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace mailflow::viz {

/// Where words that are too long for one line of this width are best parted so that they have room in two:
/// after a colon, a blank, else after a dot. 0: nowhere.
[[nodiscard]] std::size_t parting_of(Face font, std::string_view words, float width);

/// In two lines, parted there, the second `step` pixels below the first. What they take.
Rect write_parted(Brush& brush, Rect line, float step, Face font, Colour colour, std::string const& words,
                  std::size_t parting);

} // namespace mailflow::viz
