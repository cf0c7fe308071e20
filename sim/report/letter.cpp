#include "report/letter.hpp"

#include "mail/date.hpp"
#include "report/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>

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

/// The command that the refusal answered, as Postfix names it.
std::string_view phase_of(Saying saying) {
    switch (saying) {
    case Saying::greeting: return "initial server greeting";
    case Saying::capabilities: return "EHLO command";
    case Saying::sender_ok:
    case Saying::starttls_first:
    case Saying::nested_mail: return "MAIL FROM command";
    case Saying::start_content:
    case Saying::no_valid_recipients: return "DATA command";
    case Saying::queued: return "end of DATA command";
    default: return "RCPT TO command";
    }
}

/// Whether another server said the words that settled the recipient.
bool said_remotely(RecipientSettled const& settled) {
    return settled.session.valid();
}

std::string remote_name(World const& world, Trace const& trace, RecipientSettled const& settled) {
    return world.hosts[trace.sessions[settled.session].server].name;
}

std::string explanation(World const& world, Trace const& trace, RecipientSettled const& settled) {
    Reply const reply = reply_of(world, trace, settled);
    if (!said_remotely(settled))
        return reply.lines.front();
    HostId const remote = trace.sessions[settled.session].server;
    return fmt::format("host {}[{}] said: {} (in reply to {})", world.hosts[remote].name,
                       to_text(world.hosts[remote].address), to_line(reply), phase_of(settled.saying));
}

std::vector<Field> recipient_fields(World const& world, Trace const& trace, RecipientSettled const& settled) {
    std::string const& address = world.book.text(trace.recipients[settled.recipient].address);
    Reply const reply = reply_of(world, trace, settled);
    std::vector<Field> fields{{"Final-Recipient", "rfc822; " + address},
                              {"Original-Recipient", "rfc822;" + address},
                              {"Action", "failed"},
                              {"Status", reply.enhanced ? to_text(*reply.enhanced) : "5.0.0"}};
    if (said_remotely(settled)) {
        fields.push_back({"Remote-MTA", "dns; " + remote_name(world, trace, settled)});
        fields.push_back({"Diagnostic-Code", "smtp; " + to_line(reply)});
    } else {
        fields.push_back({"Diagnostic-Code", "X-Postfix; " + reply.lines.front()});
    }
    return fields;
}

std::string human_part(std::string const& server) {
    return fmt::format("This is the mail system at host {}.\n\n"
                       "I'm sorry to have to inform you that your message could not\n"
                       "be delivered to one or more recipients. It's attached below.\n\n"
                       "For further assistance, please send mail to postmaster.\n\n"
                       "If you do so, please include this problem report. You can\n"
                       "delete your own text from the attached returned message.\n\n"
                       "                   The mail system\n\n",
                       server);
}

std::string field_lines(std::vector<Field> const& fields) {
    std::string lines;
    for (Field const& field : fields)
        lines += fmt::format("{}: {}\n", field.name, field.value);
    return lines;
}

/// When the bounce was written, when its subject came in, and what settled the recipients that it tells of.
struct History {
    Instant written;
    Instant arrived;
    std::vector<RecipientSettled> failures;
};

History history_of(Trace const& trace, MessageId bounce) {
    QueueEntryId const about = trace.messages[bounce].about;
    std::vector<RecipientId> const& recipients = trace.entries[about].recipients;
    History history;
    for (Event const& event : trace.events) {
        if (auto const* queued = std::get_if<MessageQueued>(&event.happening);
            queued && queued->entry == about)
            history.arrived = event.at;
        if (auto const* settled = std::get_if<RecipientSettled>(&event.happening);
            settled && settled->outcome == Outcome::bounced &&
            std::find(recipients.begin(), recipients.end(), settled->recipient) != recipients.end())
            history.failures.push_back(*settled);
        if (auto const* written = std::get_if<BounceWritten>(&event.happening);
            written && written->bounce == bounce) {
            history.written = event.at;
            break;
        }
    }
    return history;
}

} // namespace

Letter letter_of(World const& world, Trace const& trace, MessageId bounce) {
    Message const& message = trace.messages[bounce];
    assert(is_bounce(message));
    Message const& original = trace.messages[trace.entries[message.about].message];
    std::string const& server = world.hosts[message.origin].name;
    std::string const& sender = world.book.text(original.reverse_path);
    std::string const id = queue_id(message.about);
    History const history = history_of(trace, bounce);

    Letter letter;
    letter.headers = {
        {"Date", mail_date(history.written)},
        {"From", fmt::format("Mail Delivery System <MAILER-DAEMON@{}>", server)},
        {"Subject", "Undelivered Mail Returned to Sender"},
        {"To", sender},
        {"Auto-Submitted", "auto-replied"},
        {"MIME-Version", "1.0"},
        {"Content-Type",
         fmt::format("multipart/report; report-type=delivery-status; boundary=\"{}/{}\"", id, server)}};
    letter.human = human_part(server);
    letter.per_message = {{"Reporting-MTA", "dns; " + server},
                          {"X-Postfix-Queue-ID", id},
                          {"X-Postfix-Sender", "rfc822; " + sender},
                          {"Arrival-Date", mail_date(history.arrived) + " (UTC)"}};
    for (RecipientSettled const& failure : history.failures) {
        letter.human +=
            wrap(fmt::format("<{}>: {}", world.book.text(trace.recipients[failure.recipient].address),
                             explanation(world, trace, failure))) +
            "\n";
        letter.per_recipient.push_back(recipient_fields(world, trace, failure));
    }
    Mail const& mail = world.mail[original.mail];
    letter.returned_headers = {{"From", fmt::format("{} <{}>", world.people[mail.from].name, sender)},
                               {"Subject", mail.subject},
                               {"Date", mail_date(mail.at)}};
    return letter;
}

std::string to_text(Letter const& letter) {
    std::string const& content_type = letter.headers.back().value;
    std::size_t const quote = content_type.find('"');
    std::string const boundary = "--" + content_type.substr(quote + 1, content_type.size() - quote - 2);
    std::string text = field_lines(letter.headers) + "\n";
    text += boundary + "\nContent-Description: Notification\nContent-Type: text/plain; charset=us-ascii\n\n";
    text += letter.human;
    text +=
        "\n" + boundary + "\nContent-Description: Delivery report\nContent-Type: message/delivery-status\n\n";
    text += field_lines(letter.per_message);
    for (std::vector<Field> const& group : letter.per_recipient)
        text += "\n" + field_lines(group);
    text += "\n" + boundary +
            "\nContent-Description: Undelivered Message Headers\nContent-Type: text/rfc822-headers\n\n";
    text += field_lines(letter.returned_headers);
    return text + "\n" + boundary + "--\n";
}

} // namespace mailflow
