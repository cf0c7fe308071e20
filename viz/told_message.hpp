// A message in one line, for those who look for one among many: what it is called, whose it is, and what has
// become of it by now. Nothing that lies ahead.
#pragma once

#include "viz/lists.hpp"
#include "viz/story_rows.hpp"

#include <string>
#include <string_view>

namespace mailflow::viz {

struct ToldMessage {
    std::string name; // in reports
    std::string way;  // "maya@isp.example → leo@shop.example"
    std::string fate; // "bounced: no such domain", "on its way"
    Mark mark = Mark::none;
    std::string subject; // empty where it has none
};

/// The message after so many events of the trace. `submission`: its MessageSubmitted.
[[nodiscard]] ToldMessage tell_briefly(World const& world, Trace const& trace, Lists const& lists,
                                       EventNumber submission, std::size_t applied);

/// Whether every word of the search is in what is told; capitals or not.
[[nodiscard]] bool is_found(ToldMessage const& message, std::string_view search);

} // namespace mailflow::viz
