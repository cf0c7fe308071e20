// The list of events as each level of detail shows it: which of them, in what words, with which mark on the
// timeline, and what stands behind each.
#pragma once

#include "report/detail.hpp"
#include "trace/trace.hpp"

#include <array>
#include <string>
#include <variant>
#include <vector>

namespace mailflow::viz {

/// Something that has details to show.
using Subject = std::variant<std::monostate, HostId, MessageId, DecisionId, SessionId, LookupId>;

/// Shape and colour of an event's mark.
enum class Mark : std::uint8_t { none, accepted, dns, refused, bounce, deferred, changed };

struct StoryRow {
    std::size_t event = 0; // in Trace::events
    Instant at;
    std::string sentence;
    Mark mark = Mark::none;
    Subject subject;
};

class StoryRows {
public:
    StoryRows(World const& world, Trace const& trace);

    [[nodiscard]] std::vector<StoryRow> const& at(Detail detail) const {
        return rows_[static_cast<std::size_t>(detail)];
    }
    /// The moment of the last row before `now` (the beginning when there is none); of the first row after it.
    [[nodiscard]] Instant before(Detail detail, Instant now) const;
    [[nodiscard]] Instant after(Detail detail, Instant now, Instant end) const;
    /// The last row that has happened by `now`; null before the first.
    [[nodiscard]] StoryRow const* last(Detail detail, Instant now) const;

private:
    std::array<std::vector<StoryRow>, 3> rows_;
};

[[nodiscard]] Mark mark_of(Trace const& trace, Event const& event);
[[nodiscard]] Subject subject_of(World const& world, Trace const& trace, Event const& event);
[[nodiscard]] bool shown_at(Trace const& trace, Event const& event, Detail detail);

} // namespace mailflow::viz
