// What became of everything, counted: the fold over a trace that story, reports and expectations share. Not
// the words: those are report/words.hpp.
#pragma once

#include "trace/trace.hpp"

#include <optional>
#include <vector>

namespace mailflow {

/// What became of one recipient of a message that somebody handed in.
struct RecipientSummary {
    RecipientId recipient;
    Outcome outcome = Outcome::queued; // as long as nothing else was said
    std::optional<RecipientSettled> settled;
    Instant submitted_at;
    std::optional<Instant> settled_at;
    std::optional<Outcome> bounce; // what became of the bounce about it, where one was written
    std::vector<HostId> path;      // who had it, or refused it, in that order; first the writer's computer
};

/// Recipients by outcome.
struct Totals {
    std::size_t recipients = 0;
    std::size_t delivered = 0;
    std::size_t refused = 0;
    std::size_t bounced = 0;
    std::size_t queued = 0;
    std::size_t discarded = 0;

    void count(Outcome outcome);
};

/// What one server did.
struct ServerCounts {
    std::size_t accepted = 0;     // messages taken over a connection
    std::size_t relay_denied = 0; // recipients refused because relaying was denied
    std::size_t queued_peak = 0;  // the most messages that it held at one time
};

struct Summary {
    std::vector<RecipientSummary> recipients; // of handed-in mail, in the order of the file
    Totals totals;                            // of the same
    Totals bounces;                           // of the bounces' recipients
    Table<ServerId, ServerCounts> servers;    // a row for each server of the world
};

[[nodiscard]] Summary summarize(World const& world, Trace const& trace);

} // namespace mailflow
