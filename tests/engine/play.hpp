// For tests of whole worlds: a scenario in text is played, and what became of each recipient is read off the
// trace.
#pragma once

#include "catch.hpp"

#include "run/run.hpp"
#include "scenario/load.hpp"

#include <string>
#include <vector>

namespace mailflow {

struct Play {
    World world;
    Trace trace;
};

/// Loads and plays a scenario; its complaints fail the test.
inline Play play_text(std::string const& text) {
    auto loaded = load_scenario(text);
    if (auto const* complaints = std::get_if<std::vector<Diagnostic>>(&loaded))
        FAIL(to_line(complaints->front(), "test"));
    World world = std::get<World>(std::move(loaded));
    Trace trace = run(world);
    return {std::move(world), std::move(trace)};
}

/// Every event of one kind, in order.
template<class Kind>
std::vector<Kind> all_of(Trace const& trace) {
    std::vector<Kind> found;
    for (Event const& event : trace.events)
        if (auto const* kind = std::get_if<Kind>(&event.happening))
            found.push_back(*kind);
    return found;
}

/// "leo@shop.example: refused relay-denied by mail.isp.example", in the order of settling, bounces'
/// recipients too.
inline std::vector<std::string> settlements(Play const& play) {
    std::vector<std::string> lines;
    for (RecipientSettled const& settled : all_of<RecipientSettled>(play.trace)) {
        std::string line = play.world.book.text(play.trace.recipients[settled.recipient].address) + ": " +
                           std::string{name_of(settled.outcome)};
        if (settled.reason != Reason::none)
            line += " " + std::string{name_of(settled.reason)};
        lines.push_back(line + " by " + play.world.hosts[settled.by].name);
    }
    return lines;
}

/// The servers that clients called, in order.
inline std::vector<std::string> calls(Play const& play) {
    std::vector<std::string> names;
    for (Session const& session : play.trace.sessions)
        names.push_back(play.world.hosts[session.server].name);
    return names;
}

} // namespace mailflow
