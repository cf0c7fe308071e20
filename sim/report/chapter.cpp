#include "report/chapter.hpp"

#include "base/text.hpp"
#include "report/letter.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace mailflow {

namespace {

std::string_view thing(Message const& message) {
    return is_bounce(message) ? "bounce" : "message";
}

std::string question_words(World const& world, Lookup const& lookup) {
    std::string const& name = world.book.name(lookup.name);
    return lookup.type == RecordType::mx ? fmt::format("asks the DNS who takes mail for {}", name)
                                         : fmt::format("asks the DNS for the address of {}", name);
}

/// The name that a client logs in with.
std::string_view login_of(World const& world, HostId client) {
    PersonId const person = world.hosts[client].person;
    return person.valid() ? std::string_view{world.people[person].user} : std::string_view{};
}

} // namespace

std::string recipient_list(World const& world, Trace const& trace, Message const& message) {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; i < message.recipient_count; ++i)
        names.push_back(
            world.book.text(trace.recipients[RecipientId{message.first_recipient.index + i}].address));
    return join_words(names);
}

void Chapter::tell(Event const& event) {
    now_ = event.at;
    std::visit([&](auto const& happening) { tell(happening); }, event.happening);
}

/// The time, unless the line before already shows the same.
std::string Chapter::margin() {
    std::string const time = say_duration(now_ - start_);
    bool const shown = time_shown_ == time;
    time_shown_ = time;
    return right_aligned(shown ? "" : time, time_column_) + "  ";
}

void Chapter::say(std::string_view mark, std::string_view text, Tone tone) {
    page_.item(margin() + (mark.empty() ? "" : std::string{mark} + " "), text, tone);
}

/// Two dialogues may overlap in time; where the speakers change, they are named.
void Chapter::wire(SessionId id, std::string_view arrow, std::string_view text, Tone tone) {
    if (speaking_ != id) {
        Session const& session = trace_.sessions[id];
        page_.item(margin() + "  ",
                   fmt::format("{} and {}:", caller(session.client), label_of(world_, session.server)),
                   Tone::faint);
        speaking_ = id;
    }
    wire(arrow, text, tone);
}

void Chapter::wire(std::string_view arrow, std::string_view text, Tone tone) {
    page_.item(fmt::format("{}  {} ", margin(), arrow), text, tone);
}

std::string Chapter::caller(HostId host) const {
    return is_server(world_, host) ? label_of(world_, host) : label_of(world_, host) + "'s mail program";
}

void Chapter::tell(MessageSubmitted const& event) {
    Message const& message = trace_.messages[event.message];
    std::string const& subject = world_.mail[message.mail].subject;
    say("", fmt::format("{} writes {} to {} and presses \"send\".", label_of(world_, message.origin),
                        subject.empty() ? "a message" : fmt::format("\"{}\"", subject),
                        recipient_list(world_, trace_, message)));
}

void Chapter::tell(LookupSent const& event) {
    if (!in_protocol())
        return;
    Lookup const& lookup = trace_.lookups[event.lookup];
    say("", fmt::format("{} {}.", caller(lookup.asker), question_words(world_, lookup)));
    wire("→",
         fmt::format("DNS: {} {}?", world_.book.name(lookup.name),
                     lookup.type == RecordType::mx ? "MX" : "A/AAAA"),
         Tone::command);
}

void Chapter::tell(LookupAnswered const& event) {
    Lookup const& lookup = trace_.lookups[event.lookup];
    bool const itself = lookup.type == RecordType::mx && lookup.status == DnsStatus::no_data;
    if (in_protocol()) {
        for (std::string const& line : record_lines(world_, lookup))
            wire("←", "DNS: " + line, Tone::reply);
        return;
    }
    say("", fmt::format("{} {}: {}{}.", caller(lookup.asker), question_words(world_, lookup),
                        answer_of(world_, lookup),
                        itself ? ", so the mail goes to the machine of that name itself" : ""));
}

void Chapter::tell(ConnectionOpened const& event) {
    speaking_ = event.session;
    Session const& session = trace_.sessions[event.session];
    Host const& client = world_.hosts[session.client];
    if (client.server.valid()) {
        bool const first = !std::exchange(told_of_servers_, true);
        say("", fmt::format("{} connects to {}, port {}.{}", client.name, label_of(world_, session.server),
                            session.port, first ? " Between servers nobody logs in." : ""));
        return;
    }
    say("", fmt::format("{} connects to {}, port {}, from {} ({}){}.", caller(session.client),
                        label_of(world_, session.server), session.port, world_.networks[client.network].label,
                        to_text(client.address),
                        world_.people[client.person].authenticate ? "" : ", and does not log in"));
}

void Chapter::tell(ConnectionEstablished const& event) {
    if (in_protocol())
        wire(event.session, "·",
             fmt::format("connected to {}",
                         to_text(world_.hosts[trace_.sessions[event.session].server].address)),
             Tone::faint);
}

void Chapter::tell(ConnectionRefused const& event) {
    Session const& session = trace_.sessions[event.session];
    say("✗", fmt::format("Nobody listens on port {} of {}.", session.port, label_of(world_, session.server)),
        Tone::bad);
}

void Chapter::tell(CommandSent const& event) {
    if (in_protocol())
        wire(event.session, "→", command_line(world_, trace_, event), Tone::command);
}

void Chapter::tell(ReplySent const& event) {
    Session const& session = trace_.sessions[event.session];
    Reply const reply = reply_of(world_, trace_, event);
    if (in_protocol()) {
        bool const spoken = event.saying != Saying::tls_established;
        for (std::string const& line :
             spoken ? to_wire(reply) : std::vector<std::string>{"[TLS established]"})
            wire(event.session, "←", line, reply.permanent() || reply.transient() ? Tone::bad : Tone::reply);
        return;
    }
    if (event.saying == Saying::authenticated)
        say("✓",
            fmt::format("{} logs in as {}. Now {} knows who is sending.", caller(session.client),
                        login_of(world_, session.client), label_of(world_, session.server)),
            Tone::good);
    else if (reply.permanent() || reply.transient())
        say("✗", fmt::format("{} answers: {}", label_of(world_, session.server), to_line(reply)), Tone::bad);
}

void Chapter::tell(SessionClosed const& event) {
    if (in_protocol() && speaking_ == event.session)
        wire("·", "connection closed", Tone::faint);
}

void Chapter::tell(MessageQueued const& event) {
    QueueEntry const& entry = trace_.entries[event.entry];
    if (entry.from.valid())
        say("✓",
            fmt::format("{} takes responsibility for the {} (queue id {}).", label_of(world_, entry.server),
                        thing(trace_.messages[entry.message]), queue_id(event.entry)),
            Tone::good);
}

void Chapter::tell(MessageDequeued const&) {}

void Chapter::tell(MessageFiled const& event) {
    Recipient const& recipient = trace_.recipients[event.recipient];
    say("✓",
        fmt::format("{} files the {} in the mailbox of {}.", label_of(world_, event.server),
                    thing(trace_.messages[recipient.message]), world_.book.text(recipient.address)),
        Tone::good);
}

void Chapter::tell(BounceWritten const& event) {
    QueueEntry const& about = trace_.entries[event.about];
    say("!",
        fmt::format("{} had taken the message, so it must tell the sender. It writes a bounce to {}:",
                    label_of(world_, about.server),
                    recipient_list(world_, trace_, trace_.messages[event.bounce])),
        Tone::strong);
    for (RecipientSettled const& failed : settled_) {
        if (std::find(about.recipients.begin(), about.recipients.end(), failed.recipient) ==
            about.recipients.end())
            continue;
        std::string words = to_line(reply_of(world_, trace_, failed));
        if (failed.session.valid())
            words = fmt::format("host {}[{}] said: {}", label_of(world_, failed.by),
                                to_text(world_.hosts[failed.by].address), words);
        page_.item(
            margin() + "    ",
            fmt::format("<{}>: {}", world_.book.text(trace_.recipients[failed.recipient].address), words));
    }
    if (in_protocol())
        tell_status_report(letter_of(world_, trace_, event.bounce));
}

/// The part of the bounce that programs read: RFC 3464.
void Chapter::tell_status_report(Letter const& letter) {
    auto const tell_fields = [&](std::vector<Field> const& fields) {
        for (Field const& field : fields)
            page_.item(margin() + "      ", fmt::format("{}: {}", field.name, field.value), Tone::faint);
    };
    tell_fields(letter.per_message);
    for (std::vector<Field> const& group : letter.per_recipient)
        tell_fields(group);
}

void Chapter::tell(RecipientSettled const& event) {
    std::string const& whom = world_.book.text(trace_.recipients[event.recipient].address);
    switch (event.outcome) {
    case Outcome::refused: {
        HostId const origin = trace_.messages[trace_.recipients[event.recipient].message].origin;
        std::string const words =
            event.session.valid() ? "" : fmt::format(" {}.", to_line(reply_of(world_, trace_, event)));
        say("✗",
            fmt::format("{} shows an error: the message to {} was not sent.{}", caller(origin), whom, words),
            Tone::bad);
        break;
    }
    case Outcome::bounced:
        settled_.push_back(event);
        if (!event.session.valid())
            say("✗",
                fmt::format("{} gives up on {}: {}.", label_of(world_, event.by), whom,
                            plain_words(event.reason)),
                Tone::bad);
        break;
    case Outcome::discarded:
        say("✗",
            fmt::format("The bounce to {} cannot be delivered either ({}). A bounce is never bounced, so "
                        "nobody hears of it.",
                        whom, to_line(reply_of(world_, trace_, event))),
            Tone::bad);
        break;
    case Outcome::delivered: // MessageFiled has told it
    case Outcome::queued: break;
    }
}

} // namespace mailflow
