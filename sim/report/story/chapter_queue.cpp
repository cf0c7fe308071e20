// How a story tells what servers do by themselves: queues, aliases, mailboxes, letters, and the end of it.
#include "report/letter.hpp"
#include "report/received.hpp"
#include "report/story/chapter.hpp"
#include "report/words/spoken_time.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

#include <sstream>
#include <utility>

namespace mailflow {

void Chapter::tell(MessageQueued const& event) {
    QueueEntry const& entry = trace_.entries[event.entry];
    std::string const known_as =
        in_protocol() ? fmt::format(" (queue id {})", queue_id(world_, trace_, event.entry)) : std::string{};
    if (entry.from.valid() && trace_.sessions[entry.from].service == Service::web)
        say("✓",
            fmt::format("{} takes the message from its own web mail: whoever is logged in there may write to "
                        "anyone{}.",
                        label_of(world_, entry.server), known_as),
            Tone::good);
    else if (entry.from.valid())
        say("✓",
            fmt::format("{} takes responsibility for the {}{}.", label_of(world_, entry.server),
                        thing(trace_.messages[entry.message]), known_as),
            Tone::good);
}

void Chapter::tell(AliasFollowed const& event) {
    if (!alias_steps_.insert({event.entry, event.recipient, event.target}).second) {
        if (alias_steps_.insert({event.entry, event.recipient, {}}).second)
            say("→", "And so on: the aliases lead in a circle.");
        return;
    }
    AddressId const alias =
        destinations_.try_emplace(event.recipient, trace_.recipients[event.recipient].address).first->second;
    say("→", fmt::format("At {} {} is an alias: its mail goes on to {}.",
                         label_of(world_, trace_.entries[event.entry].server), world_.book.text(alias),
                         world_.book.text(event.target)));
    destinations_[event.recipient] = event.target;
}

void Chapter::tell(MessageDeferred const& event) {
    Deferral const& deferral = trace_.deferrals[event.deferral];
    Message const& message = trace_.messages[trace_.entries[deferral.entry].message];
    std::string const whom =
        message.recipient_count > 1
            ? fmt::format(" for {}", world_.book.text(trace_.recipients[deferral.recipient].address))
            : std::string{};
    if (is_frozen(deferral)) {
        say("…",
            fmt::format("{} freezes the {}{} ({}): it is not tried again until the postmaster looks at it.",
                        label_of(world_, trace_.entries[deferral.entry].server), thing(message), whom,
                        plain_words_for_now(deferral.saying)));
        return;
    }
    say("…", fmt::format("{} puts the {}{} back in its queue ({}); next try in {}.",
                         label_of(world_, trace_.entries[deferral.entry].server), thing(message), whom,
                         reason_of(deferral.saying) == Reason::scripted_answer &&
                                 is_mailbox_full(reply_of(world_, trace_, index_, event.deferral))
                             ? "the mailbox is full"
                             : plain_words_for_now(deferral.saying),
                         say_between(now_ - start_, deferral.next_try - start_)));
}

void Chapter::tell_repetition(std::size_t tries, std::size_t side_by_side, Event const& last) {
    now_ = last.at;
    Deferral const& deferral = trace_.deferrals[std::get<MessageDeferred>(last.happening).deferral];
    std::string const often = tries == 1   ? ", and the same happens"
                              : tries == 2 ? " twice, and the same happens both times"
                                           : fmt::format(" {} times, and the same happens each time", tries);
    std::string_view const which = side_by_side == 1 ? "" : side_by_side == 2 ? " with both" : " with each";
    say("…", fmt::format("{} tries again{}{}; next try in {}.",
                         label_of(world_, trace_.entries[deferral.entry].server), which, often,
                         say_between(now_ - start_, deferral.next_try - start_)));
}

void Chapter::tell_rounds(Rounds const& rounds) {
    now_ = rounds.end->at;
    std::vector<std::string> way;
    for (HostId const host : rounds.way)
        way.push_back(label_of(world_, host));
    way.push_back(way.front());
    say("…", fmt::format("And so on in a circle, {}: {} more rounds. Each server adds a Received line of its "
                         "own; by now there are {}.",
                         fmt::join(way, " → "), rounds.count, rounds.received_lines));
}

void Chapter::tell(MessageDequeued const&) {}

void Chapter::tell(MessageFiled const& event) {
    Recipient const& recipient = trace_.recipients[event.recipient];
    say("✓",
        fmt::format("{} files the {} in the mailbox of {}.", label_of(world_, event.server),
                    thing(trace_.messages[recipient.message]), world_.book.text(event.mailbox)),
        Tone::good);
    if (in_protocol() && trace_.messages[recipient.message].kind == MessageKind::mail)
        tell_header(event.recipient);
}

/// The header of the message as it lies in the mailbox; of copies that are alike, once. Where spam came from
/// has a place of its own.
void Chapter::tell_header(RecipientId id) {
    MessageId const message = trace_.recipients[id].message;
    AddressId const sender = trace_.messages[message].reverse_path;
    std::vector<std::string> header{
        fmt::format("Return-Path: <{}>", sender.valid() ? world_.book.text(sender) : "")};
    for (ReceivedLine const& line : received_lines(world_, trace_, index_, index_.settling[id.index].holder))
        header.insert(header.end(), line.folded.begin(), line.folded.end());
    for (Field const& field : headers_of(world_, index_, message, trace_.messages[message])) {
        std::istringstream folded{fmt::format("{}: {}", field.name, field.value)};
        for (std::string line; std::getline(folded, line);)
            header.push_back(line);
    }
    if (header == header_told_) {
        page_.item(margin() + "  ", "Its header there is the same.");
        return;
    }
    page_.item(margin() + "  ", "Its header there; each server has put its line on top:");
    for (std::string const& line : header) {
        std::size_t const indent = line.find_first_not_of(' ');
        page_.item(margin() + "    " + line.substr(0, indent), line.substr(indent), Tone::faint);
    }
    header_told_ = std::move(header);
}

void Chapter::tell(BounceWritten const& event) {
    say("!",
        fmt::format("{} had taken the message, so it must tell the sender. It writes a bounce to {}:",
                    label_of(world_, trace_.entries[event.about].server),
                    recipient_list(world_, trace_, trace_.messages[event.bounce])),
        Tone::strong);
    tell_letter(event.bounce);
}

void Chapter::tell(DelayWarningWritten const& event) {
    say("!",
        fmt::format(
            "{} has had the message for {} and could not pass it on. It warns {}, and goes on trying:",
            label_of(world_, trace_.entries[event.about].server),
            say_roughly(now_ - index_.queued_at[event.about.index]),
            recipient_list(world_, trace_, trace_.messages[event.warning])),
        Tone::strong);
    tell_letter(event.warning);
}

void Chapter::tell(AddressListed const& event) {
    say("*", sentence(world_, trace_, {now_, event}) + '.', Tone::strong);
}

void Chapter::tell(AddressDelisted const& event) {
    say("*", sentence(world_, trace_, {now_, event}) + '.', Tone::strong);
}

void Chapter::tell(WorldChanged const& event) {
    std::string words = with_capital(change_words(world_, event.change));
    if (!words.ends_with('.'))
        words += '.';
    say("*", words, Tone::strong);
}

/// What the letter says about each recipient; at the protocol level the part for people as it is, and the
/// part that programs read (RFC 3464).
void Chapter::tell_letter(MessageId written) {
    if (!in_protocol()) {
        for (std::string const& line : explanations_of(world_, trace_, index_, written))
            page_.item(margin() + "    ", line);
        return;
    }
    Letter const letter = letter_of(world_, trace_, index_, written);
    std::istringstream human{letter.human};
    for (std::string line; std::getline(human, line);)
        page_.item(margin() + "    ", line);
    auto const tell_fields = [&](std::vector<Field> const& fields) {
        for (Field const& field : fields)
            page_.item(margin() + "      ", fmt::format("{}: {}", field.name, field.value), Tone::faint);
    };
    tell_fields(letter.per_message);
    for (std::vector<Field> const& group : letter.per_recipient)
        tell_fields(group);
}

void Chapter::tell(RecipientSettled const& event) {
    switch (event.outcome) {
    case Outcome::refused: tell_refused(event); break;
    case Outcome::bounced: tell_bounced(event); break;
    case Outcome::discarded:
        if (is_handed_in(trace_.messages[trace_.recipients[event.recipient].message])) {
            say("✗",
                fmt::format(
                    "The {} to {} cannot be delivered ({}). It came with the null sender, as bounces do: "
                    "there is nobody to tell.",
                    thing(trace_.messages[trace_.recipients[event.recipient].message]),
                    world_.book.text(trace_.recipients[event.recipient].address),
                    to_line(reply_of(world_, trace_, index_, event))),
                Tone::bad);
            break;
        }
        say("✗",
            fmt::format("The {0} to {1} cannot be delivered either ({2}). A {0} is never bounced, so nobody "
                        "hears of it.",
                        thing(trace_.messages[trace_.recipients[event.recipient].message]),
                        world_.book.text(trace_.recipients[event.recipient].address),
                        to_line(reply_of(world_, trace_, index_, event))),
            Tone::bad);
        break;
    case Outcome::delivered: // MessageFiled has told it
    case Outcome::queued: break;
    }
}

void Chapter::tell_refused(RecipientSettled const& event) {
    Recipient const& recipient = trace_.recipients[event.recipient];
    bool const answered = event.session.valid() && !is_diagnosis(event.saying);
    // What keeps the mail program from calling the server has a line of its own, except at the protocol level
    // the words for it.
    bool const told = answered || (!in_protocol() && event.saying != Saying::exceeds_peer_limit);
    std::string const why =
        in_protocol() ? to_line(reply_of(world_, trace_, index_, event)) : std::string{plain_words(event)};
    std::string const words = told ? std::string{} : fmt::format(" The reason: {}.", why);
    if (trace_.messages[recipient.message].kind == MessageKind::spam) {
        say("✗",
            fmt::format("{} drops the message to {}, and does not try again.{}",
                        caller(trace_.messages[recipient.message].origin),
                        world_.book.text(recipient.address), words),
            Tone::bad);
        return;
    }
    say("✗",
        fmt::format("{} shows an error: the message to {} was not sent.{}",
                    caller(trace_.messages[recipient.message].origin, recipient.message),
                    world_.book.text(recipient.address), words),
        Tone::bad);
}

void Chapter::tell_bounced(RecipientSettled const& event) {
    bool const expired = event.reason == Reason::expired;
    if (event.session.valid() && !is_diagnosis(event.saying) && !expired)
        return; // the answer has been told
    Circumstances const& circumstances = index_.settling[event.recipient.index];
    HostId const holder =
        circumstances.holder.valid() ? trace_.entries[circumstances.holder].server : event.by;
    if (event.saying == Saying::forwarding_loop)
        say("→",
            fmt::format("{} finds in the message that it was delivered to {} before, and was sent on from "
                        "there (the Delivered-To line).",
                        label_of(world_, holder), world_.book.text(circumstances.address)));
    // That a host was dead for too long is why the queue gave up; why it was dead is what is told.
    RecipientSettled kept_by = event;
    if (event.saying == Saying::retry_timeout_exceeded)
        kept_by.reason = Reason::unreachable;
    else if (expired)
        kept_by.reason = reason_of(event.saying);
    std::string const age =
        expired ? fmt::format(" after {}", say_roughly(now_ - index_.queued_at[circumstances.holder.index]))
                : "";
    say("✗",
        fmt::format("{} gives up on {}{}: {}.", label_of(world_, holder),
                    world_.book.text(trace_.recipients[event.recipient].address), age, plain_words(kept_by)),
        Tone::bad);
}

} // namespace mailflow
