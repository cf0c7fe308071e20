// The lines of POP3 (RFC 1939), IMAP (RFC 3501) and of web mail: report/words/words.hpp.
#include "mail/date.hpp"
#include "report/moment.hpp"
#include "report/words/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// The settings with which the mail program looks for mail, as they were when it called.
Incoming settings_of(World const& world, Trace const& trace, Session const& session) {
    PersonId const person = trace.checks[session.check].person;
    return person_after(world, person, changes_by(world, session.opened)).incoming.value_or(Incoming{});
}

/// RFC 3501 section 4.3: what is no plain word is put in quotes.
std::string as_imap_string(std::string const& text) {
    bool const plain = !text.empty() && text.find_first_of(" (){%*\"\\]") == std::string::npos;
    if (plain)
        return text;
    std::string quoted = "\"";
    for (char const c : text) {
        if (c == '"' || c == '\\')
            quoted += '\\';
        quoted += c;
    }
    return quoted + '"';
}

std::uint64_t size_of(Trace const& trace, RecipientId recipient) {
    return trace.messages[trace.recipients[recipient].message].size_bytes;
}

std::string size_words(std::uint64_t octets) {
    return fmt::format("{} octets", octets);
}

/// "5:7", or "5" where there is no other: asked for in this way, nothing comes twice.
std::string uid_range(std::uint32_t first, std::uint32_t uid_next) {
    return first + 1 >= uid_next ? fmt::format("{}", first) : fmt::format("{}:{}", first, uid_next - 1);
}

std::string web_line(World const& world, Trace const& trace, Session const& session, AccessVerb verb) {
    if (verb == AccessVerb::web_send)
        return fmt::format("POST /send HTTP/1.1 [the message, {}]",
                           size_words(trace.messages[session.message].size_bytes));
    Person const& person =
        person_after(world, world.hosts[session.client].person, changes_by(world, session.opened));
    return fmt::format("POST /login HTTP/1.1 [user {}, password {}]", person.account.user,
                       person.account.password);
}

std::vector<std::string> messages_lines(Trace const& trace, MailCheck const& check,
                                        AccessReplySent const& sent) {
    std::vector<std::string> lines;
    for (std::uint32_t n = 0; n < sent.copies; ++n) {
        MailboxCopy const& copy = check.copies[sent.first_copy + n];
        std::uint64_t const size = size_of(trace, copy.recipient);
        lines.push_back(fmt::format("* {} FETCH (UID {} BODY[] {{{}}}", copy.number, copy.uid, size));
        lines.push_back(fmt::format("[the message, {}])", size_words(size)));
    }
    lines.emplace_back("a3 OK FETCH completed");
    return lines;
}

std::vector<std::string> pop3_lines(Trace const& trace, MailCheck const& check, AccessReplySent const& sent) {
    switch (sent.answer) {
    case AccessAnswer::pop3_greeting: return {"+OK POP3 server ready"};
    case AccessAnswer::pop3_logged_in: return {"+OK Logged in"};
    case AccessAnswer::pop3_login_failed: return {"-ERR [AUTH] Authentication failed"}; // RFC 3206
    case AccessAnswer::pop3_status: return {fmt::format("+OK {} {}", check.messages, check.octets)};
    case AccessAnswer::pop3_message: {
        std::string const size = size_words(size_of(trace, check.copies[sent.first_copy].recipient));
        return {"+OK " + size, fmt::format("[the message, {}, and a line with a lone dot]", size)};
    }
    case AccessAnswer::pop3_no_such_message: return {"-ERR no such message"};
    case AccessAnswer::pop3_marked: return {"+OK message deleted"};
    case AccessAnswer::pop3_bad_state: return {"-ERR not now"};
    case AccessAnswer::pop3_goodbye: return {"+OK Bye"};
    default: return {"+OK"};
    }
}

/// All that RFC 3501 section 6.3.1 requires, in the order of Cyrus. Nothing that is fetched here is marked as
/// seen (BODY.PEEK), and the mailboxes are as old as the world.
std::vector<std::string> selected_lines(MailCheck const& check) {
    constexpr std::string_view flags = R"(\Answered \Flagged \Deleted \Seen \Draft)";
    std::vector<std::string> lines{
        fmt::format("* {} EXISTS", check.messages), fmt::format("* {} RECENT", check.recent),
        fmt::format("* FLAGS ({})", flags), fmt::format(R"(* OK [PERMANENTFLAGS ({} \*)] Ok)", flags)};
    if (check.messages > 0)
        lines.emplace_back("* OK [UNSEEN 1] Ok");
    lines.push_back(fmt::format("* OK [UIDVALIDITY {}] Ok", unix_time({})));
    lines.push_back(fmt::format("* OK [UIDNEXT {}] Ok", check.uid_next));
    lines.emplace_back("a2 OK [READ-WRITE] SELECT completed");
    return lines;
}

std::vector<std::string> imap_lines(Trace const& trace, MailCheck const& check, AccessReplySent const& sent) {
    switch (sent.answer) {
    case AccessAnswer::imap_greeting: return {"* OK IMAP4rev1 server ready"};
    case AccessAnswer::imap_logged_in: return {"a1 OK Logged in"};
    case AccessAnswer::imap_login_failed:
        return {"a1 NO [AUTHENTICATIONFAILED] Authentication failed"}; // RFC 5530
    case AccessAnswer::imap_selected: return selected_lines(check);
    case AccessAnswer::imap_messages: return messages_lines(trace, check, sent);
    case AccessAnswer::imap_goodbye: return {"* BYE Logging out", "a4 OK LOGOUT completed"};
    default: return {"* BAD not now"};
    }
}

std::vector<std::string> web_lines(AccessAnswer answer) {
    switch (answer) {
    case AccessAnswer::web_logged_in: return {"HTTP/1.1 303 See Other"};
    case AccessAnswer::web_sent: return {"HTTP/1.1 200 OK"};
    case AccessAnswer::web_too_big: return {"HTTP/1.1 413 Content Too Large"};
    default: return {"HTTP/1.1 403 Forbidden"};
    }
}

} // namespace

std::string_view name_of(Service service) {
    switch (service) {
    case Service::smtp: return "SMTP";
    case Service::pop3: return "POP3";
    case Service::imap: return "IMAP";
    case Service::web: return "HTTPS";
    }
    return {};
}

std::string_view program_of(Message const& message) {
    return message.by_web ? "browser" : "mail program";
}

std::string_view check_trouble_words(Saying trouble) {
    switch (trouble) {
    case Saying::authentication_failed: return "the server does not accept the user name with the password";
    case Saying::server_not_found: return "the server was not found";
    case Saying::dns_server_failure:
    case Saying::dns_no_answer: return "the DNS does not tell where the server is";
    case Saying::connection_blocked: return "the network lets nothing out to that port";
    case Saying::connection_unanswered: return "no machine answers at the address that the DNS gave";
    case Saying::connection_lost:
    case Saying::session_timed_out: return "the connection broke off";
    case Saying::no_route: return "no way leads to the server";
    default: return "nobody answers at that port";
    }
}

std::string command_line(World const& world, Trace const& trace, AccessCommandSent const& sent) {
    Session const& session = trace.sessions[sent.session];
    switch (sent.verb) {
    case AccessVerb::tls_handshake: return "[TLS handshake]";
    case AccessVerb::pop3_user: return "USER " + settings_of(world, trace, session).user;
    case AccessVerb::pop3_pass: return "PASS " + settings_of(world, trace, session).password;
    case AccessVerb::pop3_stat: return "STAT";
    case AccessVerb::pop3_retr: return fmt::format("RETR {}", sent.number);
    case AccessVerb::pop3_dele: return fmt::format("DELE {}", sent.number);
    case AccessVerb::pop3_quit: return "QUIT";
    case AccessVerb::imap_login: {
        Incoming const settings = settings_of(world, trace, session);
        return fmt::format("a1 LOGIN {} {}", as_imap_string(settings.user),
                           as_imap_string(settings.password));
    }
    case AccessVerb::imap_select: return "a2 SELECT INBOX";
    case AccessVerb::imap_fetch:
        return fmt::format("a3 UID FETCH {} (BODY.PEEK[])",
                           uid_range(sent.number, trace.checks[session.check].uid_next));
    case AccessVerb::imap_logout: return "a4 LOGOUT";
    case AccessVerb::web_login:
    case AccessVerb::web_send: return web_line(world, trace, session, sent.verb);
    }
    return {};
}

std::vector<std::string> reply_lines(Trace const& trace, AccessReplySent const& sent) {
    Session const& session = trace.sessions[sent.session];
    bool const after_tls = sent.answer == AccessAnswer::tls_established;
    std::vector<std::string> lines;
    if (after_tls)
        lines.emplace_back("[TLS established]");
    switch (session.service) {
    case Service::pop3:
    case Service::imap: {
        MailCheck const& check = trace.checks[session.check];
        bool const pop3 = session.service == Service::pop3;
        AccessReplySent said = sent;
        if (after_tls) // the greeting follows at once
            said.answer = pop3 ? AccessAnswer::pop3_greeting : AccessAnswer::imap_greeting;
        std::vector<std::string> const words =
            pop3 ? pop3_lines(trace, check, said) : imap_lines(trace, check, said);
        lines.insert(lines.end(), words.begin(), words.end());
        break;
    }
    case Service::web:
    case Service::smtp:
        if (!after_tls)
            lines = web_lines(sent.answer);
        break;
    }
    return lines;
}

} // namespace mailflow
