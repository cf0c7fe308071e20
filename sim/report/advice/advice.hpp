// "Who has to mend it?": the culprit and the advice for a recipient that was not served, or not yet.
#pragma once

#include "trace/trace.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace mailflow {

struct Advice {
    std::string culprit; // "Maya", "the postmaster of mx1.shop.example", "nobody"
    std::string text;    // what to do, in one or two sentences for people
    std::string was{}; // what was in the way, once it is mended: "mx1.shop.example was down"; empty: no more
                       // than the reason tells
    // Where the same may have to be said of many names:
    std::string name{}; // the one that it is about
    std::string many{}; // the text for several, with {count} and {names}; empty: it is about no name
};

/// Empty where nothing is to be mended (the message arrived). What the world was like when the recipient was
/// settled or put off tells who has to mend it; where a change has mended it by `now`, or by the end of the
/// run where no moment is given, what is left to do.
[[nodiscard]] std::optional<Advice> advise(World const& world, Trace const& trace,
                                           RecipientSettled const& settled,
                                           std::optional<Instant> now = std::nullopt);

/// Of the mail of a population `advise` has nothing to say, as there may be very much of it; this is said of
/// one such message that was asked about. `at` is when it was settled or put off: what is mended later is not
/// taken into account. Empty where it arrived, or is no such mail nor came of it.
[[nodiscard]] std::optional<Advice> advise_on_population(World const& world, Trace const& trace,
                                                         RecipientSettled const& settled, Instant at);

/// Where the mail for a recipient was going, as far as a server has taken it.
struct Bound {
    AddressId address;  // as the last server reads it, aliases followed; none: no server has taken it
    QueueEntryId alias; // where the last alias led it on; none: none did
};

/// The same for many recipients of one run: it looks through the trace once. Borrows both.
class Adviser {
public:
    Adviser(World const& world, Trace const& trace);

    /// As the world stands at the end of the run; `at` is when the recipient was settled or put off.
    [[nodiscard]] std::optional<Advice> advise(RecipientSettled const& settled, Instant at) const;

private:
    World const& world_;
    Trace const& trace_;
    std::map<RecipientId, Bound> bound_;
};

/// For mail in the queue of a server that is down itself.
[[nodiscard]] Advice advise_on_stopped_queue(World const& world, HostId holder);

/// For those whose last look for mail in the run failed, one piece of advice each.
[[nodiscard]] std::vector<Advice> advise_on_looks(World const& world, Trace const& trace);

/// A recipient that was put off, in the form in which advice is asked for: outcome queued.
[[nodiscard]] RecipientSettled as_if_settled(Deferral const& deferral);

} // namespace mailflow
