// How a story ends: what became of each recipient, who has to mend it, and whether it was to be expected.
#pragma once

#include "report/page.hpp"
#include "report/summary.hpp"

namespace mailflow {

/// The whole run as it looks to somebody who sees no servers.
void tell_magic(World const& world, Trace const& trace, Summary const& summary, Page& page);

/// Each recipient with its outcome, the words that decided it, and its way.
void tell_outcomes(World const& world, Trace const& trace, Summary const& summary, Page& page);

/// Who has to mend what; nothing where all went well.
void tell_advice(World const& world, Trace const& trace, Summary const& summary, Page& page);

/// Whether what the scenario expects came out; nothing where it expects nothing.
void tell_expectations(World const& world, Trace const& trace, Summary const& summary, Page& page);

} // namespace mailflow
