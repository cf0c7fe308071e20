// The one way to open a file, whatever it is: a scenario is played, a saved trace is taken as it is.
#pragma once

#include "saved/saved_trace.hpp"

#include <cstdint>

namespace mailflow {

struct OpenedRun {
    WorldSource source;
    World world;
    Trace trace;
};

/// Why there is nothing to show.
struct CannotOpen {
    enum class Why : std::uint8_t {
        no_run,  // a scenario that is none, or a change that cannot be made
        damaged, // a saved trace that cannot be read: the file has come to harm, or is of another version
    };

    Why why = Why::no_run;
    std::vector<std::string> lines; // to show to the person, one at least
};

/// Opens what was read from the file of that name: `from.scenario` holds its bytes, the text of a scenario or
/// a saved trace. What `from` changes goes into a scenario only: what has happened cannot be changed any
/// more.
[[nodiscard]] std::variant<OpenedRun, CannotOpen> open_run(WorldSource from, std::string_view file);

} // namespace mailflow
