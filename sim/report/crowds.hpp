// What became of the mail of populations, counted: nobody wants to read of every message of a town.
#pragma once

#include "report/page.hpp"
#include "report/summary.hpp"

namespace mailflow {

/// A row for each population of the world.
[[nodiscard]] Table<PopulationId, Outcomes> count_crowds(World const& world, Trace const& trace,
                                                         Summary const& summary);

/// Whether reports list the mail of populations message by message: not when there is too much of it.
[[nodiscard]] bool lists_crowds(Summary const& summary);

/// For each population how much it wrote and what became of it, with the reasons of what did not arrive.
void tell_crowds(World const& world, Trace const& trace, Summary const& summary, Page& page);

} // namespace mailflow
