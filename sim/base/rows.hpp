// A table whose rows may be let go when nobody will ask for them any more. In a run that keeps everything
// that changes nothing; in one that keeps only what it needs, the numbers of such rows come back for new
// ones, so that the table is never larger than what it held at one time.
#pragma once

#include "base/free_places.hpp"
#include "base/id.hpp"

#include <map>
#include <vector>

namespace mailflow {

template<class RowId, class Row>
class Rows : public Table<RowId, Row> {
    using Base = Table<RowId, Row>;

public:
    /// From now on what is let go is used again.
    void recycle() { recycles_ = true; }

    RowId add(Row row) {
        if (free_.empty())
            return Base::add(std::move(row));
        RowId const id{free_.take()};
        (*this)[id] = std::move(row);
        return id;
    }

    /// So many rows one behind the other; comes back with the first.
    RowId add_block(std::uint32_t count, Row const& row) {
        if (count == 1)
            return add(row);
        auto const place = free_blocks_.find(count);
        if (place != free_blocks_.end() && !place->second.empty()) {
            RowId const first{place->second.back()};
            place->second.pop_back();
            for (std::uint32_t i = 0; i < count; ++i)
                (*this)[RowId{first.index + i}] = row;
            return first;
        }
        RowId const first = Base::id_at(Base::size());
        for (std::uint32_t i = 0; i < count; ++i)
            Base::add(row);
        return first;
    }

    void let_go(RowId id) {
        if (recycles_)
            free_.add(id.index);
    }
    /// Rows that were added together.
    void let_go_block(RowId first, std::uint32_t count) {
        if (count == 1)
            let_go(first);
        else if (recycles_ && count > 0)
            free_blocks_[count].push_back(first.index);
    }

    /// Memory for the most rows that it held at one time, without what they hold themselves.
    [[nodiscard]] std::uint64_t bytes() const { return Base::size() * sizeof(Row) + free_.bytes(); }

private:
    bool recycles_ = false;
    FreePlaces free_;
    std::map<std::uint32_t, std::vector<std::uint32_t>> free_blocks_; // by the number of rows
};

/// Rows that are always used again.
template<class RowId, class Row>
class RecycledRows : public Rows<RowId, Row> {
public:
    RecycledRows() { this->recycle(); }
};

} // namespace mailflow
