// A list of at most so many small plain records, all of them in the list itself. Places that are not taken
// are not even set to zero.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>

namespace mailflow {

template<class Record, std::uint8_t most>
class BoundedList {
    static_assert(std::is_trivially_copyable_v<Record>);

public:
    BoundedList() {} // not `= default`: `BoundedList list{}` would set every place to zero

    /// There must be room. Comes back with the record in its place.
    Record& push_back(Record const& record) {
        assert(size_ < most);
        return *new (bytes_ + sizeof(Record) * size_++) Record(record);
    }
    void clear() { size_ = 0; }

    [[nodiscard]] Record const* begin() const {
        return std::launder(reinterpret_cast<Record const*>(bytes_));
    }
    [[nodiscard]] Record const* end() const { return begin() + size_; }
    [[nodiscard]] Record const& back() const { return begin()[size_ - 1]; }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

private:
    alignas(Record) std::byte bytes_[most * sizeof(Record)];
    std::uint8_t size_ = 0;
};

} // namespace mailflow
