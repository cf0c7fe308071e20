// A growing array of the rows of one table. In contrast to a vector it begins on a cache line, so that a row
// of 64 octets is one line of it, and lies on huge pages where it is large: rows are asked for at random, and
// finding the page costs as much as fetching the line. Places are 32-bit numbers.
#pragma once

#include "base/slab.hpp"

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <memory>
#include <utility>

namespace mailflow {

template<class Row>
class RowArray {
    static_assert(alignof(Row) <= cache_line_bytes);

public:
    using value_type = Row;
    using iterator = Row*;
    using const_iterator = Row const*;

    RowArray() = default;
    RowArray(RowArray const& other) {
        reserve(other.size_);
        std::uninitialized_copy(other.begin(), other.end(), begin());
        size_ = other.size_;
    }
    RowArray(RowArray&& other) noexcept { swap(other); }
    RowArray& operator=(RowArray other) noexcept {
        swap(other);
        return *this;
    }
    ~RowArray() { truncate(0); }

    /// `row` may be one of the array's own.
    void push_back(Row row) {
        if (size_ == capacity_)
            reserve(std::max(first_capacity, 2 * capacity_));
        new (begin() + size_) Row(std::move(row));
        ++size_;
    }
    /// New rows at the end, up to that size.
    void grow_to(std::uint32_t size) {
        if (size > capacity_)
            reserve(std::max(size, 2 * capacity_));
        for (; size_ < size; ++size_)
            new (begin() + size_) Row{};
    }
    /// Only the first `size` rows stay.
    void truncate(std::uint32_t size) {
        while (size_ > size)
            std::destroy_at(begin() + --size_);
    }

    [[nodiscard]] Row& operator[](std::uint32_t place) {
        assert(place < size_);
        return begin()[place];
    }
    [[nodiscard]] Row const& operator[](std::uint32_t place) const {
        assert(place < size_);
        return begin()[place];
    }
    /// Where the row is or would be; to be prefetched, not to be read.
    [[nodiscard]] Row const* place_of(std::uint32_t place) const { return begin() + place; }

    /// Makes room for so many rows in all.
    void reserve(std::uint32_t capacity) {
        if (capacity <= capacity_)
            return;
        Slab fresh = take_slab(capacity * sizeof(Row));
        std::uninitialized_move(begin(), end(), reinterpret_cast<Row*>(fresh.get()));
        std::destroy(begin(), end());
        memory_ = std::move(fresh);
        capacity_ = capacity;
    }

    [[nodiscard]] Row* begin() { return reinterpret_cast<Row*>(memory_.get()); }
    [[nodiscard]] Row* end() { return begin() + size_; }
    [[nodiscard]] Row const* begin() const { return reinterpret_cast<Row const*>(memory_.get()); }
    [[nodiscard]] Row const* end() const { return begin() + size_; }
    [[nodiscard]] std::uint32_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

private:
    static constexpr std::uint32_t first_capacity = 4;

    void swap(RowArray& other) noexcept {
        std::swap(memory_, other.memory_);
        std::swap(size_, other.size_);
        std::swap(capacity_, other.capacity_);
    }

    Slab memory_;
    std::uint32_t size_ = 0;
    std::uint32_t capacity_ = 0;
};

} // namespace mailflow
