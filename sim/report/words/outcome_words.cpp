#include "report/words/outcome_words.hpp"

#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// The outcome in a word. Nobody's queue holds what no server has taken so far: an answer to it may be under
/// way.
std::string_view short_ending(RecipientSummary const& came) {
    bool const is_in_a_queue = !came.hops.empty() || came.deferral.valid();
    if (came.outcome == Outcome::refused && came.settled && is_diagnosis(came.settled->saying))
        return "not sent"; // nobody has said no
    return came.settled || is_in_a_queue ? name_of(came.outcome) : "still on its way";
}

} // namespace

std::string whose_words(World const& world, Trace const& trace, RecipientSummary const& came, Named named) {
    Recipient const& recipient = trace.recipients[came.recipient];
    std::string words =
        fmt::format("{} to {}", label_of(world, came.path.front()), world.book.text(recipient.address));
    if (named == Named::yes)
        words += fmt::format(" ({})", message_id(world, trace.messages[recipient.message]));
    return words;
}

std::string outcome_words(World const& world, Trace const& trace, Summary const& summary,
                          RecipientSummary const& came) {
    std::string words{short_ending(came)};
    if (came.settled_at)
        words += fmt::format(" after {}", say_roughly(*came.settled_at - came.submitted_at));
    if (came.reason != Reason::none)
        words += fmt::format(" ({})", reason_words(world, trace, summary, came));
    else if (HostId const holder = stopped_holder(world, trace, came); holder.valid())
        words += fmt::format(" ({} is down)", label_of(world, holder));
    else if (came.outcome == Outcome::queued && !came.hops.empty())
        words += " (nothing in its way so far)";
    return words;
}

std::string_view reason_words(World const& world, Trace const& trace, Summary const& summary,
                              RecipientSummary const& came) {
    bool const is_scripted =
        came.settled ? came.settled->reason == Reason::scripted_answer
                     : came.deferral.valid() &&
                           reason_of(trace.deferrals[came.deferral].saying) == Reason::scripted_answer;
    if (auto const reply = last_reply(world, trace, summary, came);
        is_scripted && reply && is_mailbox_full(*reply))
        return "the mailbox is full";
    if (came.settled)
        return plain_words(*came.settled);
    return came.deferral.valid() ? plain_words_for_now(trace.deferrals[came.deferral].saying)
                                 : plain_words(came.reason);
}

std::string speaker_of(World const& world, Trace const& trace, RecipientSummary const& came) {
    bool const own = came.outcome == Outcome::refused && came.settled && is_diagnosis(came.settled->saying);
    if (!own)
        return world.hosts[came.by].name;
    return fmt::format("{}'s {}", label_of(world, came.path.front()),
                       program_of(trace.messages[trace.recipients[came.recipient].message]));
}

} // namespace mailflow
