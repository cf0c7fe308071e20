#include "smtp/recollection.hpp"

#include <utility>

namespace mailflow {

namespace {

bool asks_for_content(Command const& command) {
    return command.verb == Verb::data || command.keyword == Keyword::bdat;
}

} // namespace

bool excuses(Recollection const& memory, Greeted greeted, Command const& command) {
    if (greeted != Greeted::ehlo)
        return false;
    return (command.verb == Verb::rcpt && memory.follows_refused_mail) ||
           (asks_for_content(command) && memory.follows_recipient && command.flaw == Flaw::none);
}

void remember(Recollection& memory, Command const& command, Saying answer) {
    bool const is_refused_mail = command.verb == Verb::mail && answer != Saying::sender_ok;
    memory.has_asked_for_content =
        memory.has_asked_for_content || (asks_for_content(command) && command.flaw == Flaw::none);
    bool const is_recipient = command.verb == Verb::rcpt;
    bool const is_baseless = answer == Saying::bad_sequence_mail && !command.follows_refusal;
    memory.follows_recipient = is_recipient && !is_baseless;
    memory.follows_refused_mail = is_refused_mail || (is_recipient && memory.follows_refused_mail);
}

void remember_refusal(Recollection& memory, std::string words) {
    Recollection::OfTransaction& known = memory.transaction;
    known.refusals_differ = known.refusals_differ || (known.refusal && *known.refusal != words);
    known.refusal = std::move(words);
}

} // namespace mailflow
