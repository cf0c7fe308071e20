// The patterns of events that the workloads play.
#pragma once

#include "bench/workload.hpp"

#include <cstddef>

namespace mailflow::bench {

/// Exponentially distributed delays in nanoseconds, the same at every call.
[[nodiscard]] std::vector<std::uint64_t> exponential_delays(std::size_t count, double mean_ns);

/// The event set alone, with so many events waiting.
[[nodiscard]] Measurement measure_hold(std::size_t waiting);

/// A trace of 10^3 messages written as JSON lines; an event is a line.
[[nodiscard]] Measurement measure_jsonl();

} // namespace mailflow::bench
