// The patterns of events that the workloads play.
#pragma once

#include "bench/workload.hpp"

#include <cstddef>
#include <cstdint>

namespace mailflow::bench {

/// Exponentially distributed delays in nanoseconds, the same at every call.
[[nodiscard]] std::vector<std::uint64_t> exponential_delays(std::size_t count, double mean_ns);

/// The event set alone, with so many events waiting.
[[nodiscard]] Measurement measure_hold(std::size_t waiting);

/// A trace of 10^3 messages written as JSON lines; an event is a line.
[[nodiscard]] Measurement measure_jsonl();
/// A steady stream of mail between so many servers, half of which send.
[[nodiscard]] Measurement measure_mail_stream(std::uint64_t messages, std::uint32_t servers = 2000);
/// All of it written at once.
[[nodiscard]] Measurement measure_mail_burst(std::uint64_t messages);
/// The events of such a stream alone, on mailflow's event queue and tables.
[[nodiscard]] Measurement measure_mail_pattern(std::uint64_t messages);
/// Loading a scenario of about so many bytes; an event is a JSON value.
[[nodiscard]] Measurement measure_load(std::size_t bytes);
/// The most memory that this needs beside the text, in octets in the place of nanoseconds; an event is an
/// octet of the text.
[[nodiscard]] Measurement measure_load_memory(std::size_t bytes);
/// Some thousand small runs on two threads, elapsed time beside that on one.
[[nodiscard]] Measurement measure_batch();
/// Processor time of a whole process that tells the story of a small scenario, beside what it may be.
[[nodiscard]] Measurement measure_start_up();

} // namespace mailflow::bench
