// A message in one line, for those who look for one among many: what it is called, whose it is, and what has
// become of it by now. Nothing that lies ahead.
#pragma once

#include "viz/shown/lists.hpp"
#include "viz/shown/story_rows.hpp"

#include <string>
#include <string_view>
#include <vector>

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

/// Finds messages, and remembers which it found last, since a window asks again with every frame.
class MessageSearch {
public:
    /// The places in Lists::submissions of those in which all the words stand, after so many events.
    [[nodiscard]] std::vector<std::size_t> const& find(World const& world, Trace const& trace,
                                                       Lists const& lists, std::string const& words,
                                                       std::size_t applied);
    /// Forgets what it found: the world is another one.
    void forget() { *this = {}; }

private:
    std::string words_; // none: nothing was looked for yet
    std::size_t applied_ = 0;
    std::vector<std::size_t> found_;
};

} // namespace mailflow::viz
