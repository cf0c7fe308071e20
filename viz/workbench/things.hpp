// Where the things of a run stand in the scenario that it came from, and what a wish about the scenario means
// for the view.
#pragma once

#include "viz/workbench/intents.hpp"
#include "world/world.hpp"

#include <string>

namespace mailflow::viz {

/// The JSON pointer of the server, person or spammer whose machine it is.
[[nodiscard]] std::string pointer_of(World const& world, HostId host);

/// The JSON pointer of the thing that tells of the machine: its own, or that of the population beside which
/// its spam is written, which has no entry itself.
[[nodiscard]] std::string thing_of(World const& world, HostId host);

/// What was chosen, after the intent; what it means for the scenario is the workbench's.
[[nodiscard]] WorkView apply(WorkView view, WorkIntent const& intent);

} // namespace mailflow::viz
