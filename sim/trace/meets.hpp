// Whether what came out for a recipient is what an expectation asks for, but for the words of the reply,
// which are the report's.
#pragma once

#include "world/world.hpp"

namespace mailflow {

/// What became of one recipient.
struct Came {
    Outcome outcome = Outcome::queued; // as long as nothing else was said
    Reason reason = Reason::none;      // of one still queued: that of its last deferral
    bool fetched = false;              // by some mail program
    HostId by;                         // whose words decided it, or put it off; none: nobody's yet
};

[[nodiscard]] inline bool meets_but_for_words(Expectation const& expected, Came const& came) {
    return (!expected.outcome || *expected.outcome == came.outcome) &&
           (!expected.reason || *expected.reason == came.reason) &&
           (!expected.by.valid() || came.by == expected.by) &&
           (!expected.fetched || *expected.fetched == came.fetched);
}

/// Whether an expectation is met of which so many recipients out of `subjects` meet what it asks for.
[[nodiscard]] inline bool is_met_by(Expectation const& expected, std::size_t meeting, std::size_t subjects) {
    if (!expected.at_least && !expected.at_most)
        return subjects > 0 && meeting == subjects;
    return meeting >= expected.at_least.value_or(0) && (!expected.at_most || meeting <= *expected.at_most);
}

} // namespace mailflow
