// Chains of small plain records in chunks of half a kilobyte that one pool lends and takes back: appending
// never moves what lies there, and what is taken out is used again.
#pragma once

#include "base/slab.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <vector>

namespace mailflow {

template<class Record>
class ChunkPool {
    static_assert(std::is_trivially_copyable_v<Record>);

public:
    static constexpr std::size_t chunk_bytes = 512;
    static constexpr std::uint32_t chunk_size = (chunk_bytes - sizeof(void*)) / sizeof(Record);

    struct Chunk {
        std::array<Record, chunk_size> records;
        Chunk* next;
    };

    /// Records in the order of their arrival. All chunks but the last are full.
    struct Chain {
        Chunk* first = nullptr;
        Chunk* last = nullptr;
        std::uint32_t count = 0;
        std::uint32_t room = 0; // in the last chunk
    };

    void append(Chain& chain, Record const& record) {
        if (chain.room == 0) {
            Chunk* const fresh = take();
            fresh->next = nullptr;
            (chain.count == 0 ? chain.first : chain.last->next) = fresh;
            chain.last = fresh;
            chain.room = chunk_size;
        }
        chain.last->records[chunk_size - chain.room] = record;
        --chain.room;
        ++chain.count;
    }

    /// Calls `use(record)` for the records of the first chunk and takes it out of the chain, which must not
    /// be empty.
    template<class Use>
    void consume_chunk(Chain& chain, Use use) {
        Chunk* const chunk = chain.first;
        std::uint32_t const count = std::min(chain.count, chunk_size);
        for (std::uint32_t i = 0; i < count; ++i)
            use(chunk->records[i]);
        chain.count -= count;
        if (chain.count == 0)
            chain.room = 0;
        chain.first = chunk->next;
        give_back(chunk);
    }

private:
    Chunk* take() {
        if (free_ == nullptr)
            grow();
        Chunk* const chunk = free_;
        free_ = chunk->next;
        return chunk;
    }

    void give_back(Chunk* chunk) {
        chunk->next = free_;
        free_ = chunk;
    }

    /// Each slab is twice as large as the one before, up to a huge page: small runs touch little memory.
    [[gnu::noinline]] void grow() {
        std::size_t const bytes =
            std::min(huge_page_bytes, first_slab_bytes << std::min<std::size_t>(slabs_.size(), 8));
        slabs_.push_back(take_slab(bytes));
        auto* const chunks = reinterpret_cast<Chunk*>(slabs_.back().get());
        for (std::size_t i = bytes / sizeof(Chunk); i-- > 0;)
            give_back(new (chunks + i) Chunk); // not zeroed
    }

    static constexpr std::size_t first_slab_bytes = 16 * 1024;

    std::vector<Slab> slabs_;
    Chunk* free_ = nullptr;
};

} // namespace mailflow
