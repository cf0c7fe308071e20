// The letters of qmail, after the source of netqmail 1.06: the qmail-send bounce message format (QSBMF), one
// text without MIME, for people and programs alike. It never warns by itself; where a scenario has it warn,
// it says so in words of this program.
#include "mail/date.hpp"
#include "report/letters/letters.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// What qmail-remote says first of the refusal.
std::string remark(LetterTrouble const& trouble) {
    std::string const& host = trouble.remote_address;
    if (!trouble.answered)
        return fmt::format("Connected to {} but greeting failed.", host);
    switch (*trouble.answered) {
    case Verb::ehlo:
    case Verb::helo: return fmt::format("Connected to {} but my name was rejected.", host);
    case Verb::starttls:
    case Verb::tls_handshake: return fmt::format("Connected to {} but TLS was refused.", host);
    case Verb::auth: return fmt::format("Connected to {} but authentication was rejected.", host);
    case Verb::mail: return fmt::format("Connected to {} but sender was rejected.", host);
    case Verb::rcpt: return fmt::format("{} does not like recipient.", host);
    case Verb::data: return fmt::format("{} failed on DATA command.", host);
    case Verb::content: return fmt::format("{} failed after I sent the message.", host);
    case Verb::quit:
    case Verb::other: break;
    }
    return fmt::format("{} failed.", host);
}

std::vector<std::string> lines_of(LetterTrouble const& trouble) {
    if (!trouble.said_remotely)
        return {trouble.reply.lines.front()};
    return {remark(trouble), "Remote host said: " + words_of(trouble),
            fmt::format("Giving up on {}.", trouble.remote_address)};
}

std::string explain(LetterTrouble const& trouble) {
    std::string text = fmt::format("<{}>:", trouble.address);
    for (std::string line : lines_of(trouble)) {
        for (char& c : line)
            if (c == '\n')
                c = ' ';
        text += " " + line;
    }
    return text;
}

Letter write(LetterSubject const& subject) {
    Letter letter;
    letter.form = LetterForm::text;
    letter.headers = {{"Date", mail_date(subject.written, Software::qmail)},
                      {"From", "MAILER-DAEMON@" + subject.server},
                      {"To", subject.sender},
                      {"Subject", subject.is_warning ? "delay notice" : "failure notice"}};
    letter.human =
        fmt::format("Hi. This is the qmail-send program at {}.\n{}", subject.server,
                    subject.is_warning
                        ? "I haven't been able to deliver your message to the following addresses yet.\n"
                          "This is a warning only; I'm going to try again. You need not send it once more.\n"
                        : "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
                          "This is a permanent error; I've given up. Sorry it didn't work out.\n");
    for (LetterTrouble const& trouble : subject.troubles) {
        letter.human += fmt::format("\n<{}>:\n", trouble.address);
        for (std::string const& line : lines_of(trouble))
            letter.human += line + "\n";
        if (trouble.gave_up && !subject.is_warning)
            letter.human += "I'm not going to try again; this message has been in the queue too long.\n";
    }
    letter.human += fmt::format("\n--- Below this line {} the message.\n\nReturn-Path: <{}>\n",
                                subject.is_warning ? "are the headers of" : "is a copy of", subject.sender);
    return letter;
}

} // namespace

LetterWriter const qmail_letters{write, explain};

} // namespace mailflow
