// Strong identifiers: an index into one table, which the type names. Records carry ids, never text.
#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace mailflow {

/// The n-th row of the table that `Tag` names. A default-constructed id names no row.
template<class Tag>
struct Id {
    static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

    std::uint32_t index = none;

    [[nodiscard]] constexpr bool valid() const { return index != none; }
    constexpr auto operator<=>(Id const&) const = default;
};

/// A vector that only its own kind of id can index.
template<class RowId, class Row>
class Table {
public:
    RowId add(Row row) {
        RowId const id{static_cast<std::uint32_t>(rows_.size())};
        rows_.push_back(std::move(row));
        return id;
    }

    [[nodiscard]] Row const& operator[](RowId id) const {
        assert(id.index < rows_.size());
        return rows_[id.index];
    }
    [[nodiscard]] Row& operator[](RowId id) {
        assert(id.index < rows_.size());
        return rows_[id.index];
    }

    /// Forgets all but the first `size` rows.
    void shrink_to(std::size_t size) {
        if (size < rows_.size())
            rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(size), rows_.end());
    }

    [[nodiscard]] RowId id_at(std::size_t index) const { return RowId{static_cast<std::uint32_t>(index)}; }
    [[nodiscard]] std::size_t size() const { return rows_.size(); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    [[nodiscard]] auto begin() const { return rows_.begin(); }
    [[nodiscard]] auto end() const { return rows_.end(); }
    [[nodiscard]] auto begin() { return rows_.begin(); }
    [[nodiscard]] auto end() { return rows_.end(); }

private:
    std::vector<Row> rows_;
};

} // namespace mailflow
