// What became of one recipient, in a line: as a story ends with it, and as two runs are compared by it. Part
// of the words in report/words/words.hpp; a file of its own, as it asks the summary and not the trace.
#pragma once

#include "report/summary.hpp"

#include <string>
#include <string_view>

namespace mailflow {

/// Whether the message is called by its name, as where there are several.
enum class Named : std::uint8_t { no, yes };

/// "Maya to leo@shop.example"; with its name "Maya to leo@shop.example (greetings)".
[[nodiscard]] std::string whose_words(World const& world, Trace const& trace, RecipientSummary const& came,
                                      Named named);

/// "refused after 0.6 s (relaying denied)".
[[nodiscard]] std::string outcome_words(World const& world, Trace const& trace, Summary const& summary,
                                        RecipientSummary const& came);

/// Why it came so, or why it waits, in a few words: "relaying denied".
[[nodiscard]] std::string_view reason_words(World const& world, Trace const& trace, Summary const& summary,
                                            RecipientSummary const& came);

/// Whose words the last reply is: a mail program that could not hand in its message says so itself. There is
/// one: `last_reply` is not empty.
[[nodiscard]] std::string speaker_of(World const& world, Trace const& trace, RecipientSummary const& came);

} // namespace mailflow
