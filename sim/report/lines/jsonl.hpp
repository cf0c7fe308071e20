// The whole trace for programs: JSON lines, an event a line, every number replaced by its name or words.
#pragma once

#include "base/sink.hpp"
#include "trace/trace.hpp"

#include <string>

namespace mailflow {

/// First a line about the run: {"format": "mailflow-trace", "version": 1, "scenario": ..., "seed": ...}; then
/// the events in their order, each an object with "at_s" (seconds since the start), "kind", and the fields of
/// its kind. Sessions, look-ups and messages are numbered from 1. The same run gives the same bytes. False
/// when the sink took no more.
[[nodiscard]] bool write_jsonl(World const& world, Trace const& trace, Sink const& sink);

/// The same as one text.
[[nodiscard]] std::string trace_jsonl(World const& world, Trace const& trace);

} // namespace mailflow
