// The report of a run for programs: one JSON object, a row for each recipient, then totals. Not the events:
// those are report/lines/jsonl.hpp.
#pragma once

#include "base/sink.hpp"
#include "trace/trace.hpp"

#include <string>

namespace mailflow {

/// First what the command line promises, then for each message its hops (how long each server had it), and at
/// the end the statistics of each server: refusals by reason, deferrals, for how long it had what it served
/// (the median, and what nine in ten and 99 in 100 stay below), and the length of its queue at each change.
/// Where servers wrote to people, "letters" has these bounces and delay warnings, whole, at most the first
/// 1,000.
///
/// JSON (RFC 8259), indented, with a line break at the end. Times are seconds since the start of the run;
/// what does not apply (the reason of a delivered message) is null. The same run gives the same bytes. False
/// when the sink took no more.
[[nodiscard]] bool write_json(World const& world, Trace const& trace, Sink const& sink);

/// The same as one text.
[[nodiscard]] std::string report_json(World const& world, Trace const& trace);

} // namespace mailflow
