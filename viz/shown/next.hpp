// What comes next, in words that give nothing away: who does what, never with which result.
#pragma once

#include "viz/shown/filter.hpp"
#include "viz/shown/lists.hpp"
#include "viz/shown/story_rows.hpp"

#include <string>

namespace mailflow::viz {

/// Of the first of the rows that has not happened after so many events: "mail.isp.example answers RCPT TO".
/// Where there is none: that this is the end, or that nothing more comes of what the filter, which the rows
/// were chosen with, shows.
[[nodiscard]] std::string next_words(World const& world, Trace const& trace, Lists const& lists,
                                     StoryRows const& rows, Filter const& filter, std::size_t applied);

} // namespace mailflow::viz
