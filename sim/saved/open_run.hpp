// The one way to open a file, whatever it is: a scenario is played, a saved trace is taken as it is.
#pragma once

#include "saved/saved_trace.hpp"

namespace mailflow {

struct OpenedRun {
    WorldSource source;
    World world;
    Trace trace;
};

/// Opens what was read from the file of that name: `from.scenario` holds its bytes, the text of a scenario or
/// a saved trace. What `from` changes goes into a scenario only: what has happened cannot be changed any
/// more. Or comes back with the lines to show to the person, at least one.
[[nodiscard]] std::variant<OpenedRun, std::vector<std::string>> open_run(WorldSource from,
                                                                         std::string_view file);

} // namespace mailflow
