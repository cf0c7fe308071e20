// What a server says and does when the scenario prescribes it: a mailbox that is full, a server that turns
// everybody away at the door, a line that breaks. It is not a rule: nothing is decided, and nobody asks why.
#pragma once

#include "mail/command.hpp"
#include "mail/reply.hpp"
#include "mail/saying.hpp"

#include <optional>

namespace mailflow {

/// Where in a session the words are said (RFC 5321 section 4.3.2).
enum class ScriptedPhase : std::uint8_t { greeting, mail, rcpt, content };

/// What happens in one phase, instead of what the server would answer.
struct ScriptedAnswer {
    bool drops = false; // the connection breaks without a word
    Reply reply{};      // 4xx or 5xx; "{address}" in its text stands for the mailbox that it is about
};

struct ScriptedAnswers {
    std::optional<ScriptedAnswer> greeting;
    std::optional<ScriptedAnswer> mail;
    std::optional<ScriptedAnswer> rcpt;
    std::optional<ScriptedAnswer> content;
    std::optional<std::uint32_t> times; // for so many tries of each message; none: always
};

/// What is prescribed for the phase; none: the server answers as usual.
[[nodiscard]] std::optional<ScriptedAnswer> const& answer_in(ScriptedAnswers const& answers,
                                                             ScriptedPhase phase);

/// The phase that the command is answered in; none for commands that are always answered as usual.
[[nodiscard]] std::optional<ScriptedPhase> phase_of(Verb verb);

/// The saying of a reply that is prescribed for the phase, and back. `saying` must be scripted.
[[nodiscard]] Saying scripted_saying(ScriptedPhase phase, Reply const& reply);
[[nodiscard]] ScriptedPhase phase_of(Saying saying);

} // namespace mailflow
