// The letters of Postfix 3.7 (bounce(8)), measured.
#include "mail/date.hpp"
#include "report/letters/letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

namespace mailflow {

namespace {

/// Breaks the text between words, later lines indented by four, as Postfix does in its reports.
std::string wrap(std::string const& text) {
    constexpr std::size_t width = 79;
    std::string wrapped;
    std::size_t column = 0;
    for (std::size_t from = 0; from < text.size();) {
        std::size_t const to = std::min(text.find(' ', from), text.size());
        std::string const word = text.substr(from, to - from);
        if (column > 0 && column + 1 + word.size() > width) {
            wrapped += "\n    ";
            column = 4;
        } else if (column > 0) {
            wrapped += ' ';
            ++column;
        }
        wrapped += word;
        column += word.size();
        from = to + 1;
    }
    return wrapped;
}

/// The command that the refusal answered, as Postfix names it (smtp_proto.c).
std::string_view phase_of(std::optional<Verb> answered) {
    if (!answered)
        return "initial server greeting";
    switch (*answered) {
    case Verb::ehlo: return "EHLO command";
    case Verb::helo: return "HELO command";
    case Verb::starttls:
    case Verb::tls_handshake: return "STARTTLS command";
    case Verb::auth: return "AUTH command";
    case Verb::mail: return "MAIL FROM command";
    case Verb::rcpt: return "RCPT TO command";
    case Verb::data: return "DATA command";
    case Verb::content: return "end of DATA command";
    case Verb::quit:
    case Verb::other: return "QUIT command";
    }
    return {};
}

std::string explanation(LetterTrouble const& trouble) {
    if (!trouble.said_remotely)
        return trouble.reply.lines.front();
    std::string const host = fmt::format("host {}[{}]", trouble.remote_name, trouble.remote_address);
    if (is_refused_greeting(trouble.saying))
        return fmt::format("{} refused to talk to me: {}", host, words_of(trouble));
    if (trouble.saying == Saying::authentication_failed)
        return fmt::format("SASL authentication failed; server {}[{}] said: {}", trouble.remote_name,
                           trouble.remote_address, words_of(trouble));
    return fmt::format("{} said: {} (in reply to {})", host, words_of(trouble), phase_of(trouble.answered));
}

std::string explain(LetterTrouble const& trouble) {
    std::string const alias =
        trouble.address == trouble.came_for ? "" : fmt::format(" (expanded from <{}>)", trouble.came_for);
    return fmt::format("<{}>{}: {}", trouble.address, alias, explanation(trouble));
}

/// What may still be mended has a status of class 4, whatever the server said.
std::string status_of(LetterTrouble const& trouble) {
    if (!trouble.reply.enhanced)
        return trouble.gave_up ? "4.0.0" : "5.0.0";
    EnhancedCode code = *trouble.reply.enhanced;
    if (trouble.gave_up)
        code.status_class = 4;
    return to_text(code);
}

std::vector<Field> recipient_fields(LetterTrouble const& trouble, std::string_view action) {
    std::vector<Field> fields{{"Final-Recipient", "rfc822; " + trouble.address},
                              {"Original-Recipient", "rfc822;" + trouble.came_for},
                              {"Action", std::string{action}},
                              {"Status", status_of(trouble)}};
    if (trouble.said_remotely) {
        fields.push_back({"Remote-MTA", "dns; " + trouble.remote_name});
        fields.push_back({"Diagnostic-Code", "smtp; " + words_of(trouble)});
    } else {
        fields.push_back({"Diagnostic-Code", "X-Postfix; " + trouble.reply.lines.front()});
    }
    return fields;
}

std::string signature() {
    return "For further assistance, please send mail to postmaster.\n\n"
           "If you do so, please include this problem report. You can\n"
           "delete your own text from the attached returned message.\n\n"
           "                   The mail system\n\n";
}

std::string human_part(LetterSubject const& subject) {
    return fmt::format("This is the mail system at host {}.\n\n"
                       "I'm sorry to have to inform you that your message could not\n"
                       "be delivered to one or more recipients. It's attached below.\n\n",
                       subject.server) +
           signature();
}

std::string warning_part(LetterSubject const& subject) {
    return fmt::format("This is the mail system at host {}.\n\n"
                       "####################################################################\n"
                       "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n"
                       "####################################################################\n\n"
                       "Your message could not be delivered for more than {} hour(s).\n"
                       "It will be retried until it is {} day(s) old.\n\n",
                       subject.server, std::chrono::floor<std::chrono::hours>(subject.warned_after).count(),
                       std::chrono::floor<std::chrono::days>(subject.give_up).count()) +
           signature();
}

std::string date(Instant at) {
    return mail_date(at, Software::postfix);
}

Letter write(LetterSubject const& subject) {
    bool const warning = subject.is_warning;
    Letter letter;
    letter.boundary = fmt::format("{}.{}/{}", subject.queue_id, unix_time(subject.written), subject.server);
    letter.headers = {
        {"Date", date(subject.written)},
        {"From", fmt::format("Mail Delivery System <MAILER-DAEMON@{}>", subject.server)},
        {"Subject", warning ? "Delayed Mail (still being retried)" : "Undelivered Mail Returned to Sender"},
        {"To", subject.sender},
        {"Auto-Submitted", "auto-replied"},
        {"MIME-Version", "1.0"},
        {"Content-Type",
         fmt::format("multipart/report; report-type=delivery-status; boundary=\"{}\"", letter.boundary)},
        {"Message-Id", fmt::format("<{}.{}@{}>", compact_date(subject.written, CompactDate::to_seconds),
                                   subject.own_id, subject.server)}};
    letter.human = warning ? warning_part(subject) : human_part(subject);
    letter.per_message = {{"Reporting-MTA", "dns; " + subject.server},
                          {"X-Postfix-Queue-ID", subject.queue_id},
                          {"X-Postfix-Sender", "rfc822; " + subject.sender},
                          {"Arrival-Date", date(subject.arrived)}};
    std::vector<LetterTrouble> troubles = subject.troubles; // as qmgr(8) sorts the recipients
    std::stable_sort(troubles.begin(), troubles.end(), [](LetterTrouble const& a, LetterTrouble const& b) {
        return std::tie(a.domain, a.address) < std::tie(b.domain, b.address);
    });
    for (LetterTrouble const& trouble : troubles) {
        letter.human += (letter.per_recipient.empty() ? "" : "\n") + wrap(explain(trouble)) + "\n";
        letter.per_recipient.push_back(recipient_fields(trouble, warning ? "delayed" : "failed"));
        if (warning)
            letter.per_recipient.back().push_back(
                {"Will-Retry-Until", date(subject.arrived + subject.give_up)});
    }
    return letter;
}

} // namespace

LetterWriter const postfix_letters{write, explain};

} // namespace mailflow
