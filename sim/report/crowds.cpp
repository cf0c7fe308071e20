#include "report/crowds.hpp"

#include "base/text.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// "12 bounced (unknown user 9, no such domain 3)".
std::string words_of(Outcomes const& counts, Outcome outcome) {
    std::vector<std::string> reasons;
    for (std::size_t i = 1; i < reason_names.size(); ++i)
        if (auto const count = counts.of(outcome, static_cast<Reason>(i)); count > 0)
            reasons.push_back(fmt::format("{} {}", plain_words(static_cast<Reason>(i)), count));
    std::string words = fmt::format("{} {}", counts.of(outcome), name_of(outcome));
    if (reasons.size() == 1) // its number is that of all
        reasons.front().resize(reasons.front().rfind(' '));
    return reasons.empty() ? words : words + fmt::format(" ({})", fmt::join(reasons, ", "));
}

} // namespace

Table<PopulationId, Outcomes> count_crowds(World const& world, Trace const& trace, Summary const& summary) {
    Table<PopulationId, Outcomes> counts;
    for (std::size_t i = 0; i < world.populations.size(); ++i)
        counts.add({});
    for (RecipientSummary const& came : summary.crowd)
        counts[trace.messages[trace.recipients[came.recipient].message].population].count(came.outcome,
                                                                                          came.reason);
    return counts;
}

bool lists_crowds(Summary const& summary) {
    constexpr std::size_t most_listed = 1000;
    return summary.crowd.size() <= most_listed;
}

void tell_crowds(World const& world, Trace const& trace, Summary const& summary, Page& page) {
    if (world.populations.empty())
        return;
    Table<PopulationId, Outcomes> const counts = count_crowds(world, trace, summary);
    page.line("What became of the mail of many people", Tone::strong);
    for (std::size_t i = 0; i < counts.size(); ++i) {
        PopulationId const id = counts.id_at(i);
        page.item("  • ", fmt::format("{}: {}", world.populations[id].name,
                                      count_of(counts[id].all(), "message", "messages")));
        for (std::size_t outcome = 0; outcome < outcome_names.size(); ++outcome)
            if (counts[id].of(static_cast<Outcome>(outcome)) > 0)
                page.item("    ", words_of(counts[id], static_cast<Outcome>(outcome)));
    }
    page.blank();
}

} // namespace mailflow
