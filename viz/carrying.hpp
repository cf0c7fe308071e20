// What was chosen in one run, for another run of the same scenario: machines and messages by their names, as
// their numbers may mean something else there.
#pragma once

#include "viz/shown/story_rows.hpp"

namespace mailflow::viz {

/// Without those that are not in it.
[[nodiscard]] Filter carried_over(Filter filter, Shown const& from, Shown const& to);

/// None where that is not in it, or is neither a machine nor a message that somebody has handed in.
[[nodiscard]] Subject carried_over(Subject const& subject, Shown const& from, Shown const& to);

} // namespace mailflow::viz
