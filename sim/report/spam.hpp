// What spam leads to, summed up for a story: how it fared, whose queue grew, who was listed for it, whose
// honest mail was refused for that, on whom the bounces rained, and where it got in.
#pragma once

#include "report/advice/advice.hpp"
#include "report/page.hpp"
#include "report/summary.hpp"

#include <vector>

namespace mailflow {

/// Whether it tries names at a domain; what is sent beside a population goes to people that there are.
[[nodiscard]] inline bool guesses_names(Spammer const& spammer) {
    return spammer.guesses && !spammer.is_drawn;
}

/// One line for each spammer, as it looks to somebody who sees no servers.
void tell_spam_magic(World const& world, Trace const& trace, Summary const& summary, Page& page);

/// The consequences, in the order in which they follow from each other; nothing where there is no spam.
void tell_spam(World const& world, Trace const& trace, Summary const& summary, Page& page);

/// For each spammer the first message that was delivered: the Received lines that lead back to it.
void tell_origins(World const& world, Trace const& trace, Summary const& summary, Page& page);

/// Who can stop it; nothing for a spammer who got nothing in.
[[nodiscard]] std::vector<Advice> advise_on_spam(World const& world, Trace const& trace,
                                                 Summary const& summary);

} // namespace mailflow
