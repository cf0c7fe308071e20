// What was dragged in the picture, on its way into the scenario and from one run to the next.
#pragma once

#include "edit/edited_scenario.hpp"
#include "viz/layout/positions.hpp"

#include <vector>

namespace mailflow::viz {

/// The edits that write the positions into the scenario that the world was read from. A place that is there
/// only because a machine stands somewhere gets an entry of its own, with the name and the addresses that it
/// has; what cannot be written without changing more than positions is left out.
[[nodiscard]] std::vector<Edit> edits_that_keep(Positions const& positions, EditedScenario const& scenario,
                                                World const& world);

/// The same things in another run, found by their names. What is gone there is left out.
[[nodiscard]] Positions carried_over(Positions const& positions, World const& from, World const& to);

/// Those of `all` that are not among `some`, at the same spot.
[[nodiscard]] Positions without(Positions all, Positions const& some);

} // namespace mailflow::viz
