// The measure of the event queue: the same idea as base/ladder_queue.hpp with nothing around it, written down
// once more as barely as it can be. No types, no checks, no order among equal times beyond what falls out,
// memory taken at the start and never given back. Benchmarks compare against it; nothing else uses it.
#pragma once

#include <cstdint>
#include <vector>

namespace mailflow::bench {

/// 16 bytes: a time in nanoseconds and whatever 64 bits the loop wants to find again.
struct BareEvent {
    std::uint64_t time;
    std::uint64_t what;
};

class BareLadder {
public:
    /// Room for so many waiting events.
    explicit BareLadder(std::size_t capacity);

    void push(BareEvent event);
    /// The earliest event. There must be one.
    BareEvent pop();

private:
    static constexpr std::uint32_t none = ~0U;
    static constexpr unsigned events_per_chunk = 31;
    static constexpr unsigned small = 64;

    struct Chunk {
        BareEvent events[events_per_chunk];
        std::uint32_t next;
        std::uint32_t count;
    };

    void put(BareEvent event);
    void refill();

    std::vector<Chunk> chunks_;
    std::uint32_t free_ = 0;
    std::uint64_t now_ = 0;
    std::uint64_t horizon_ = 0;
    std::uint32_t heads_[8][256];
    std::uint32_t tails_[8][256];
    std::uint32_t counts_[8][256];
    std::uint64_t used_[8][4];
    BareEvent bottom_[4096];
    unsigned first_ = 0;
    unsigned last_ = 0;
};

} // namespace mailflow::bench
