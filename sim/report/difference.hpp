// Two runs beside each other: the first thing that goes another way, in words. A fold over both traces; it
// knows nothing of what was changed in between.
#pragma once

#include "trace/trace.hpp"

#include <cstddef>
#include <optional>
#include <string>

namespace mailflow {

/// A run as it is compared; borrowed.
struct Run {
    World const& world;
    Trace const& trace;
};

struct Difference {
    Instant at;          // of the earlier of the two events
    std::size_t event;   // its number, the same in both traces; one of them may have ended before it
    std::string before;  // "mail.isp.example refuses leo@shop.example: relaying denied"
    std::string now;     // what happens instead
    std::string because; // which rule decided now; empty where nothing was decided
};

/// The first event that differs in time or in words, or nothing where the runs are the same to the end. Takes
/// time by the events that are the same: about a microsecond each.
[[nodiscard]] std::optional<Difference> first_difference(Run const& before, Run const& now);

/// "First difference at 0.540 s: before, ...; now, ..., because ...".
[[nodiscard]] std::string to_words(std::optional<Difference> const& difference);

} // namespace mailflow
