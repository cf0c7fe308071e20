// The columns of a picture that stay when its world changes and has no free ground for that: each place in
// the column in which it was, those that come beside or below them. Drawn smaller, but not turned round.
#pragma once

#include "viz/layout/ground.hpp"

namespace mailflow::viz {

/// Where a place stands that was not there before.
enum class Newcomers : std::uint8_t {
    below, // what stands in the column that has least
    right, // of all that was there, in a column of their own
};

/// The columns of `before`, of a world like this, with what is in this world now; the same places are told by
/// their names. Empty where hardly anything is the same.
[[nodiscard]] std::vector<PackedColumn> kept_columns(GroundPlan const& before, World const& world,
                                                     Newcomers newcomers);

} // namespace mailflow::viz
