#include "viz/shown/told_message.hpp"

#include "report/words/words.hpp"
#include "viz/shown/search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <variant>

namespace mailflow::viz {

namespace {

/// What settled the recipient by then; none: nothing yet.
RecipientSettled const* settled_by(Trace const& trace, Lists const& lists, RecipientId recipient,
                                   std::size_t applied) {
    EventNumber const settling = lists.settling(recipient);
    return settling == never || settling >= applied
               ? nullptr
               : &std::get<RecipientSettled>(trace.events[settling].happening);
}

Mark mark_of_fate(Outcome outcome) {
    switch (outcome) {
    case Outcome::delivered: return Mark::accepted;
    case Outcome::bounced: return Mark::bounce;
    case Outcome::refused:
    case Outcome::discarded: return Mark::refused;
    case Outcome::queued: break;
    }
    return Mark::none;
}

std::string words_of_fate(RecipientSettled const& settled) {
    std::string words{name_of(settled.outcome)};
    if (settled.reason != Reason::none)
        words += fmt::format(": {}", plain_words(settled));
    return words;
}

bool is_worse(Mark mark, Mark than) {
    constexpr std::array order{Mark::none, Mark::accepted, Mark::bounce, Mark::refused};
    return std::find(order.begin(), order.end(), mark) > std::find(order.begin(), order.end(), than);
}

/// Of several recipients: how many have come to what. The mark is that of the worst.
void tell_fates(Trace const& trace, Lists const& lists, Message const& message, std::size_t applied,
                ToldMessage& told) {
    std::array<std::uint32_t, outcome_names.size()> counts{};
    std::optional<std::string> first;
    bool alike = true;
    for (std::uint32_t i = 0; i < message.recipient_count; ++i) {
        RecipientId const recipient{message.first_recipient.index + i};
        RecipientSettled const* const settled = settled_by(trace, lists, recipient, applied);
        Outcome const outcome = settled == nullptr ? Outcome::queued : settled->outcome;
        std::string const words = settled == nullptr ? "on its way" : words_of_fate(*settled);
        ++counts[static_cast<std::size_t>(outcome)];
        alike = alike && (!first || *first == words);
        first = first.value_or(words);
        if (Mark const mark = mark_of_fate(outcome); is_worse(mark, told.mark))
            told.mark = mark;
    }
    if (alike) {
        told.fate = first.value_or("to nobody");
        return;
    }
    for (std::size_t n = 0; n < counts.size(); ++n)
        if (counts[n] > 0)
            told.fate +=
                fmt::format("{}{} {}", told.fate.empty() ? "" : ", ", counts[n],
                            static_cast<Outcome>(n) == Outcome::queued ? "on the way" : outcome_names[n]);
}

} // namespace

ToldMessage tell_briefly(World const& world, Trace const& trace, Lists const& lists, EventNumber submission,
                         std::size_t applied) {
    MessageId const id = std::get<MessageSubmitted>(trace.events[submission].happening).message;
    Message const& message = trace.messages[id];
    ToldMessage told;
    told.name = message_id(world, message);
    told.way = sender_text(world, message) + " → ";
    if (message.recipient_count > 0)
        told.way += world.book.text(trace.recipients[message.first_recipient].address);
    if (message.recipient_count > 1)
        told.way += fmt::format(" and {} more", message.recipient_count - 1);
    if (message.kind == MessageKind::mail)
        told.subject = world.mail[message.mail].subject;
    if (submission >= applied)
        told.fate = "not sent yet";
    else
        tell_fates(trace, lists, message, applied, told);
    return told;
}

bool is_found(ToldMessage const& message, std::string_view search) {
    return has_words(message.name + "\n" + message.way + "\n" + message.fate + "\n" + message.subject,
                     search);
}

std::vector<std::size_t> const& MessageSearch::find(World const& world, Trace const& trace,
                                                    Lists const& lists, std::string const& words,
                                                    std::size_t applied) {
    if (words == words_ && applied == applied_)
        return found_;
    words_ = words;
    applied_ = applied;
    found_.clear();
    std::span<EventNumber const> const all = lists.submissions();
    for (std::size_t i = 0; i < all.size() && !words.empty(); ++i)
        if (is_found(tell_briefly(world, trace, lists, all[i], applied), words))
            found_.push_back(i);
    return found_;
}

} // namespace mailflow::viz
