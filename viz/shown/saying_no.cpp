#include "viz/shown/saying_no.hpp"

namespace mailflow::viz {

namespace {

/// Whether a server sends the message back by its own insight: no reply that refused it came before.
bool gives_up(Event const& event) {
    auto const* const settled = std::get_if<RecipientSettled>(&event.happening);
    return settled != nullptr && settled->outcome == Outcome::bounced &&
           (is_diagnosis(settled->saying) || class_of(settled->saying) != SayingClass::permanent);
}

/// Whether a server says "come back later", or a try came to nothing without a word and is made again.
bool puts_off(Trace const& trace, Event const& event) {
    if (auto const* const deferred = std::get_if<MessageDeferred>(&event.happening))
        return is_diagnosis(trace.deferrals[deferred->deferral].saying);
    bool const is_said = std::holds_alternative<DecisionMade>(event.happening) ||
                         std::holds_alternative<ReplySent>(event.happening);
    return is_said && mark_of(trace, event) == Mark::deferred;
}

} // namespace

bool says_no(Trace const& trace, Event const& event) {
    return mark_of(trace, event) == Mark::refused || puts_off(trace, event) || gives_up(event);
}

std::optional<std::size_t> current_row(Trace const& trace, StoryRows const& rows, std::size_t applied) {
    std::size_t const count = rows.happened(applied);
    if (count == 0)
        return std::nullopt;
    auto const event = [&](std::size_t row) -> Event const& { return trace.events[rows.all()[row].event]; };
    for (std::size_t row = count; row-- > 0 && event(row).at == event(count - 1).at;)
        if (says_no(trace, event(row)))
            return row;
    return count - 1;
}

} // namespace mailflow::viz
