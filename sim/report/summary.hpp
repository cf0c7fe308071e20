// What became of everything, counted: the fold over a trace that story, reports and expectations share. Not
// the words: those are report/words/words.hpp.
#pragma once

#include "report/trace_index.hpp"
#include "trace/numbers.hpp"

#include <optional>
#include <vector>

namespace mailflow {

/// A server that took responsibility for a recipient, and for how long it kept it.
struct Hop {
    HostId server;
    Instant arrived;
    std::optional<Instant> left; // filed, passed on, or given up; none: still there
};

/// A copy that a mail program took home.
struct Fetch {
    HostId device;
    Instant at;
    bool deleted = false; // on the server, at the end of the session
};

/// A bounce or a delay warning, as its reader comes to see it.
struct Tidings {
    Instant filed;                  // in the mailbox of the message's sender
    std::optional<Instant> fetched; // by the first mail program
};

/// What became of one recipient of a message that somebody handed in.
struct RecipientSummary {
    RecipientId recipient;
    Outcome outcome = Outcome::queued; // as long as nothing else was said
    Reason reason = Reason::none;      // of one still queued: that of its last deferral
    HostId by;                         // whose words decided it, or put it off; none: nobody's yet. Where a
                                       // mail program never got through: the server that it meant to reach
    std::optional<RecipientSettled> settled;
    DeferralId deferral; // why it still waits where it is now; none: nothing was in the way so far
    Instant submitted_at;
    std::optional<Instant> settled_at;
    std::optional<Outcome> bounce;     // what became of the bounce about it, where one was written
    std::optional<Tidings> returned{}; // that bounce, where it has arrived
    std::vector<Tidings> warnings{};   // the delay warnings about it that have arrived
    std::vector<HostId> path;   // who had it, or refused it, in that order; first the writer's computer,
                                // and of what was refused `by` last
    std::vector<Hop> hops;      // the servers that took it, in that order
    std::vector<Fetch> fetches; // the first one of each device
};

/// Recipients by outcome.
struct Totals {
    std::size_t recipients = 0;
    std::size_t delivered = 0;
    std::size_t refused = 0;
    std::size_t bounced = 0;
    std::size_t queued = 0;
    std::size_t discarded = 0;
};

[[nodiscard]] Totals totals_of(Outcomes const& outcomes);

/// How many messages a server held from that moment on: the most until the next one.
struct QueueLength {
    Instant from;
    std::size_t messages = 0;
};

/// How long a queue was over time. Each change is a point of its own as long as there are at most
/// `most_points`; of a queue that changes more often, a point stands for several changes, one after the
/// other.
class QueueCourse {
public:
    static constexpr std::size_t most_points = 200;

    void add(QueueLength change);
    [[nodiscard]] std::vector<QueueLength> const& points() const { return points_; }

private:
    std::vector<QueueLength> points_;
    std::size_t changes_a_point_ = 1;
    std::size_t in_last_ = 0; // changes that the last point stands for
};

/// What one server did, and the course of it.
struct ServerCounts : ServerNumbers {
    std::vector<Duration> delays; // of the recipients that it filed or passed on, but for those of its own
                                  // letters: how long it had them; sorted
    QueueCourse queue;
};

struct Summary {
    std::vector<RecipientSummary> recipients;  // of people's mail, in the order of the file
    std::vector<RecipientSummary> spam;        // of spammers' mail, in the order in which it was sent
    std::vector<RecipientSummary> crowd;       // of populations' mail, in the same order
    Totals totals;                             // of them all
    Totals bounces;                            // of the bounces' recipients
    Totals backscatter;                        // those of them that are about spam
    Table<SpammerId, SpammerNumbers> spammers; // a row for each spammer of the world
    Table<ServerId, ServerCounts> servers;     // a row for each server of the world
    TraceIndex index;                          // of the same trace, for the words
};

/// Whether reports list the spam message by message: not when there are too many.
[[nodiscard]] bool lists_spam(Summary const& summary);

[[nodiscard]] Summary summarize(World const& world, Trace const& trace);

/// The server in whose queue it lies, where that one is down when the run ends; none: it is not.
[[nodiscard]] HostId stopped_holder(World const& world, Trace const& trace, RecipientSummary const& came);

/// Why a recipient that did not arrive did not, and who said so: what lies in the queue of a server that is
/// down waits for that server, whether it had a try or not.
struct Hindrance {
    Reason reason = Reason::none;
    HostId by;
};
[[nodiscard]] Hindrance hindrance_of(World const& world, Trace const& trace, RecipientSummary const& came);

/// The value below which that share of the sorted list lies (nearest rank); empty for an empty list.
[[nodiscard]] std::optional<Duration> percentile(std::vector<Duration> const& sorted, double share);

} // namespace mailflow
