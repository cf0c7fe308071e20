#include "report/ladder.hpp"

namespace mailflow {

Ladder ladder_of(World const& world, Trace const& trace, DecisionRecord const& record) {
    Question const question = question_of(world, trace, record);
    Ladder ladder{.server = trace.sessions[record.session].server,
                  .recipient = record.recipient,
                  .question = std::string{question_of(record.decision.list)},
                  .verdict = record.decision.verdict,
                  .rungs = {}};
    for (Finding const& finding : record.decision.findings()) {
        Rule const& asked = rule(finding.rule);
        ladder.rungs.push_back({.match = finding.match,
                                .sentence = std::string{asked.sentence},
                                .because = asked.because(question, finding),
                                .source = std::string{asked.source}});
    }
    return ladder;
}

} // namespace mailflow
