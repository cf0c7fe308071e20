#include "smtp/recollection.hpp"

#include <utility>

namespace mailflow {

bool excuses(Recollection const& memory, Greeted greeted, Command const& command) {
    if (greeted != Greeted::ehlo || command.flaw != Flaw::none)
        return false;
    bool const sends_content = command.verb == Verb::data || command.keyword == Keyword::bdat;
    return (command.verb == Verb::rcpt && memory.follows_refused_mail) ||
           (sends_content && memory.follows_recipient);
}

void remember(Recollection& memory, Command const& command, Saying answer) {
    bool const is_refused_mail = command.verb == Verb::mail && answer != Saying::sender_ok;
    memory.follows_recipient = command.verb == Verb::rcpt;
    memory.follows_refused_mail =
        is_refused_mail || (memory.follows_recipient && memory.follows_refused_mail);
}

void remember_refusal(Recollection& memory, std::string words) {
    Recollection::OfTransaction& known = memory.transaction;
    known.refusals_differ = known.refusals_differ || (known.refusal && *known.refusal != words);
    known.refusal = std::move(words);
}

} // namespace mailflow
