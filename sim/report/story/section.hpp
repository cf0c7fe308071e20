// What belongs together in a story: a message with all that came of it, somebody looking for mail, or
// something that happened by itself. Of spam and of the mail of populations, which all goes the same few
// ways, one message stands for those like it.
#pragma once

#include "report/summary.hpp"

#include <vector>

namespace mailflow {

struct Section {
    MessageId message;                // none: somebody looking for mail, or neither:
    MailCheckId check{};              // none of the two: a change of the world, or what a blocklist did
    std::vector<Event const*> events; // in the order of the trace
    std::size_t alike = 0;            // spam: so many messages more went the same way
    Instant last_alike{};             // when the last of them was sent
    bool ends_differ = false;         // they went to the servers of several domains
    std::size_t others = 0;           // spam: so many went ways of their own that are not told one by one
};

/// Leaves of each spammer's sections the first for each way that its messages went, up to a few.
void fold_spam(World const& world, Trace const& trace, Summary const& summary,
               std::vector<Section>& sections);

} // namespace mailflow
