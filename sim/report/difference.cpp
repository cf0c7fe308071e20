#include "report/difference.hpp"

#include "report/ladder.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// What the event says, or that the run has ended.
std::string words_at(Run const& run, std::size_t event) {
    std::vector<Event> const& events = run.trace.events;
    return event < events.size() ? sentence(run.world, run.trace, events[event])
                                 : std::string{"nothing more happens"};
}

std::string because_of(Run const& run, std::size_t event) {
    std::vector<Event> const& events = run.trace.events;
    auto const* made = event < events.size() ? std::get_if<DecisionMade>(&events[event].happening) : nullptr;
    if (made == nullptr)
        return {};
    Ladder const ladder = ladder_of(run.world, run.trace, run.trace.decisions[made->decision]);
    return fmt::format("the rule \"{}\" matches", ladder.rungs.back().sentence);
}

bool is_same(Run const& before, Run const& now, std::size_t event) {
    Event const& a = before.trace.events[event];
    Event const& b = now.trace.events[event];
    return a.at == b.at && a.happening.index() == b.happening.index() &&
           words_at(before, event) == words_at(now, event);
}

} // namespace

std::optional<Difference> first_difference(Run const& before, Run const& now) {
    std::vector<Event> const& a = before.trace.events;
    std::vector<Event> const& b = now.trace.events;
    std::size_t const both = std::min(a.size(), b.size());
    std::size_t event = 0;
    while (event < both && is_same(before, now, event))
        ++event;
    if (event == a.size() && event == b.size())
        return std::nullopt;
    Difference difference{.at = {},
                          .event = event,
                          .before = words_at(before, event),
                          .now = words_at(now, event),
                          .because = because_of(now, event)};
    if (event < both && a[event].at != b[event].at) {
        // It is told when each of them happens; the same at another time is no other thing.
        bool const same = difference.before == difference.now;
        difference.before += fmt::format(", at {}", say_instant(a[event].at));
        difference.now =
            fmt::format("{}, at {}", same ? "the same" : difference.now, say_instant(b[event].at));
    }
    Instant const last{Duration::max()};
    difference.at = std::min(event < a.size() ? a[event].at : last, event < b.size() ? b[event].at : last);
    return difference;
}

std::string to_words(std::optional<Difference> const& difference) {
    if (!difference)
        return "No difference: both runs are the same from beginning to end.";
    return fmt::format("First difference at {}: before, {}; now, {}{}.", say_instant(difference->at),
                       difference->before, difference->now,
                       difference->because.empty() ? "" : ", because " + difference->because);
}

} // namespace mailflow
