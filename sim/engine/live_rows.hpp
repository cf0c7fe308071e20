// What an actor knows of some of the sessions that are going on, found by their numbers in the trace. The
// rows of what is over are used again, also where the trace is kept.
#pragma once

#include "base/id.hpp"

#include <cassert>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace mailflow {

template<class Key, class Row>
class LiveRows {
public:
    /// The key must have no row.
    void add(Key id, Row row) {
        if (places_.size() <= id.index)
            places_.resize(id.index + std::size_t{1}, nowhere);
        if (free_.empty()) {
            places_[id.index] = static_cast<std::uint32_t>(rows_.size());
            rows_.push_back(std::move(row));
        } else {
            places_[id.index] = free_.back();
            free_.pop_back();
            rows_[places_[id.index]] = std::move(row);
        }
    }

    void let_go(Key id) {
        free_.push_back(place_of(id));
        places_[id.index] = nowhere;
    }

    [[nodiscard]] Row& operator[](Key id) { return rows_[place_of(id)]; }
    [[nodiscard]] Row const& operator[](Key id) const { return rows_[place_of(id)]; }

    /// Memory for the most rows that it held at one time, without what they hold themselves.
    [[nodiscard]] std::uint64_t bytes() const {
        return places_.capacity() * sizeof(std::uint32_t) + rows_.capacity() * sizeof(Row) +
               free_.capacity() * sizeof(std::uint32_t);
    }

private:
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

    [[nodiscard]] std::uint32_t place_of(Key id) const {
        assert(id.index < places_.size() && places_[id.index] != nowhere);
        return places_[id.index];
    }

    std::vector<std::uint32_t> places_; // by key
    std::vector<Row> rows_;
    std::vector<std::uint32_t> free_;
};

} // namespace mailflow
