// The outcomes of a run as a table for spreadsheets: a header line, then a line for each recipient. Not the
// events: those are report/lines/jsonl.hpp.
#pragma once

#include "base/sink.hpp"
#include "trace/trace.hpp"

#include <string>

namespace mailflow {

/// CSV, quoted as in RFC 4180 section 2, lines ended by "\n" alone. Times are seconds since the start of the
/// run; what does not apply is empty. The same run gives the same bytes. False when the sink took no more.
[[nodiscard]] bool write_csv(World const& world, Trace const& trace, Sink const& sink);

/// The same as one text.
[[nodiscard]] std::string report_csv(World const& world, Trace const& trace);

} // namespace mailflow
