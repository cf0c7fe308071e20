// Where what the panel is asked about begins: before that nobody can know of it.
#include "viz/focus.hpp"

namespace mailflow::viz {

namespace {

/// Finds the event; none where the thing is known from the start.
struct BeginningOf {
    using Found = std::optional<EventNumber>;

    Trace const& trace;
    Lists const& lists;

    Found operator()(std::monostate) const { return {}; }
    Found operator()(HostId) const { return {}; }
    Found operator()(MessageId id) const {
        bool const is_planned = trace.messages[id].kind == MessageKind::mail; // it stands in the scenario
        return is_planned ? Found{} : first_of(lists.of(id));
    }
    Found operator()(DecisionId id) const {
        for (EventNumber const number : lists.of(trace.decisions[id].session))
            if (auto const* made = std::get_if<DecisionMade>(&trace.events[number].happening))
                if (made->decision == id)
                    return number;
        return {};
    }
    Found operator()(SessionId id) const { return first_of(lists.of(id)); }
    Found operator()(LookupId id) const { return lists.asking(id); }
    Found operator()(DnsSubject) const { return {}; }
    Found operator()(EventSubject subject) const { return subject.event; }

    [[nodiscard]] static Found first_of(std::span<EventNumber const> events) {
        return events.empty() ? Found{} : events.front();
    }
};

} // namespace

std::optional<EventNumber> still_to_come(Frame const& frame, Subject const& subject) {
    auto const begins = std::visit(BeginningOf{frame.trace, frame.lists}, subject);
    return begins && *begins >= frame.state.applied ? begins : std::nullopt;
}

} // namespace mailflow::viz
