#include "report/ladder.hpp"

namespace mailflow {

std::string_view verdict_words(Ladder const& ladder) {
    if (ladder.verdict == Verdict::accept)
        return "accepted";
    return class_of(ladder.saying) == SayingClass::transient ? "refused for now" : "refused";
}

Ladder ladder_of(HostId server, Question const& question, Decision const& decision) {
    AddressId const asked_about = question.written.valid()     ? question.written
                                  : question.recipient.valid() ? question.recipient
                                                               : question.sender;
    bool const is_read_otherwise = question.written.valid() && question.written != question.recipient;
    Ladder ladder{.server = server,
                  .about = asked_about.valid() ? question.book.text(asked_about) : "<>",
                  .read_as = is_read_otherwise ? question.book.text(question.recipient) : std::string{},
                  .question = std::string{question_of(decision.list)},
                  .verdict = decision.verdict,
                  .saying = decision.saying,
                  .rungs = {}};
    for (Finding const& finding : decision.findings()) {
        Rule const& asked = rule(finding.rule);
        ladder.rungs.push_back({.match = finding.match,
                                .sentence = std::string{asked.sentence},
                                .because = asked.because(question, finding),
                                .source = std::string{asked.source}});
    }
    return ladder;
}

Ladder ladder_of(World const& world, Trace const& trace, DecisionRecord const& record) {
    return ladder_of(trace.sessions[record.session].server, question_of(world, trace, record),
                     record.decision);
}

} // namespace mailflow
