// A short list of small plain records, of which the first few need no memory beside the list's own.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <memory>
#include <new>
#include <type_traits>

namespace mailflow {

template<class Record, std::uint32_t inline_count = 1>
class InlineList {
    static_assert(std::is_trivially_copyable_v<Record> && alignof(Record) <= alignof(void*));

public:
    using value_type = Record;
    using iterator = Record*;
    using const_iterator = Record const*;

    InlineList() = default;
    InlineList(std::initializer_list<Record> records) { append(records.begin(), records.end()); }
    template<class Iterator>
    InlineList(Iterator first, Iterator last) {
        append(first, last);
    }
    InlineList(InlineList const& other) { append(other.begin(), other.end()); }
    InlineList(InlineList&& other) noexcept { take(other); }
    InlineList& operator=(InlineList const& other) {
        if (this != &other) {
            clear();
            append(other.begin(), other.end());
        }
        return *this;
    }
    InlineList& operator=(InlineList&& other) noexcept {
        if (this != &other) {
            give_back();
            take(other);
        }
        return *this;
    }
    ~InlineList() { give_back(); }

    void push_back(Record const& record) {
        Record const copy = record; // it may be one of ours
        if (size_ == capacity())
            grow();
        new (data() + size_) Record(copy);
        size_ = (size_ + 1U) & most;
    }
    template<class Iterator>
    void append(Iterator first, Iterator last) {
        for (; first != last; ++first)
            push_back(*first);
    }
    void clear() { size_ = 0; }
    void erase(Record* place) { erase(place, place + 1); }
    void erase(Record* first, Record* last) {
        std::copy(last, end(), first);
        size_ = (size_ - static_cast<std::uint32_t>(last - first)) & most;
    }

    [[nodiscard]] Record& operator[](std::size_t place) {
        assert(place < size_);
        return data()[place];
    }
    [[nodiscard]] Record const& operator[](std::size_t place) const {
        assert(place < size_);
        return data()[place];
    }
    [[nodiscard]] Record& front() { return (*this)[0]; }
    [[nodiscard]] Record const& front() const { return (*this)[0]; }
    [[nodiscard]] Record* begin() { return data(); }
    [[nodiscard]] Record* end() { return data() + size_; }
    [[nodiscard]] Record const* begin() const { return data(); }
    [[nodiscard]] Record const* end() const { return data() + size_; }
    [[nodiscard]] std::uint32_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

    bool operator==(InlineList const& other) const {
        return std::equal(begin(), end(), other.begin(), other.end());
    }

private:
    static constexpr std::size_t inline_bytes = std::max(inline_count * sizeof(Record), sizeof(void*));
    /// In front of the records of a list that has outgrown its own memory: how many there is room for.
    static constexpr std::size_t front_bytes = sizeof(void*);

    [[nodiscard]] std::byte* block() const {
        std::byte* place = nullptr;
        std::memcpy(&place, bytes_, sizeof place);
        return place;
    }
    [[nodiscard]] Record* in_block() const {
        return std::launder(reinterpret_cast<Record*>(block() + front_bytes));
    }
    [[nodiscard]] Record* data() {
        return beside_ ? in_block() : std::launder(reinterpret_cast<Record*>(bytes_));
    }
    [[nodiscard]] Record const* data() const {
        return beside_ ? in_block() : std::launder(reinterpret_cast<Record const*>(bytes_));
    }
    [[nodiscard]] std::uint32_t capacity() const {
        std::uint32_t capacity = inline_count;
        if (beside_)
            std::memcpy(&capacity, block(), sizeof capacity);
        return capacity;
    }

    void grow() {
        std::uint32_t const larger = capacity() * 2;
        auto* const fresh = static_cast<std::byte*>(::operator new(front_bytes + larger * sizeof(Record)));
        std::memcpy(fresh, &larger, sizeof larger);
        std::uninitialized_copy(begin(), end(), reinterpret_cast<Record*>(fresh + front_bytes));
        std::uint32_t const size = size_;
        give_back();
        std::memcpy(bytes_, &fresh, sizeof fresh);
        size_ = size & most;
        beside_ = true;
    }

    void give_back() {
        if (beside_)
            ::operator delete(block());
        size_ = 0;
        beside_ = false;
    }

    void take(InlineList& other) {
        std::memcpy(bytes_, other.bytes_, sizeof bytes_);
        size_ = other.size_;
        beside_ = other.beside_;
        other.size_ = 0;
        other.beside_ = false;
    }

    static constexpr std::uint32_t most = ~std::uint32_t{0} >> 1U;

    alignas(Record) std::byte bytes_[inline_bytes]; // the records, or where they are
    std::uint32_t size_ : 31 = 0;
    bool beside_ : 1 = false; // the records are not here
};

template<class Record, std::uint32_t inline_count, class Predicate>
std::size_t erase_if(InlineList<Record, inline_count>& list, Predicate predicate) {
    auto* const kept = std::remove_if(list.begin(), list.end(), predicate);
    auto const erased = static_cast<std::size_t>(list.end() - kept);
    list.erase(kept, list.end());
    return erased;
}

} // namespace mailflow
