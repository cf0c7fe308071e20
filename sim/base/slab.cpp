#include "base/slab.hpp"

#include <cstdlib>
#include <new>

#ifdef __linux__
#include <sys/mman.h>
#endif

namespace mailflow {

void SlabRelease::operator()(std::byte* slab) const {
    std::free(slab);
}

Slab take_slab(std::size_t bytes) {
    bool const huge = bytes >= huge_page_bytes;
    std::size_t const alignment = huge ? huge_page_bytes : cache_line_bytes;
    std::size_t const whole = (bytes + alignment - 1) / alignment * alignment; // as aligned_alloc demands
    auto* const slab = static_cast<std::byte*>(std::aligned_alloc(alignment, whole));
    if (slab == nullptr)
        throw std::bad_alloc{};
#ifdef __linux__
    if (huge) // as far as they are full: of the last one little may ever be used
        madvise(slab, bytes / alignment * alignment, MADV_HUGEPAGE); // advice: not taken, it costs time only
#endif
    return Slab{slab};
}

} // namespace mailflow
