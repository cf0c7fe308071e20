// A hash table from 64-bit keys to small plain values, in one piece of memory: open addressing, linear
// probing, deletion by moving back what follows. It has no order, so nobody may walk through it where that
// would show.
#pragma once

#include "base/prefetch.hpp"
#include "base/row_array.hpp"

#include <bit>
#include <cassert>
#include <cstdint>
#include <utility>

namespace mailflow {

template<class Value>
class FlatMap {
public:
    /// No key may be this.
    static constexpr std::uint64_t no_key = ~std::uint64_t{0};

    [[nodiscard]] Value* find(std::uint64_t key) {
        std::uint32_t const place = place_of(key);
        return place < slots_.size() && slots_[place].key == key ? &slots_[place].value : nullptr;
    }
    [[nodiscard]] Value const* find(std::uint64_t key) const {
        std::uint32_t const place = place_of(key);
        return place < slots_.size() && slots_[place].key == key ? &slots_[place].value : nullptr;
    }

    /// The value of the key, a new one where there was none. Valid until the next change of the table.
    Value& operator[](std::uint64_t key) {
        assert(key != no_key);
        if ((size_ + 1) * 4 > slots_.size() * std::size_t{3})
            rebuild(slots_.empty() ? 16 : slots_.size() * 2);
        Slot& slot = slots_[place_of(key)];
        if (slot.key != key) {
            slot = {key, {}};
            ++size_;
        }
        return slot.value;
    }

    void erase(std::uint64_t key) {
        std::uint32_t hole = place_of(key);
        if (hole >= slots_.size() || slots_[hole].key != key)
            return;
        std::uint32_t const mask = slots_.size() - 1;
        for (std::uint32_t next = (hole + 1) & mask; slots_[next].key != no_key; next = (next + 1) & mask)
            if (((next - home_of(slots_[next].key)) & mask) >= ((next - hole) & mask)) {
                slots_[hole] = slots_[next];
                hole = next;
            }
        slots_[hole] = {};
        --size_;
    }

    /// Forgets every value of which `predicate` is true.
    template<class Predicate>
    void erase_if(Predicate predicate) {
        RowArray<Slot> const old = std::exchange(slots_, {});
        slots_.grow_to(old.size());
        size_ = 0;
        for (Slot const& slot : old)
            if (slot.key != no_key && !predicate(slot.value)) {
                slots_[place_of(slot.key)] = slot;
                ++size_;
            }
    }

    /// The key will be looked up soon.
    void prepare(std::uint64_t key) const {
        if (!slots_.empty())
            prefetch(slots_.place_of(static_cast<std::uint32_t>(home_of(key))));
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::uint64_t bytes() const { return slots_.size() * sizeof(Slot); }

private:
    struct Slot {
        std::uint64_t key = no_key;
        Value value{};
    };

    /// Fibonacci hashing (Knuth, volume 3, section 6.4).
    [[nodiscard]] std::uint32_t home_of(std::uint64_t key) const {
        return static_cast<std::uint32_t>((key * 0x9e3779b97f4a7c15U) >> shift_);
    }
    /// Where the key is, or would be.
    [[nodiscard]] std::uint32_t place_of(std::uint64_t key) const {
        if (slots_.empty())
            return 0;
        std::uint32_t const mask = slots_.size() - 1;
        std::uint32_t place = home_of(key);
        while (slots_[place].key != key && slots_[place].key != no_key)
            place = (place + 1) & mask;
        return place;
    }

    void rebuild(std::uint32_t slot_count) {
        RowArray<Slot> const old = std::exchange(slots_, {});
        slots_.grow_to(slot_count);
        shift_ = 64 - static_cast<unsigned>(std::countr_zero(slot_count));
        for (Slot const& slot : old)
            if (slot.key != no_key)
                slots_[place_of(slot.key)] = slot;
    }

    RowArray<Slot> slots_; // a power of two, or none
    std::size_t size_ = 0;
    unsigned shift_ = 64;
};

} // namespace mailflow
