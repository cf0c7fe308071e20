// The letters of Sendmail 8.17, measured on Debian: the transcript of the session, and only the headers of
// the message.
#include "mail/date.hpp"
#include "report/letters/letters.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

std::string date(Instant at) {
    return mail_date(at, Software::sendmail);
}

/// Where the refusal came in the session.
enum class Stage : std::uint8_t { greeting, login, mail, rcpt, content };

Stage stage_of(LetterTrouble const& trouble) {
    if (!trouble.answered)
        return Stage::greeting;
    switch (*trouble.answered) {
    case Verb::ehlo: return Stage::greeting;
    case Verb::starttls:
    case Verb::tls_handshake:
    case Verb::auth: return Stage::login;
    case Verb::mail: return Stage::mail;
    case Verb::rcpt: return Stage::rcpt;
    case Verb::data:
    case Verb::content:
    case Verb::quit:
    case Verb::other: return Stage::content;
    }
    return Stage::content;
}

/// What the reply makes Sendmail say of the recipient itself: its exit codes know few shades.
std::string verdict(LetterTrouble const& trouble) {
    Reply const& reply = trouble.reply;
    if (reply.transient())
        return fmt::format("<{}>... Deferred: {}", trouble.address, words_of(trouble));
    bool const user_unknown =
        stage_of(trouble) == Stage::rcpt && (reply.code == 550 || reply.code == 551 || reply.code == 553);
    return user_unknown ? fmt::format("550 5.1.1 <{}>... User unknown", trouble.address)
                        : "554 5.0.0 Service unavailable";
}

std::string session_transcript(LetterSubject const& subject, LetterTrouble const& trouble) {
    std::string text = fmt::format("... while talking to {}.:\n", trouble.remote_name);
    Stage const stage = stage_of(trouble);
    if (stage == Stage::mail)
        text += fmt::format(">>> MAIL From:<{}> SIZE={}\n", subject.sender, subject.size_bytes);
    else if (stage == Stage::login)
        text += trouble.answered == Verb::auth ? ">>> AUTH PLAIN\n" : ">>> STARTTLS\n";
    else if (stage != Stage::greeting)
        text += ">>> DATA\n"; // sent behind RCPT without waiting (RFC 2920)
    text += fmt::format("<<< {}\n{}\n", words_of(trouble), verdict(trouble));
    if (stage == Stage::rcpt)
        text += fmt::format("<<< {}\n", trouble.answer_to_data);
    return text;
}

std::string own_finding(LetterTrouble const& trouble) {
    std::string const& words = trouble.reply.lines.front();
    switch (trouble.saying) {
    case Saying::null_mx: return "554 5.0.0 Service unavailable\n";
    case Saying::loops_back: return fmt::format("553 5.3.5 {}\n554 5.3.5 Local configuration error\n", words);
    case Saying::no_such_domain:
    case Saying::no_such_host:
    case Saying::no_host_address: return fmt::format("550 5.1.2 <{}>... {}\n", trouble.address, words);
    case Saying::no_such_mailbox: return fmt::format("550 5.1.1 <{}>... {}\n", trouble.address, words);
    case Saying::suspected_loop: return fmt::format("554 5.4.6 {}\n", words);
    case Saying::alias_loop: return fmt::format("554 5.4.6 <{}>... {}\n", trouble.address, words);
    default: return fmt::format("<{}>... {}\n", trouble.address, words);
    }
}

/// The reply that is to blame; empty where there was none.
std::string reason(LetterTrouble const& trouble) {
    if (trouble.said_remotely)
        return words_of(trouble);
    switch (trouble.saying) {
    case Saying::no_such_domain: return "550 Host unknown";
    case Saying::null_mx: return "556 Host does not accept mail: MX 0 .";
    case Saying::loops_back: return "553 5.3.5 system config error";
    case Saying::no_such_mailbox: return "550 5.1.1 User unknown";
    default: return "";
    }
}

std::string explain(LetterTrouble const& trouble) {
    return fmt::format("<{}>... {}", trouble.address,
                       trouble.said_remotely ? words_of(trouble) : trouble.reply.lines.front());
}

std::string human_part(LetterSubject const& subject) {
    std::string text;
    if (subject.is_warning)
        text = "    **********************************************\n"
               "    **      THIS IS A WARNING MESSAGE ONLY      **\n"
               "    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n"
               "    **********************************************\n\n";
    text += fmt::format("The original message was received at {}\nfrom {}\n\n", date(subject.arrived),
                        subject.client.empty() ? "localhost" : subject.client);
    if (!subject.is_warning) {
        text += "   ----- The following addresses had permanent fatal errors -----\n";
        for (LetterTrouble const& trouble : subject.troubles) {
            text += fmt::format("<{}>\n", trouble.address);
            if (std::string const why = reason(trouble); !why.empty())
                text += fmt::format("    (reason: {})\n", why);
            if (trouble.address != trouble.came_for)
                text += fmt::format("    (expanded from: <{}>)\n", trouble.came_for);
        }
        text += "\n";
    }
    text += "   ----- Transcript of session follows -----\n";
    bool gave_up = false;
    for (LetterTrouble const& trouble : subject.troubles) {
        text += trouble.said_remotely ? session_transcript(subject, trouble) : own_finding(trouble);
        gave_up = gave_up || trouble.gave_up;
    }
    if (subject.is_warning)
        return text + fmt::format("Warning: message still undelivered after {}\n"
                                  "Will keep trying until message is {} old\n",
                                  spoken(subject.warned_after), spoken(subject.give_up));
    if (gave_up)
        text += fmt::format("Message could not be delivered for {}\nMessage will be deleted from queue\n",
                            spoken(subject.give_up));
    return text;
}

std::string status_of(LetterSubject const& subject, LetterTrouble const& trouble) {
    if (trouble.gave_up && !subject.is_warning)
        return "4.4.7";
    if (is_refused_greeting(trouble.saying))
        return trouble.reply.transient() ? "4.5.0" : "5.5.0";
    return trouble.reply.enhanced                         ? to_text(*trouble.reply.enhanced)
           : trouble.gave_up || trouble.reply.transient() ? "4.0.0"
                                                          : "5.0.0";
}

/// Whose words they were; of a session that was refused as a whole it names nobody.
std::string remote_of(LetterTrouble const& trouble) {
    switch (trouble.saying) {
    case Saying::no_such_domain:
    case Saying::null_mx: return trouble.domain;
    case Saying::no_host_address:
    case Saying::no_such_host: return trouble.remote_name.empty() ? trouble.domain : trouble.remote_name;
    default: break;
    }
    Stage const stage = stage_of(trouble);
    bool const whole_session = stage < Stage::rcpt;
    if (trouble.said_remotely && trouble.reply.permanent() && whole_session)
        return "";
    return trouble.remote_name;
}

std::vector<Field> recipient_fields(LetterSubject const& subject, LetterTrouble const& trouble) {
    std::vector<Field> fields{{"Final-Recipient", "RFC822; " + trouble.came_for},
                              {"X-Actual-Recipient", "rfc822; " + trouble.address},
                              {"Action", subject.is_warning ? "delayed" : "failed"},
                              {"Status", status_of(subject, trouble)}};
    if (std::string const remote = remote_of(trouble); !remote.empty())
        fields.push_back({"Remote-MTA", "DNS; " + remote});
    if (std::string const why = reason(trouble); !why.empty())
        fields.push_back({"Diagnostic-Code", "SMTP; " + why});
    fields.push_back({"Last-Attempt-Date", date(subject.written)});
    if (subject.is_warning && !trouble.said_remotely)
        fields.push_back({"Will-Retry-Until", date(subject.arrived + subject.give_up)});
    return fields;
}

/// For such troubles, which the sender can do nothing about, the letter is addressed to the postmaster as
/// well (EX_CONFIG in savemail.c).
bool is_misconfigured(LetterSubject const& subject) {
    return std::any_of(subject.troubles.begin(), subject.troubles.end(), [](LetterTrouble const& trouble) {
        return !trouble.said_remotely && trouble.saying == Saying::loops_back;
    });
}

Letter write(LetterSubject const& subject) {
    bool const warning = subject.is_warning;
    Letter letter;
    letter.boundary = fmt::format("{}/{}", subject.queue_id, subject.server);
    letter.headers = {
        {"Date", date(subject.written)},
        {"From", fmt::format("Mail Delivery Subsystem <MAILER-DAEMON@{}>", subject.server)},
        {"Message-Id", fmt::format("<{}.{}@{}>", compact_date(subject.written, CompactDate::to_minutes),
                                   subject.own_id, subject.server)},
        {"To", fmt::format("<{}>", subject.sender)},
        {"MIME-Version", "1.0"},
        {"Content-Type",
         fmt::format("multipart/report; report-type=delivery-status; boundary=\"{}\"", letter.boundary)},
        {"Subject",
         warning ? fmt::format("Warning: could not send message for past {}", spoken(subject.warned_after))
                 : "Returned mail: see transcript for details"},
        {"Auto-Submitted", warning ? "auto-generated (warning-timeout)" : "auto-generated (failure)"}};
    if (is_misconfigured(subject))
        letter.headers.insert(letter.headers.begin() + 3, {"To", "postmaster@" + subject.server});
    letter.human = human_part(subject);
    letter.per_message = {{"Reporting-MTA", "dns; " + subject.server}};
    if (subject.first_try && !subject.client_name.empty())
        letter.per_message.push_back({"Received-From-MTA", "DNS; " + subject.client_name});
    letter.per_message.push_back({"Arrival-Date", date(subject.arrived)});
    for (LetterTrouble const& trouble : subject.troubles)
        letter.per_recipient.push_back(recipient_fields(subject, trouble));
    return letter;
}

} // namespace

LetterWriter const sendmail_letters{write, explain};

} // namespace mailflow
