// A moment of the run in words, for those who read better than they see: the words are those that
// `mailflow run --until` prints for the same moment.
#pragma once

#include "report/detail.hpp"
#include "trace/trace.hpp"
#include "viz/heading.hpp"

#include <string>

namespace mailflow::viz {

/// In characters: as the command line has it.
inline constexpr std::size_t longest_line = 100;

/// Tells the moments, and remembers what it told last, since a window asks again with every frame.
class TextOfMoment {
public:
    /// The story from the start to that moment, under that heading, in lines of at most so many characters
    /// and never of longer ones than the longest. A run so long that its story would be a book is told of in
    /// one sentence that says how to get it.
    [[nodiscard]] std::string const& tell(World const& world, Trace const& trace, Heading const& heading,
                                          Detail detail, Instant at, std::size_t characters = longest_line);
    /// Forgets what it told: the world is another one.
    void forget() { told_ = false; }

private:
    bool told_ = false;
    Heading heading_;
    Detail detail_ = Detail::protocol;
    Instant at_;
    std::size_t characters_ = 0;
    std::string text_;
};

} // namespace mailflow::viz
