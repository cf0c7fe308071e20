// Memory for pools: whole slabs that are never zeroed by us, and lie on huge pages where the system has them,
// since the first touch of a page costs more than what is done with it.
#pragma once

#include <cstddef>
#include <memory>

namespace mailflow {

inline constexpr std::size_t cache_line_bytes = 64;
/// The size of a huge page, from which on slabs ask for them.
inline constexpr std::size_t huge_page_bytes = std::size_t{2} << 20;

struct SlabRelease {
    void operator()(std::byte* slab) const;
};
using Slab = std::unique_ptr<std::byte, SlabRelease>;

/// `bytes` of memory, aligned to a cache line (to a huge page from `huge_page_bytes` on). Like `new`, it
/// throws std::bad_alloc when there is none.
[[nodiscard]] Slab take_slab(std::size_t bytes);

} // namespace mailflow
