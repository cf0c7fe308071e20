// The list of events as each level of detail shows it: which of them, in what words, with which mark on the
// timeline, and what stands behind each.
#pragma once

#include "report/detail.hpp"
#include "viz/shown/filter.hpp"
#include "viz/shown/lists.hpp"

#include <array>
#include <variant>
#include <vector>

namespace mailflow::viz {

/// Something that has details to show.
struct EventSubject {
    EventNumber event = 0;

    bool operator==(EventSubject const&) const = default;
};
/// The DNS itself: what it knows now.
struct DnsSubject {
    bool operator==(DnsSubject const&) const = default;
};
using Subject = std::variant<std::monostate, HostId, MessageId, DecisionId, SessionId, LookupId, DnsSubject,
                             EventSubject>;

/// Shape and colour of an event's mark.
enum class Mark : std::uint8_t { none, accepted, dns, refused, bounce, deferred, changed };
inline constexpr std::size_t mark_count = 7;

/// One event in the list.
struct StoryRow {
    EventNumber event = 0;
    Mark mark = Mark::none;
};

/// The events of one level of detail that pass a filter, and where the marks among them are. Sentences are
/// made when somebody looks.
class StoryRows {
public:
    StoryRows() = default;
    StoryRows(World const& world, Trace const& trace, Detail detail, Filter const& filter);

    [[nodiscard]] std::vector<StoryRow> const& all() const { return rows_; }
    /// The level whose events they are.
    [[nodiscard]] Detail detail() const { return detail_; }
    /// The events with this mark, in order.
    [[nodiscard]] std::vector<EventNumber> const& marked(Mark mark) const {
        return marked_[static_cast<std::size_t>(mark)];
    }
    /// How many rows have happened when so many events have.
    [[nodiscard]] std::size_t happened(std::size_t applied) const;

private:
    Detail detail_ = Detail::protocol;
    std::vector<StoryRow> rows_;
    std::array<std::vector<EventNumber>, mark_count> marked_;
};

/// Which replies only say what a decision before them, in the same moment, has refused: that has the cross.
class RepeatedReplies {
public:
    explicit RepeatedReplies(Trace const& trace) : trace_(trace) {}

    /// To be asked about all events, or about all of a message, in their order.
    [[nodiscard]] bool operator()(Event const& event);

private:
    Trace const& trace_;
    SessionId refused_in_{};
    Instant refused_at_;
};

[[nodiscard]] Mark mark_of(Trace const& trace, Event const& event);
/// What stands behind the event; where nothing has details of its own, the event itself.
[[nodiscard]] Subject subject_of(World const& world, Trace const& trace, EventNumber event);
[[nodiscard]] bool shown_at(Trace const& trace, Event const& event, Detail detail);
/// "the mailbox is somebody else's to know" says nothing that the relay decision did not say.
[[nodiscard]] bool is_trivial(Decision const& decision);

} // namespace mailflow::viz
