// How a story tells what people do at their provider other than by SMTP: looking for mail, and web mail.
#include "base/text.hpp"
#include "report/moment.hpp"
#include "report/story/chapter.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// What a copy is, as its reader sees it: the message "Hello" from maya@isp.example; a bounce.
std::string copy_words(World const& world, Message const& message) {
    if (message.kind != MessageKind::mail)
        return fmt::format("the {}", thing(message));
    std::string const& subject = world.mail[message.mail].subject;
    return subject.empty() ? "the message" : fmt::format("\"{}\"", subject);
}

/// How long a server with POP-before-SMTP lets the address relay from now on.
std::optional<Duration> relay_window(World const& world, Session const& session) {
    ServerId const server = world.hosts[session.server].server;
    return server_after(world, server, changes_by(world, session.opened)).policy.pop_before_smtp;
}

} // namespace

/// The server whose web mail the person writes in.
std::string const& Chapter::web_mail_of(MessageId message) const {
    Mail const& mail = world_.mail[trace_.messages[message].mail];
    Person const& person = person_after(world_, mail.from, changes_by(world_, mail.at));
    return world_.hosts[world_.servers[person.outgoing].host].name;
}

void Chapter::tell(MailCheckStarted const& event) {
    MailCheck const& check = trace_.checks[event.check];
    say("", fmt::format("{} looks for mail at {}, by {}.", caller(check.device),
                        label_of(world_, check.server), name_of(check.protocol)));
}

void Chapter::tell(AccessCommandSent const& event) {
    if (in_protocol())
        wire(event.session, "→", command_line(world_, trace_, event), Tone::command);
}

void Chapter::tell(AccessReplySent const& event) {
    Session const& session = trace_.sessions[event.session];
    if (in_protocol()) {
        for (std::string const& line : reply_lines(trace_, event))
            wire(event.session, "←", line, is_refusal(event.answer) ? Tone::bad : Tone::reply);
    } else if (is_login(event.answer)) {
        say("✓", fmt::format("{} logs in with the right password.", caller(session.client, session.message)),
            Tone::good);
    } else if (is_refusal(event.answer)) {
        say("✗",
            fmt::format("{} answers: {}", label_of(world_, session.server),
                        reply_lines(trace_, event).front()),
            Tone::bad);
    }
    if (!is_login(event.answer) || !session.check.valid())
        return;
    if (auto const window = relay_window(world_, session))
        say("!",
            fmt::format("{} remembers: somebody whom it knows checks for mail from {}. That address may send "
                        "through it for {}.",
                        label_of(world_, session.server), to_text(session.client_address),
                        say_duration(*window)),
            Tone::decision);
}

void Chapter::tell(MessageFetched const& event) {
    MailCheck const& check = trace_.checks[event.check];
    say("✓",
        fmt::format("{} fetches {} from {} by {}.{}", caller(check.device),
                    copy_words(world_, trace_.messages[trace_.recipients[event.recipient].message]),
                    label_of(world_, check.server), name_of(check.protocol),
                    check.protocol == Service::imap ? " It stays in the mailbox, for other devices, too."
                                                    : ""),
        Tone::good);
}

void Chapter::tell(MessageRemoved const& event) {
    say("·", fmt::format("{} deletes {} from the mailbox: POP3 takes it home and leaves nothing there.",
                         label_of(world_, trace_.checks[event.check].server),
                         copy_words(world_, trace_.messages[trace_.recipients[event.recipient].message])));
}

void Chapter::tell(MailCheckEnded const& event) {
    MailCheck const& check = trace_.checks[event.check];
    if (event.trouble != Saying::goodbye) {
        bool const is_slow = event.trouble == Saying::connection_unanswered && check.session.valid();
        say("✗",
            fmt::format("An error is shown: {}.",
                        is_slow ? "the server does not answer in time" : check_trouble_words(event.trouble)),
            Tone::bad);
        return;
    }
    if (check.missed > 0)
        say("✗",
            fmt::format("{} here: another device has fetched {} by POP3 and deleted {} on the server.",
                        check.missed == 1 ? "One message is missing"
                                          : fmt::format("{} messages are missing", check.missed),
                        check.missed == 1 ? "it" : "them", check.missed == 1 ? "it" : "them"),
            Tone::bad);
    else if (event.fetched == 0)
        say("", check.messages == 0 ? "The mailbox is empty." : "There is no new mail.");
}

} // namespace mailflow
