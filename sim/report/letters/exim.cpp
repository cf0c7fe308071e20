// The letters of Exim 4.96, measured with Debian's configuration.
#include "mail/date.hpp"
#include "mail/encoded_words.hpp"
#include "report/letters/letters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

/// What Exim had said when it was refused.
std::string last_words(LetterSubject const& subject, LetterTrouble const& trouble) {
    if (!trouble.answered)
        return "initial connection";
    switch (*trouble.answered) {
    case Verb::ehlo: return "EHLO " + subject.server;
    case Verb::helo: return "HELO " + subject.server;
    case Verb::starttls:
    case Verb::tls_handshake: return "STARTTLS";
    case Verb::auth: return "AUTH";
    case Verb::mail:
        return fmt::format("pipelined MAIL FROM:<{}> SIZE={}", subject.sender, subject.size_bytes);
    case Verb::rcpt: return fmt::format("RCPT TO:<{}>", trouble.address);
    case Verb::data: return "DATA";
    case Verb::content: return "end of data";
    case Verb::quit:
    case Verb::other: return "QUIT";
    }
    return {};
}

bool has_expired(LetterTrouble const& trouble) {
    return trouble.gave_up && !trouble.still_waits;
}

/// What follows the words of another server; what Exim found by itself ends so anyway.
std::string expiry(LetterTrouble const& trouble) {
    return has_expired(trouble) ? ": retry timeout exceeded" : "";
}

/// Breaks after a colon, once a line is long enough (print_address_error).
std::string broken_up(std::string const& text) {
    constexpr std::size_t long_enough = 45;
    std::string lines;
    std::size_t count = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        lines += text[i];
        ++count;
        if (text[i] == ':' && i + 1 < text.size() && text[i + 1] == ' ' && count > long_enough) {
            lines += "\n   "; // the space that follows is the fourth
            count = 0;
        }
    }
    return lines;
}

std::string host_line(LetterTrouble const& trouble) {
    return fmt::format("    host {} [{}]\n", trouble.remote_name, trouble.remote_address);
}

std::string smtp_error(LetterSubject const& subject, LetterTrouble const& trouble) {
    return fmt::format("SMTP error from remote mail server after {}: {}", last_words(subject, trouble),
                       words_of(trouble));
}

/// Whether a host is named beside the trouble: one that was called, unless it refused the connection.
bool names_host(LetterTrouble const& trouble) {
    return !trouble.remote_address.empty() && trouble.saying != Saying::connection_refused &&
           trouble.saying != Saying::retry_timeout_exceeded;
}

std::string told_in_bounce(LetterSubject const& subject, LetterTrouble const& trouble) {
    std::string text = fmt::format("  {}\n", trouble.address);
    if (trouble.address != trouble.came_for)
        text += fmt::format("    (generated from {})\n", trouble.came_for);
    if (trouble.said_remotely)
        return text + host_line(trouble) + "    " +
               broken_up(smtp_error(subject, trouble) + expiry(trouble)) + "\n";
    if (has_expired(trouble)) // what it had found out is forgotten then
        return text + (names_host(trouble) ? host_line(trouble) : "") + "    retry timeout exceeded\n";
    return text + "    " + trouble.reply.lines.front() + "\n";
}

std::string told_in_warning(LetterSubject const& subject, LetterTrouble const& trouble) {
    std::string text = fmt::format("  {}\n", trouble.address);
    if (names_host(trouble))
        text += host_line(trouble);
    if (trouble.said_remotely)
        text += "    " + broken_up("Delay reason: " + smtp_error(subject, trouble)) + "\n";
    return text;
}

std::string explain(LetterTrouble const& trouble) {
    if (trouble.said_remotely)
        return fmt::format("{}: host {} [{}]: SMTP error from remote mail server: {}{}", trouble.address,
                           trouble.remote_name, trouble.remote_address, words_of(trouble), expiry(trouble));
    return fmt::format("{}: {}", trouble.address, trouble.reply.lines.front());
}

/// Minutes up to two hours, then hours.
std::string age(Duration duration) {
    auto const minutes = std::chrono::floor<std::chrono::minutes>(duration).count();
    return minutes < 120 ? fmt::format("{} minutes", minutes) : fmt::format("{} hours", minutes / 60);
}

std::string warning_part(LetterSubject const& subject) {
    bool const one = subject.troubles.size() == 1;
    std::string text =
        fmt::format("This message was created automatically by mail delivery software.\n"
                    "A message that you sent has not yet been delivered to one or more of its\n"
                    "recipients after more than {} on the queue on {}.\n\n"
                    "The message identifier is:     {}\n"
                    "The subject of the message is: {}\n"
                    "The date of the message is:    {}\n\n"
                    "The address{} to which the message has not yet been delivered {}:\n\n",
                    age(subject.warned_after), subject.server, subject.queue_id,
                    encoded_words(subject.subject), subject.sent, one ? "" : "es", one ? "is" : "are");
    for (LetterTrouble const& trouble : subject.troubles)
        text += told_in_warning(subject, trouble);
    return text + "\nNo action is required on your part. Delivery attempts will continue for\n"
                  "some time, and this warning may be repeated at intervals if the message\n"
                  "remains undelivered. Eventually the mail delivery software will give up,\n"
                  "and when that happens, the message will be returned to you.\n";
}

std::string human_part(LetterSubject const& subject) {
    std::string text = "This message was created automatically by mail delivery software.\n\n"
                       "A message that you sent could not be delivered to one or more of its\n"
                       "recipients. This is a permanent error. The following address(es) failed:\n\n";
    for (LetterTrouble const& trouble : subject.troubles)
        text += told_in_bounce(subject, trouble);
    return text;
}

std::vector<Field> recipient_fields(LetterTrouble const& trouble, bool warning) {
    std::vector<Field> fields{{"Action", warning ? "delayed" : "failed"},
                              {"Final-Recipient", "rfc822;" + trouble.address},
                              {"Status", warning ? "4.0.0" : "5.0.0"}};
    if (trouble.said_remotely || (trouble.gave_up && names_host(trouble)))
        fields.push_back({"Remote-MTA", "dns; " + trouble.remote_name});
    if (trouble.said_remotely)
        fields.push_back({"Diagnostic-Code", "smtp; " + words_of(trouble) + expiry(trouble)});
    return fields;
}

/// Exim chains addresses from the front: those that fail, or wait, stand in the letter from the last to the
/// first, and those that it gives up, which have waited before, the right way round again. The fields of a
/// bounce go the other way.
LetterSubject in_order(LetterSubject subject) {
    if (subject.is_warning || !has_expired(subject.troubles.front()))
        std::reverse(subject.troubles.begin(), subject.troubles.end());
    return subject;
}

Letter write(LetterSubject const& from_first) {
    LetterSubject const subject = in_order(from_first);
    bool const warning = subject.is_warning;
    Letter letter;
    letter.boundary = subject.queue_id + "-eximdsn";
    std::string failed;
    for (LetterTrouble const& trouble : subject.troubles) {
        failed += (failed.empty() ? "" : ",\n  ") + trouble.address;
        letter.per_recipient.push_back(recipient_fields(trouble, warning));
    }
    if (!warning)
        std::reverse(letter.per_recipient.begin(), letter.per_recipient.end());
    if (!warning)
        letter.headers.push_back({"X-Failed-Recipients", failed});
    letter.headers.push_back({"Auto-Submitted", "auto-replied"});
    letter.headers.push_back(
        {"From", fmt::format("Mail Delivery System <Mailer-Daemon@{}>", subject.server)});
    letter.headers.push_back({"To", subject.sender});
    for (Field const& field : subject.returned_headers)
        if (field.name == "Message-ID")
            letter.headers.push_back({"References", field.value});
    std::vector<Field> const others{
        {"Content-Type", "multipart/report; report-type=delivery-status; boundary=" + letter.boundary},
        {"MIME-Version", "1.0"},
        {"Subject",
         warning ? fmt::format("Warning: message {} delayed {}", subject.queue_id, age(subject.warned_after))
                 : "Mail delivery failed: returning message to sender"},
        {"Message-Id", fmt::format("<E{}@{}>", subject.own_id, subject.server)},
        {"Date", mail_date(subject.written)}};
    letter.headers.insert(letter.headers.end(), others.begin(), others.end());
    letter.human = warning ? warning_part(subject) : human_part(subject);
    letter.per_message = {{"Reporting-MTA", "dns; " + subject.server}};
    return letter;
}

} // namespace

LetterWriter const exim_letters{write, explain};

} // namespace mailflow
