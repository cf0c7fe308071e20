#include "viz/shown/steps.hpp"

#include "trace/events_by.hpp"
#include "viz/shown/saying_no.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

bool stops_at(Trace const& trace, Event const& event, Step step) {
    Happening const& happening = event.happening;
    switch (step) {
    case Step::event: return true;
    case Step::decision: {
        auto const* const made = std::get_if<DecisionMade>(&happening);
        return made != nullptr && !is_trivial(trace.decisions[made->decision].decision);
    }
    case Step::hop:
        return std::holds_alternative<MessageQueued>(happening) ||
               std::holds_alternative<MessageFiled>(happening);
    case Step::message:
        return std::holds_alternative<MessageSubmitted>(happening) ||
               std::holds_alternative<BounceWritten>(happening) ||
               std::holds_alternative<DelayWarningWritten>(happening);
    case Step::refusal: break; // those of the list
    }
    return false;
}

Instant row_from(Instant now, Towards towards, Shown const& shown, StoryRows const& rows) {
    std::vector<StoryRow> const& all = rows.all();
    std::size_t at = rows.happened(events_by(shown.trace, now));
    if (towards == Towards::future)
        return at < all.size() ? shown.trace.events[all[at].event].at : shown.pace.end();
    while (at > 0 && shown.trace.events[all[at - 1].event].at >= now)
        --at;
    return at > 0 ? shown.trace.events[all[at - 1].event].at : Instant{};
}

std::optional<Instant> refusal_from(Instant now, Towards towards, Shown const& shown, StoryRows const& rows) {
    std::vector<StoryRow> const& all = rows.all();
    auto const event = [&](std::size_t row) -> Event const& { return shown.trace.events[all[row].event]; };
    std::size_t const happened = rows.happened(events_by(shown.trace, now));
    if (towards == Towards::future) {
        for (std::size_t row = happened; row < all.size(); ++row)
            if (says_no(shown.trace, event(row)))
                return event(row).at;
        return std::nullopt;
    }
    for (std::size_t row = happened; row-- > 0;)
        if (event(row).at < now && says_no(shown.trace, event(row)))
            return event(row).at;
    return std::nullopt;
}

} // namespace

std::string_view words_of(Step step) {
    switch (step) {
    case Step::event: return "event";
    case Step::decision: return "decision";
    case Step::hop: return "hop";
    case Step::message: return "message";
    case Step::refusal: return "refusal";
    }
    return "";
}

std::optional<Instant> step_from(Instant now, Step step, Towards towards, Shown const& shown,
                                 StoryRows const& rows, Filter const& filter) {
    if (step == Step::event)
        return row_from(now, towards, shown, rows);
    if (step == Step::refusal)
        return refusal_from(now, towards, shown, rows);
    std::vector<Event> const& events = shown.trace.events;
    bool const all = filter.shows_all();
    auto const stops = [&](Event const& event) {
        return stops_at(shown.trace, event, step) &&
               (all || passes(filter, shown.trace, about(shown.world, shown.trace, event)));
    };
    std::size_t const at = events_by(shown.trace, now);
    if (towards == Towards::future) {
        for (std::size_t i = at; i < events.size(); ++i)
            if (stops(events[i]))
                return events[i].at;
        return shown.pace.end();
    }
    for (std::size_t i = at; i-- > 0;)
        if (events[i].at < now && stops(events[i]))
            return events[i].at;
    return Instant{};
}

std::optional<Instant> acts_within(Shown const& shown, HostId machine, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < std::min(to, shown.trace.events.size()); ++i)
        if (about(shown.world, shown.trace, shown.trace.events[i]).actor == machine)
            return shown.trace.events[i].at;
    return std::nullopt;
}

} // namespace mailflow::viz
