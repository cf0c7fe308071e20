// How far a run has come at a moment.
#pragma once

#include "trace/trace.hpp"

#include <algorithm>
#include <cstddef>

namespace mailflow {

/// The number of the events up to the moment, those of the moment itself included.
[[nodiscard]] inline std::size_t events_by(Trace const& trace, Instant now) {
    auto const later = [](Instant moment, Event const& event) { return moment < event.at; };
    auto const end = std::upper_bound(trace.events.begin(), trace.events.end(), now, later);
    return static_cast<std::size_t>(end - trace.events.begin());
}

} // namespace mailflow
