// The search for open relays, as it came out: which try is which, what became of each, and the relay that was
// found. Not the words of single replies: those are report/words/words.hpp.
#pragma once

#include "report/page.hpp"
#include "report/summary.hpp"

#include <string_view>
#include <vector>

namespace mailflow {

/// The try that the message is; null where it is none.
[[nodiscard]] ProbeTry const* try_of(World const& world, Trace const& trace, MessageId message);

/// Whom the message is meant for: of a prober's spam and tries not the address that is written, but the one
/// that is woven into it.
[[nodiscard]] AddressId aim_of(World const& world, Trace const& trace, RecipientId recipient);

/// The trick in a few words for people: "a percent sign, at the server's own name".
[[nodiscard]] std::string_view plain_words(Trick trick);

/// Whether a try ended in the spammer's drop box: the server relayed.
[[nodiscard]] bool has_relayed(World const& world, RecipientSummary const& came, ProbeTry const& tried,
                               Spammer const& spammer);

/// The try whose server and form the spam after it makes use of; null where nothing was found or nothing
/// sent.
[[nodiscard]] ProbeTry const* relay_found(World const& world, Trace const& trace, SpammerId spammer);

/// The tries of a spammer as they came out, in order.
[[nodiscard]] std::vector<RecipientSummary const*> tries_of(Trace const& trace, Summary const& summary,
                                                            World const& world, SpammerId spammer);

/// Server by server: how many tries were refused and in which words, which were accepted and where those
/// ended.
void tell_probe(World const& world, Trace const& trace, Summary const& summary, SpammerId spammer,
                Page& page);

} // namespace mailflow
