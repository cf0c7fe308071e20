// Strong identifiers: an index into one table, which the type names. Records carry ids, never text.
#pragma once

#include "base/row_array.hpp"

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>

namespace mailflow {

/// The n-th row of the table that `Tag` names. A default-constructed id names no row.
template<class Tag>
struct Id {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t index = none;

    [[nodiscard]] constexpr bool valid() const { return index != none; }
    constexpr auto operator<=>(Id const&) const = default;
};

/// An array that only its own kind of id can index.
template<class RowId, class Row>
class Table {
public:
    RowId add(Row row) {
        RowId const id{rows_.size()};
        rows_.push_back(std::move(row));
        return id;
    }

    /// Makes room for so many rows in all.
    void reserve(std::size_t size) { rows_.reserve(static_cast<std::uint32_t>(size)); }

    [[nodiscard]] Row const& operator[](RowId id) const { return rows_[id.index]; }
    [[nodiscard]] Row& operator[](RowId id) { return rows_[id.index]; }
    /// Where the row is or would be; to be prefetched, not to be read.
    [[nodiscard]] Row const* place_of(RowId id) const { return rows_.place_of(id.index); }

    /// Forgets all but the first `size` rows.
    void shrink_to(std::size_t size) { rows_.truncate(static_cast<std::uint32_t>(size)); }

    [[nodiscard]] RowId id_at(std::size_t index) const { return RowId{static_cast<std::uint32_t>(index)}; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] auto begin() const { return rows_.begin(); }
    [[nodiscard]] auto end() const { return rows_.end(); }
    [[nodiscard]] auto begin() { return rows_.begin(); }
    [[nodiscard]] auto end() { return rows_.end(); }

private:
    RowArray<Row> rows_;
};

} // namespace mailflow
