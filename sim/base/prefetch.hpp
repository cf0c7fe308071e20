// Asking the processor for memory that will be needed soon: what waits for it is most of what an event costs
// where very many things are in flight.
#pragma once

#include "base/slab.hpp"

#include <cstddef>

namespace mailflow {

/// Harmless wherever it points.
inline void prefetch([[maybe_unused]] void const* place) {
#if defined(__GNUC__) || defined(__clang__)
    __builtin_prefetch(place);
    asm volatile("" : : "r"(place)); // else GCC takes a function that does nothing but this for idle
#endif
}

/// All of the record, wherever it is.
template<class Record>
void prefetch_all(Record const* record) {
    auto const* const bytes = reinterpret_cast<std::byte const*>(record);
    for (std::size_t line = 0; line < sizeof(Record); line += cache_line_bytes)
        prefetch(bytes + line);
    if constexpr (alignof(Record) < cache_line_bytes && sizeof(Record) > alignof(Record))
        prefetch(bytes + sizeof(Record) - 1);
}

} // namespace mailflow
