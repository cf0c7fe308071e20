#include "bench/bare_ladder.hpp"

#include <bit>
#include <cstring>

namespace mailflow::bench {

BareLadder::BareLadder(std::size_t capacity) : chunks_(capacity / 4 + 4096) {
    for (std::uint32_t i = 0; i < chunks_.size(); ++i)
        chunks_[i].next = i + 1;
    std::memset(heads_, 0xff, sizeof heads_);
    std::memset(tails_, 0xff, sizeof tails_);
    std::memset(counts_, 0, sizeof counts_);
    std::memset(used_, 0, sizeof used_);
}

void BareLadder::put(BareEvent event) {
    unsigned const level = static_cast<unsigned>(std::bit_width((event.time ^ now_) | 1) - 1) >> 3;
    unsigned const slot = static_cast<unsigned>(event.time >> (level * 8)) & 255;
    std::uint32_t tail = tails_[level][slot];
    if (tail == none || chunks_[tail].count == events_per_chunk) {
        std::uint32_t const fresh = free_;
        free_ = chunks_[fresh].next;
        chunks_[fresh].next = none;
        chunks_[fresh].count = 0;
        if (tail == none) {
            heads_[level][slot] = fresh;
            used_[level][slot >> 6] |= std::uint64_t{1} << (slot & 63);
        } else {
            chunks_[tail].next = fresh;
        }
        tails_[level][slot] = tail = fresh;
    }
    Chunk& chunk = chunks_[tail];
    chunk.events[chunk.count++] = event;
    ++counts_[level][slot];
}

void BareLadder::push(BareEvent event) {
    if (event.time >= horizon_ || last_ == 4096) {
        put(event);
        return;
    }
    unsigned place = last_++;
    for (; place > first_ && bottom_[place - 1].time > event.time; --place)
        bottom_[place] = bottom_[place - 1];
    bottom_[place] = event;
}

void BareLadder::refill() {
    first_ = last_ = 0;
    while (true) {
        unsigned level = 0;
        while ((used_[level][0] | used_[level][1] | used_[level][2] | used_[level][3]) == 0)
            ++level;
        unsigned word = 0;
        while (used_[level][word] == 0)
            ++word;
        unsigned const slot = word * 64 + static_cast<unsigned>(std::countr_zero(used_[level][word]));
        used_[level][word] &= ~(std::uint64_t{1} << (slot & 63));
        std::uint64_t const width = std::uint64_t{1} << (8 * level);
        now_ = (now_ & ~(width * 256 - 1)) | (slot * width);
        std::uint32_t chunk = heads_[level][slot];
        bool const fits = level == 0 || counts_[level][slot] <= small;
        heads_[level][slot] = tails_[level][slot] = none;
        counts_[level][slot] = 0;
        horizon_ = fits ? now_ + width : now_;
        while (chunk != none) {
            Chunk& taken = chunks_[chunk];
            for (unsigned i = 0; i < taken.count; ++i) {
                if (fits)
                    push(taken.events[i]);
                else
                    put(taken.events[i]);
            }
            std::uint32_t const next = taken.next;
            taken.next = free_;
            free_ = chunk;
            chunk = next;
        }
        if (fits)
            return;
    }
}

BareEvent BareLadder::pop() {
    if (first_ == last_)
        refill();
    return bottom_[first_++];
}

} // namespace mailflow::bench
