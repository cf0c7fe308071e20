#include "policy/scripted_answers.hpp"

namespace mailflow {

std::optional<ScriptedAnswer> const& answer_in(ScriptedAnswers const& answers, ScriptedPhase phase) {
    switch (phase) {
    case ScriptedPhase::greeting: return answers.greeting;
    case ScriptedPhase::mail: return answers.mail;
    case ScriptedPhase::rcpt: return answers.rcpt;
    case ScriptedPhase::content: break;
    }
    return answers.content;
}

std::optional<ScriptedPhase> phase_of(Verb verb) {
    switch (verb) {
    case Verb::mail: return ScriptedPhase::mail;
    case Verb::rcpt: return ScriptedPhase::rcpt;
    case Verb::content: return ScriptedPhase::content;
    default: return std::nullopt;
    }
}

Saying scripted_saying(ScriptedPhase phase, Reply const& reply) {
    // Two sayings for each phase, in the order of the phases.
    auto const first = static_cast<unsigned>(Saying::scripted_greeting_transient);
    return static_cast<Saying>(first + 2U * static_cast<unsigned>(phase) + (reply.transient() ? 0U : 1U));
}

ScriptedPhase phase_of(Saying saying) {
    auto const first = static_cast<unsigned>(Saying::scripted_greeting_transient);
    return static_cast<ScriptedPhase>((static_cast<unsigned>(saying) - first) / 2U);
}

} // namespace mailflow
