// What an actor knows of the sessions or queue entries that are going on, under the numbers that they have in
// the trace: one step from the number to the row, at the price of a row for every number that there ever was
// where the trace is kept. For what few of them have, there is engine/live_rows.hpp.
#pragma once

#include "base/id.hpp"
#include "base/prefetch.hpp"

#include <cstdint>

namespace mailflow {

template<class Key, class Row>
class RowsBeside {
public:
    /// A new row for the key, in the place of what stood there before.
    Row& add(Key id) {
        rows_.grow_to(id.index + 1U);
        return rows_[id.index] = {};
    }
    /// Gives up what the row holds.
    void let_go(Key id) { rows_[id.index] = {}; }

    [[nodiscard]] Row& operator[](Key id) { return rows_[id.index]; }
    [[nodiscard]] Row const& operator[](Key id) const { return rows_[id.index]; }

    /// The row will be needed soon.
    void prepare(Key id) const { prefetch_all(rows_.place_of(id.index)); }

    /// Memory for the most rows that it held at one time, without what they hold themselves.
    [[nodiscard]] std::uint64_t bytes() const { return rows_.size() * sizeof(Row); }

private:
    RowArray<Row> rows_;
};

} // namespace mailflow
