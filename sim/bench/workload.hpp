// The workloads of `mailflow bench`: each plays a known pattern of events on mailflow's own code and on a
// reference that does the same with nothing around it, in turns within one process. Only the ratio of the two
// carries over to another machine or another hour.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace mailflow::bench {

/// What one workload came to: the best of its rounds.
struct Measurement {
    std::uint64_t events = 0;
    std::uint64_t messages = 0;                // 0: the workload knows of none
    double seconds = 0;                        // processor time of mailflow's own code
    double reference_ns = 0;                   // processor time of the reference, per event
    std::optional<double> bytes_per_message{}; // of memory, for each message that was in flight at the peak

    [[nodiscard]] double ns_per_event() const { return seconds * 1e9 / static_cast<double>(events); }
    [[nodiscard]] double ratio() const { return ns_per_event() / reference_ns; }
};

struct Workload {
    std::string_view name;
    std::string_view what; // for people
    Measurement (*measure)();
};

/// All of them, in the order in which they are run when none is named.
[[nodiscard]] std::vector<Workload> const& workloads();

} // namespace mailflow::bench
