// What comes next, in words that give nothing away: who does what, never with which result.
#pragma once

#include "viz/lists.hpp"
#include "viz/story_rows.hpp"

#include <string>

namespace mailflow::viz {

/// Of the first of the rows that has not happened after so many events: "mail.isp.example answers RCPT TO".
/// Empty at the end.
[[nodiscard]] std::string next_words(World const& world, Trace const& trace, Lists const& lists,
                                     StoryRows const& rows, std::size_t applied);

} // namespace mailflow::viz
