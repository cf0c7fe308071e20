// The live state of some of the run's sessions, found by the session's number: SMTP sessions and those with
// mailboxes are numbered together, but kept apart.
#pragma once

#include "trace/event.hpp"

#include <cassert>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace mailflow {

template<class Row>
class SessionRows {
public:
    void add(SessionId id, Row row) {
        places_.resize(id.index + 1U, nowhere);
        places_[id.index] = static_cast<std::uint32_t>(rows_.size());
        rows_.push_back(std::move(row));
    }

    [[nodiscard]] Row& operator[](SessionId id) { return rows_[place_of(id)]; }
    [[nodiscard]] Row const& operator[](SessionId id) const { return rows_[place_of(id)]; }

private:
    static constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

    [[nodiscard]] std::uint32_t place_of(SessionId id) const {
        assert(id.index < places_.size() && places_[id.index] != nowhere);
        return places_[id.index];
    }

    std::vector<std::uint32_t> places_; // by session
    std::vector<Row> rows_;
};

} // namespace mailflow
