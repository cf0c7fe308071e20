// What says no in a run: a server's refusal, the reply that tells of it, a server that gives a message up by
// itself. N and P go to it, and the list stands at it.
#pragma once

#include "viz/shown/story_rows.hpp"

#include <optional>

namespace mailflow::viz {

[[nodiscard]] bool says_no(Trace const& trace, Event const& event);

/// Which row the window is at after so many events: the newest that has happened, but of several in one
/// moment the newest that says no. None: nothing has happened.
[[nodiscard]] std::optional<std::size_t> current_row(Trace const& trace, StoryRows const& rows,
                                                     std::size_t applied);

} // namespace mailflow::viz
