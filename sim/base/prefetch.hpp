// Asking the processor for memory that will be needed soon: what waits for it is most of what an event costs
// where very many things are in flight.
#pragma once

namespace mailflow {

/// Harmless wherever it points.
inline void prefetch([[maybe_unused]] void const* place) {
#if defined(__GNUC__) || defined(__clang__)
    __builtin_prefetch(place);
#endif
}

} // namespace mailflow
