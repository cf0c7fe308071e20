// The letters of Sendmail 8.17, measured on Debian: the transcript of the session, and only the headers of
// the message.
#include "mail/date.hpp"
#include "report/letters/letters.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

using namespace std::string_literals;

namespace mailflow {

namespace {

/// As Sendmail spells times (pintvl() of convtime.c): every unit that there is.
std::string spelled_out(Duration duration) {
    using namespace std::chrono;
    std::string text;
    auto const add = [&](std::int64_t count, char const* unit) {
        if (count > 0)
            text += fmt::format("{}{} {}{}", text.empty() ? "" : ", ", count, unit, count == 1 ? "" : "s");
    };
    hh_mm_ss const clock{floor<std::chrono::seconds>(duration % days{1})};
    add(duration / weeks{1}, "week");
    add(duration % weeks{1} / days{1}, "day");
    add(clock.hours().count(), "hour");
    add(clock.minutes().count(), "minute");
    add(clock.seconds().count(), "second");
    return text.empty() ? "0 seconds" : text;
}

/// Whether the DNS names it as an exchanger, rather than leading to its machine under another name.
bool finds_itself_in_list(LetterTrouble const& trouble) {
    return trouble.saying == Saying::loops_back && trouble.reply.lines.front().starts_with("MX list");
}

std::string date(Instant at) {
    return mail_date(at, Software::sendmail);
}

/// Where the refusal came in the session.
enum class Stage : std::uint8_t { greeting, login, mail, rcpt, content };

Stage stage_of(LetterTrouble const& trouble) {
    if (!trouble.answered)
        return Stage::greeting;
    switch (*trouble.answered) {
    case Verb::ehlo:
    case Verb::helo: return Stage::greeting;
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

/// Where the line broke off.
Stage stage_of_loss(LetterTrouble const& trouble) {
    LetterTrouble heard = trouble;
    heard.answered = trouble.last_command;
    return stage_of(heard);
}

/// Whether the server said 421 and hung up, which Sendmail finds when it goes on: the reply is forgotten.
bool hung_up(LetterTrouble const& trouble) {
    return trouble.said_remotely && trouble.reply.code == 421;
}

std::string connection_reset(LetterTrouble const& trouble) {
    return fmt::format("Connection reset by {}.", trouble.remote_name);
}

/// What the reply makes Sendmail say of the recipient itself: its exit codes know few shades.
std::string verdict(LetterTrouble const& trouble) {
    Reply const& reply = trouble.reply;
    Stage const stage = stage_of(trouble);
    bool const lost = hung_up(trouble) && (stage == Stage::mail || stage == Stage::rcpt);
    if (reply.transient())
        return fmt::format("<{}>... Deferred: {}", trouble.address,
                           lost ? connection_reset(trouble) : words_of(trouble));
    bool const user_unknown =
        stage == Stage::rcpt && (reply.code == 550 || reply.code == 551 || reply.code == 553);
    return user_unknown ? fmt::format("550 5.1.1 <{}>... User unknown", trouble.address)
                        : "554 5.0.0 Service unavailable";
}

std::string said_before(LetterSubject const& subject, LetterTrouble const& trouble) {
    switch (stage_of(trouble)) {
    case Stage::greeting: return "";
    case Stage::login: return trouble.answered == Verb::auth ? ">>> AUTH PLAIN\n" : ">>> STARTTLS\n";
    case Stage::mail: return fmt::format(">>> MAIL From:<{}> SIZE={}\n", subject.sender, subject.size_bytes);
    case Stage::rcpt:
        if (trouble.answer_to_data.empty())
            return fmt::format(">>> RCPT To:<{}>\n", trouble.address);
        break;
    case Stage::content: break;
    }
    return ">>> DATA\n"; // sent behind RCPT without waiting (RFC 2920)
}

/// Of the recipients that one server refused in one session, the last first.
std::string session_transcript(LetterSubject const& subject, std::span<LetterTrouble const> refused) {
    LetterTrouble const& first = refused.front();
    bool const ahead = !first.answer_to_data.empty();
    std::string text = fmt::format("... while talking to {}.:\n", first.remote_name);
    for (auto trouble = refused.rbegin(); trouble != refused.rend(); ++trouble) {
        if (!ahead || trouble == refused.rbegin())
            text += said_before(subject, *trouble);
        text += fmt::format("<<< {}\n{}\n", words_of(*trouble), verdict(*trouble));
    }
    if (stage_of(first) == Stage::rcpt && ahead && !hung_up(first))
        text += fmt::format("<<< {}\n", first.answer_to_data);
    return text;
}

/// Before MAIL is answered nothing has been deferred yet, and between DATA and its answer nothing is said of
/// single recipients.
std::string line_broken(LetterTrouble const& trouble) {
    bool const names_it =
        !trouble.last_command || *trouble.last_command < Verb::mail || *trouble.last_command == Verb::data;
    return fmt::format("451 4.4.1 reply: read error from {}.\n<{}>... {}\n", trouble.remote_name,
                       trouble.address, names_it ? trouble.reply.lines.front() : "Deferred");
}

bool is_dns_trouble(Saying saying) {
    return saying == Saying::dns_server_failure || saying == Saying::dns_no_answer;
}

std::string own_finding(LetterTrouble const& trouble) {
    std::string const& words = trouble.reply.lines.front();
    if (is_dns_trouble(trouble.saying) && trouble.remote_name.empty()) // of the domain itself
        return fmt::format("451 {}\n", words);
    switch (trouble.saying) {
    case Saying::null_mx: return "554 5.0.0 Service unavailable\n";
    case Saying::loops_back:
        return fmt::format("{} {}\n554 5.3.5 Local configuration error\n",
                           finds_itself_in_list(trouble) ? "554 5.0.0" : "553 5.3.5", words);
    case Saying::connection_lost: return line_broken(trouble);
    case Saying::no_such_domain:
    case Saying::no_such_host:
    case Saying::no_host_address: return fmt::format("550 5.1.2 <{}>... {}\n", trouble.address, words);
    case Saying::no_such_mailbox: return fmt::format("550 5.1.1 <{}>... {}\n", trouble.address, words);
    case Saying::suspected_loop: return fmt::format("554 5.4.6 {}\n", words);
    case Saying::alias_loop: return fmt::format("554 5.4.6 <{}>... {}\n", trouble.address, words);
    default: return fmt::format("<{}>... {}\n", trouble.address, words);
    }
}

std::string reason_of_loss(LetterTrouble const& trouble) {
    switch (stage_of_loss(trouble)) {
    case Stage::greeting:
    case Stage::login:
    case Stage::mail: return "";
    case Stage::rcpt: return "421 4.4.1 " + connection_reset(trouble);
    case Stage::content: break;
    }
    return fmt::format("451 4.4.1 reply: read error from {}.", trouble.remote_name);
}

/// The reply that is to blame, which may be forgotten; none where there was none.
std::optional<std::string> reason(LetterTrouble const& trouble) {
    if (hung_up(trouble))
        return stage_of(trouble) == Stage::mail ? std::nullopt : std::optional{std::string{}};
    if (trouble.said_remotely)
        return words_of(trouble);
    switch (trouble.saying) {
    case Saying::no_such_domain: return "550 Host unknown";
    case Saying::null_mx: return "556 Host does not accept mail: MX 0 .";
    case Saying::loops_back:
        return finds_itself_in_list(trouble) ? std::nullopt : std::optional{"553 5.3.5 system config error"s};
    case Saying::no_such_mailbox: return "550 5.1.1 User unknown";
    case Saying::connection_lost: {
        std::string why = reason_of_loss(trouble);
        return why.empty() ? std::nullopt : std::optional{std::move(why)};
    }
    default: return std::nullopt;
    }
}

std::string explain(LetterTrouble const& trouble) {
    return fmt::format("<{}>... {}", trouble.address,
                       trouble.said_remotely ? words_of(trouble) : trouble.reply.lines.front());
}

/// Whether one server refused both recipients in one session.
bool are_of_one_session(LetterTrouble const& a, LetterTrouble const& b) {
    return a.said_remotely && b.said_remotely && a.remote_name == b.remote_name &&
           stage_of(a) == Stage::rcpt && stage_of(b) == Stage::rcpt;
}

std::string transcript(LetterSubject const& subject) {
    std::string text;
    for (auto from = subject.troubles.begin(); from != subject.troubles.end();) {
        auto const to = std::find_if(from + 1, subject.troubles.end(), [&](LetterTrouble const& trouble) {
            return !are_of_one_session(*from, trouble);
        });
        if (from->said_remotely)
            text += session_transcript(subject, {from, to});
        else
            text += own_finding(*from);
        from = to;
    }
    return text;
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
            if (auto const why = reason(trouble))
                text += fmt::format("    (reason: {})\n", *why);
            if (trouble.address != trouble.came_for)
                text += fmt::format("    (expanded from: <{}>)\n", trouble.came_for);
        }
        text += "\n";
    }
    text += "   ----- Transcript of session follows -----\n";
    text += transcript(subject);
    if (subject.is_warning)
        return text + fmt::format("Warning: message still undelivered after {}\n"
                                  "Will keep trying until message is {} old\n",
                                  spelled_out(subject.warned_after), spelled_out(subject.give_up));
    if (std::any_of(subject.troubles.begin(), subject.troubles.end(),
                    [](LetterTrouble const& trouble) { return trouble.gave_up; }))
        text += fmt::format("Message could not be delivered for {}\nMessage will be deleted from queue\n",
                            spelled_out(subject.give_up));
    return text;
}

/// Of a reply without an enhanced code (smtptodsn() of savemail.c; to RCPT, unknown users are told apart). Of
/// a session that is refused for good as a whole nothing is made.
std::string status_of_code(int code, Stage stage) {
    bool const to_rcpt = stage == Stage::rcpt;
    if (code >= 500 && stage < Stage::rcpt)
        return "5.0.0";
    switch (code) {
    case 450: return "4.2.0";
    case 451: return "4.3.0";
    case 452: return "4.3.1";
    case 550: return to_rcpt ? "5.1.1" : "5.2.0";
    case 551: return "5.1.6";
    case 552: return "5.2.2";
    case 553: return to_rcpt ? "5.1.3" : "5.1.0";
    default: return code < 500 ? "4.0.0" : "5.0.0";
    }
}

std::string status_of(LetterSubject const& subject, LetterTrouble const& trouble) {
    Reply const& reply = trouble.reply;
    if (trouble.gave_up && !subject.is_warning)
        return "4.4.7";
    if (is_refused_greeting(trouble.saying))
        return reply.transient() ? "4.5.0" : "5.5.0";
    if (hung_up(trouble) && stage_of(trouble) == Stage::mail)
        return "4.2.0";
    if (finds_itself_in_list(trouble))
        return "5.5.0"; // in spite of the 5.3.5 of its transcript
    if (reply.enhanced)
        return to_text(*reply.enhanced);
    if (trouble.said_remotely)
        return status_of_code(reply.code, stage_of(trouble));
    return trouble.gave_up || reply.transient() ? "4.0.0" : "5.0.0";
}

/// Whose words they were; of a session that was refused as a whole, or broke as a whole, it names nobody.
std::string remote_of(LetterTrouble const& trouble) {
    switch (trouble.saying) {
    case Saying::no_such_domain:
    case Saying::null_mx: return trouble.domain;
    case Saying::no_host_address:
    case Saying::no_such_host: return trouble.remote_name.empty() ? trouble.domain : trouble.remote_name;
    case Saying::loops_back: return finds_itself_in_list(trouble) ? trouble.domain : "";
    case Saying::connection_lost: return stage_of_loss(trouble) < Stage::rcpt ? "" : trouble.remote_name;
    default: break;
    }
    return trouble.said_remotely && stage_of(trouble) < Stage::rcpt ? "" : trouble.remote_name;
}

std::vector<Field> recipient_fields(LetterSubject const& subject, LetterTrouble const& trouble) {
    std::vector<Field> fields{{"Final-Recipient", "RFC822; " + trouble.came_for},
                              {"X-Actual-Recipient", "rfc822; " + trouble.address},
                              {"Action", subject.is_warning ? "delayed" : "failed"},
                              {"Status", status_of(subject, trouble)}};
    if (std::string const remote = remote_of(trouble); !remote.empty())
        fields.push_back({"Remote-MTA", "DNS; " + remote});
    if (auto const why = reason(trouble))
        fields.push_back({"Diagnostic-Code", "SMTP; " + *why});
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
    letter.boundary = fmt::format("{}.{}/{}", subject.own_id, unix_time(subject.written), subject.server);
    letter.headers = {
        {"Date", date(subject.written)},
        {"From", fmt::format("Mail Delivery Subsystem <MAILER-DAEMON@{}>", subject.server)},
        {"Message-Id", fmt::format("<{}.{}@{}>", compact_date(subject.written, CompactDate::to_minutes),
                                   subject.own_id, subject.server)},
        {"To", fmt::format("<{}>", subject.sender)},
        {"MIME-Version", "1.0"},
        {"Content-Type",
         fmt::format("multipart/report; report-type=delivery-status; boundary=\"{}\"", letter.boundary)},
        {"Subject", warning ? fmt::format("Warning: could not send message for past {}",
                                          spelled_out(subject.warned_after))
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
