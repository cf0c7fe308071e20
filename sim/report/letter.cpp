#include "report/letter.hpp"

#include "mail/date.hpp"
#include "report/moment.hpp"
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
    case Saying::message_too_big:
    case Saying::starttls_first:
    case Saying::nested_mail: return "MAIL FROM command";
    case Saying::start_content:
    case Saying::no_valid_recipients: return "DATA command";
    case Saying::too_many_hops:
    case Saying::queued: return "end of DATA command";
    default: return "RCPT TO command";
    }
}

/// What a letter tells of one recipient.
struct Trouble {
    RecipientId recipient;
    AddressId address; // where the copy was to go, aliases followed
    SessionId session;
    Saying saying;
    Reply reply;
};

/// Whether another server said the words, and not the one that writes the letter.
bool said_remotely(Trouble const& trouble) {
    return trouble.session.valid() && !is_diagnosis(trouble.saying);
}

std::vector<Trouble> troubles_of(World const& world, Trace const& trace, TraceIndex const& index,
                                 MessageId written) {
    std::vector<Trouble> troubles;
    if (auto const bounced = index.returned.find(written); bounced != index.returned.end())
        for (RecipientSettled const& settled : bounced->second)
            troubles.push_back({settled.recipient, index.settling[settled.recipient.index].address,
                                settled.session, settled.saying, reply_of(world, trace, index, settled)});
    if (auto const delayed = index.delayed.find(written); delayed != index.delayed.end())
        for (DeferralId const id : delayed->second) {
            Deferral const& deferral = trace.deferrals[id];
            troubles.push_back({deferral.recipient, index.deferring[id.index].address, deferral.session,
                                deferral.saying, reply_of(world, trace, index, id)});
        }
    return troubles;
}

std::string explanation(World const& world, Trace const& trace, Trouble const& trouble) {
    if (!said_remotely(trouble))
        return trouble.reply.lines.front();
    HostId const remote = trace.sessions[trouble.session].server;
    return fmt::format("host {}[{}] said: {} (in reply to {})", world.hosts[remote].name,
                       to_text(world.hosts[remote].address), to_line(trouble.reply),
                       phase_of(trouble.saying));
}

std::string explained(World const& world, Trace const& trace, Trouble const& trouble) {
    AddressId const written_to = trace.recipients[trouble.recipient].address;
    std::string const alias = trouble.address == written_to
                                  ? ""
                                  : fmt::format(" (expanded from <{}>)", world.book.text(written_to));
    return fmt::format("<{}>{}: {}", world.book.text(trouble.address), alias,
                       explanation(world, trace, trouble));
}

std::vector<Field> recipient_fields(World const& world, Trace const& trace, Trouble const& trouble,
                                    std::string_view action) {
    AddressId const written_to = trace.recipients[trouble.recipient].address;
    Reply const& reply = trouble.reply;
    std::vector<Field> fields{{"Final-Recipient", "rfc822; " + world.book.text(trouble.address)},
                              {"Original-Recipient", "rfc822;" + world.book.text(written_to)},
                              {"Action", std::string{action}},
                              {"Status", reply.enhanced ? to_text(*reply.enhanced) : "5.0.0"}};
    if (said_remotely(trouble)) {
        HostId const remote = trace.sessions[trouble.session].server;
        fields.push_back({"Remote-MTA", "dns; " + world.hosts[remote].name});
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

/// Postfix's defaults (maximal_queue_lifetime; it warns only where it is told to).
constexpr Duration default_give_up = std::chrono::hours{24 * 5};
constexpr Duration default_warn = std::chrono::hours{4};

std::string warning_part(std::string const& server, Duration warned_after, Duration give_up) {
    return fmt::format("This is the mail system at host {}.\n\n"
                       "####################################################################\n"
                       "# THIS IS A WARNING ONLY.  YOU DO NOT NEED TO RESEND YOUR MESSAGE. #\n"
                       "####################################################################\n\n"
                       "Your message could not be delivered for more than {} hour(s).\n"
                       "It will be retried until it is {} day(s) old.\n\n"
                       "For further assistance, please send mail to postmaster.\n\n"
                       "If you do so, please include this problem report. You can\n"
                       "delete your own text from the attached returned message.\n\n"
                       "                   The mail system\n\n",
                       server, std::chrono::floor<std::chrono::hours>(warned_after).count(),
                       std::chrono::floor<std::chrono::days>(give_up).count());
}

std::string field_lines(std::vector<Field> const& fields) {
    std::string lines;
    for (Field const& field : fields)
        lines += fmt::format("{}: {}\n", field.name, field.value);
    return lines;
}

std::string postfix_date(Instant at) {
    return mail_date(at) + " (UTC)";
}

/// Of a message that a server wrote, its own headers come back; of one that a person wrote, theirs.
std::vector<Field> headers_of(World const& world, TraceIndex const& index, MessageId id,
                              Message const& message) {
    if (message.kind == MessageKind::spam)
        return {{"From", fmt::format("<{}>", world.book.text(message.reverse_path))}};
    if (message.kind != MessageKind::mail)
        return {{"From",
                 fmt::format("Mail Delivery System <MAILER-DAEMON@{}>", world.hosts[message.origin].name)},
                {"Date", mail_date(index.written_at.at(id))}};
    Mail const& mail = world.mail[message.mail];
    return {
        {"From", fmt::format("{} <{}>", world.people[mail.from].name, world.book.text(message.reverse_path))},
        {"Subject", mail.subject},
        {"Date", mail_date(mail.at)}};
}

} // namespace

Letter letter_of(World const& world, Trace const& trace, TraceIndex const& index, MessageId written) {
    Message const& message = trace.messages[written];
    assert(!is_handed_in(message));
    bool const warning = message.kind == MessageKind::delay_warning;
    MessageId const original_id = trace.entries[message.about].message;
    Message const& original = trace.messages[original_id];
    std::string const& server = world.hosts[message.origin].name;
    std::string const sender = original.reverse_path.valid() ? world.book.text(original.reverse_path) : "";
    std::string const id = queue_id(message.about);
    Instant const now = index.written_at.at(written);
    Instant const arrived = index.queued_at[message.about.index];
    auto const& retry = server_after(world, world.hosts[message.origin].server, changes_by(world, now)).retry;
    Duration const give_up = retry ? retry->give_up : default_give_up;

    Letter letter;
    letter.headers = {
        {"Date", mail_date(now)},
        {"From", fmt::format("Mail Delivery System <MAILER-DAEMON@{}>", server)},
        {"Subject", warning ? "Delayed Mail (still being retried)" : "Undelivered Mail Returned to Sender"},
        {"To", sender},
        {"Auto-Submitted", "auto-replied"},
        {"MIME-Version", "1.0"},
        {"Content-Type",
         fmt::format("multipart/report; report-type=delivery-status; boundary=\"{}/{}\"", id, server)}};
    letter.human = warning ? warning_part(server, retry && retry->warn ? *retry->warn : default_warn, give_up)
                           : human_part(server);
    letter.per_message = {{"Reporting-MTA", "dns; " + server},
                          {"X-Postfix-Queue-ID", id},
                          {"X-Postfix-Sender", "rfc822; " + sender},
                          {"Arrival-Date", postfix_date(arrived)}};
    for (Trouble const& trouble : troubles_of(world, trace, index, written)) {
        letter.human += wrap(explained(world, trace, trouble)) + "\n";
        letter.per_recipient.push_back(
            recipient_fields(world, trace, trouble, warning ? "delayed" : "failed"));
        if (warning)
            letter.per_recipient.back().push_back({"Will-Retry-Until", postfix_date(arrived + give_up)});
    }
    letter.returned_headers = headers_of(world, index, original_id, original);
    return letter;
}

Letter letter_of(World const& world, Trace const& trace, MessageId written) {
    return letter_of(world, trace, index_of(world, trace), written);
}

std::vector<std::string> explanations_of(World const& world, Trace const& trace, TraceIndex const& index,
                                         MessageId written) {
    std::vector<std::string> lines;
    for (Trouble const& trouble : troubles_of(world, trace, index, written))
        lines.push_back(explained(world, trace, trouble));
    return lines;
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
