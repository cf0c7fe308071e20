// The words of a refusal in a machine's row: below its name, or behind it, where that leaves the name whole.
#pragma once

#include "viz/scene/scene.hpp"

#include <optional>
#include <string>

namespace mailflow::viz {

struct RowWords {
    std::string words;
    Rect place;
    Rect name;              // where the name stands then
    bool below_name = true; // else they stand at the end of its line, with the reply's number
};

/// What the row has room for; none where it has none, or where the machine stands in no row.
[[nodiscard]] std::optional<RowWords> words_in_row(Brush const& brush, Spot const& spot,
                                                   RefusalWords const& words);

} // namespace mailflow::viz
