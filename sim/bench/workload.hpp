// The workloads of `mailflow bench`: each plays a known pattern of events on mailflow's own code and on a
// reference that does the same with nothing around it, in turns within one process. Only the ratio of the two
// carries over to another machine or another hour.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string_view>
#include <vector>

namespace mailflow::bench {

/// What one workload came to: the best of its rounds.
struct Measurement {
    std::uint64_t events = 0;
    std::uint64_t messages = 0;                // 0: the workload knows of none
    double seconds = 0;                        // that mailflow's own code takes: processor time, as a rule
    double reference_ns = 0;                   // that the reference takes, per event
    std::optional<double> bytes_per_message{}; // of memory, for each message that was in flight at the peak

    [[nodiscard]] double ns_per_event() const { return seconds * 1e9 / static_cast<double>(events); }
    [[nodiscard]] double ratio() const { return ns_per_event() / reference_ns; }
};

struct Workload {
    std::string_view name;
    std::string_view what; // for people
    Measurement (*measure)();
    double most_ratio = 0; // the target: what the ratio is to be at most
};

/// The target for the memory of a message in flight.
inline constexpr double most_bytes_per_message = 128;

/// Workloads in which a message is to cost the same, whatever their size.
struct Flatness {
    std::string_view name;
    std::string_view what; // for people
    std::vector<std::string_view> works;
    double most_ratio = 1.5; // the target, of the dearest to the cheapest
};

/// All of them, in the order in which they are run when none is named.
[[nodiscard]] std::vector<Workload> const& workloads();
[[nodiscard]] std::vector<Flatness> const& flatnesses();

/// How much more a message costs where it is dearest than where it is cheapest; empty unless all of the
/// workloads were measured.
[[nodiscard]] std::optional<double> ratio_of(Flatness const& flatness,
                                             std::map<std::string_view, double> const& ns_per_message);

} // namespace mailflow::bench
