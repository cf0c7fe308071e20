// What Sendmail 8.17 answers over a connection, measured on Debian 12; what was not measured is after
// srvrsmtp.c and proto.m4.
#include "base/text.hpp"
#include "mail/date.hpp"
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

constexpr Words words[] = {
    {Saying::too_many_sessions, 421, "4.3.2", "Too many open connections."},
    {Saying::bad_greeting, 501, "5.0.0", "{command} requires domain address", Flaw::missing_argument},
    {Saying::bad_greeting, 501, "5.0.0", "Invalid domain name"},
    {Saying::greeting_first, 503, "5.0.0", "Polite people say HELO first", Flaw::none, "MAIL"},
    {Saying::greeting_first, 503, "5.0.0", "I demand that you introduce yourself first"},
    {Saying::ready_for_tls, 220, "2.0.0", "Ready to start TLS"},
    {Saying::already_under_tls, 454, "4.3.3", "TLS not available after start"},
    {Saying::authenticated, 235, "2.0.0", "OK Authenticated"},
    {Saying::authentication_failed, 535, "5.7.0", "authentication failed"},
    {Saying::authentication_unavailable, 503, "5.3.3", "AUTH not available"},
    {Saying::already_authenticated, 503, "5.5.0", "Already Authenticated"},
    {Saying::authentication_first, 530, "5.7.0", "Authentication required"},
    {Saying::unknown_mechanism, 504, "5.3.3", "AUTH mechanism {argument} not available"},
    {Saying::authentication_cancelled, 501, "5.0.0", "AUTH aborted"},
    {Saying::bad_authentication, 501, "5.5.4", "cannot BASE64 decode '{argument}'", Flaw::bad_base64},
    {Saying::bad_authentication, 501, "5.5.4", "cannot decode AUTH parameter {argument}", Flaw::bad_response},
    {Saying::bad_authentication, 535, "5.7.0", "authentication failed"},
    {Saying::in_transaction, 503, "5.5.0", "TLS not permitted during a mail transaction", Flaw::none,
     "STARTTLS"},
    {Saying::in_transaction, 503, "5.5.0", "{command} not permitted during a mail transaction"},
    {Saying::sender_ok, 250, "2.1.0", "{addr}... Sender ok"},
    {Saying::mail_syntax, 501, "5.5.2", "Syntax error in parameters scanning \"{argument}\""},
    {Saying::unknown_parameter, 555, "5.5.4", "{argument} parameter unrecognized"},
    {Saying::bad_size, 552, "5.2.3", "Message size invalid", Flaw::negative_size},
    {Saying::bad_size, 552, "5.2.3", "Message size exceeds maximum value"},
    {Saying::bad_parameter, 501, "5.5.2", "{parameter}= requires a value", Flaw::missing_value, "AUTH"},
    {Saying::bad_parameter, 501, "5.5.2", "{parameter}= requires a value", Flaw::missing_value, "BY"},
    {Saying::bad_parameter, 501, "5.5.2", "{parameter} requires a value", Flaw::missing_value},
    {Saying::bad_parameter, 501, "5.5.0", "Duplicate {parameter} parameter", Flaw::repeated_parameter},
    {Saying::bad_parameter, 501, "5.5.4", "Unknown BODY type {argument}", Flaw::none, "BODY"},
    {Saying::bad_parameter, 501, "5.5.2", "Bad argument \"{argument}\" to RET", Flaw::none, "RET"},
    {Saying::bad_parameter, 501, "5.5.4", "Bad argument \"{argument}\"  to NOTIFY", Flaw::none, "NOTIFY"},
    {Saying::bad_parameter, 501, "5.5.2", "BY= missing ';'", Flaw::none, "BY"},
    {Saying::bad_parameter, 501, "5.5.4", "Syntax error in {parameter} parameter value"},
    {Saying::message_too_big, 552, "5.2.3", "Message size exceeds fixed maximum message size ({limit})"},
    {Saying::nested_mail, 503, "5.5.0", "Sender already specified"},
    {Saying::recipient_ok, 250, "2.1.5", "{addr}... Recipient ok"},
    {Saying::rcpt_syntax, 501, "5.5.2", "Syntax error in parameters scanning \"{argument}\""},
    {Saying::bad_sequence_mail, 503, "5.0.0", "Need MAIL before RCPT"},
    {Saying::submission_denied, 530, "5.7.0", "Authentication required"},
    {Saying::client_name_missing, 550, "5.7.1",
     "{addr}... Relaying denied. IP name lookup failed [{client_ip}]"},
    {Saying::client_name_forged, 550, "5.7.1",
     "{addr}... Relaying denied. IP name possibly forged [{client_ip}]"},
    {Saying::client_name_unsure, 450, "4.4.0",
     "{addr}... Relaying temporarily denied. Cannot resolve PTR record for {client_ip}"},
    {Saying::blocklisted, 550, "5.7.1", "{addr}... Rejected: {client_ip} listed at {blocklist}"},
    {Saying::greylisted, 451, "4.7.1", "{addr}... Greylisting in action, please come back later"},
    {Saying::unknown_user, 550, "5.1.1", "{addr}... User unknown"},
    {Saying::start_content, 354, "", "End data with <CR><LF>.<CR><LF>"},
    {Saying::no_valid_recipients, 503, "5.0.0", "Need RCPT (recipient)"},
    {Saying::data_before_mail, 503, "5.0.0", "Need MAIL command"},
    {Saying::bad_sequence_rcpt, 503, "5.0.0", "Need RCPT (recipient)"},
    {Saying::content_too_big, 552, "5.2.3", "Message exceeds maximum fixed size ({limit})"},
    {Saying::content_unfit, 554, "5.6.1", "NUL byte not allowed", Flaw::nul_octet},
    {Saying::content_unfit, 552, "5.6.0", "Headers too large (32768 max)"},
    {Saying::bare_line_feed, 421, "4.5.0", "Bare linefeed (LF) not allowed"},
    {Saying::bare_carriage_return, 421, "4.5.0", "Bare carriage return (CR) not allowed"},
    {Saying::too_many_hops, 554, "5.4.6", "Too many hops"},
    {Saying::storage_full, 452, "4.4.5", "Insufficient disk space; try again later"},
    {Saying::queued, 250, "2.0.0", "{id} Message accepted for delivery"},
    {Saying::reset, 250, "2.0.0", "Reset state"},
    {Saying::nothing_done, 250, "2.0.0", "OK"},
    {Saying::queue_run_started, 250, "2.0.0", "Queuing for node {given} started"},
    {Saying::bad_arguments, 501, "5.5.2", "Syntax error (no parameters allowed)", Flaw::none, "STARTTLS"},
    {Saying::bad_arguments, 501, "5.5.2", "AUTH mechanism must be specified", Flaw::none, "AUTH"},
    {Saying::bad_arguments, 500, "5.5.2", "Parameter required", Flaw::missing_argument, "ETRN"},
    {Saying::bad_arguments, 250, "2.0.0", "Queuing for node {given} started", Flaw::none,
     "ETRN"}, // whatever it is
    {Saying::bad_arguments, 501, "5.5.2", "Argument required"},
    {Saying::empty_command, 500, "5.5.1", "Command unrecognized: \"{line}\""},
    {Saying::unknown_command, 250, "2.0.0", "Verbose mode", Flaw::none, "VERB"},
    {Saying::unknown_command, 502, "5.5.1", "Command not implemented: \"{line}\"", Flaw::none, "SEND"},
    {Saying::unknown_command, 502, "5.5.1", "Command not implemented: \"{line}\"", Flaw::none, "SAML"},
    {Saying::unknown_command, 502, "5.5.1", "Command not implemented: \"{line}\"", Flaw::none, "SOML"},
    {Saying::unknown_command, 502, "5.5.1", "Command not implemented: \"{line}\"", Flaw::none, "TURN"},
    {Saying::unknown_command, 500, "5.5.1", "Command unrecognized: \"{line}\""},
    {Saying::too_many_errors, 421, "4.7.0", "{me} Too many bad commands; closing connection"},
    {Saying::goodbye, 221, "2.0.0", "{me} closing connection"},
};

/// What is wrong with a path, as prescan() and the rule sets 3 and 0 find it.
constexpr Words path_words[] = {
    {Saying::bad_sender_path, 553, "5.5.4", "{addr}... {argument}", Flaw::no_domain},
    {Saying::bad_sender_path, 501, "5.1.7", "{argument}", Flaw::eight_bit},
    {Saying::bad_sender_path, 553, "5.1.7", "{addr}... Invalid sender address", Flaw::bad_local_part},
    {Saying::bad_recipient_path, 501, "5.1.3", "{argument}", Flaw::eight_bit},
    {Saying::bad_recipient_path, 553, "5.0.0", "{addr}... {argument}", Flaw::unclosed_path},
    {Saying::bad_recipient_path, 553, "5.0.0", "{addr}... User address required", Flaw::empty_path},
    {Saying::bad_recipient_path, 553, "5.1.3", "{addr}... User address required", Flaw::no_local_part},
    {Saying::bad_recipient_path, 553, "5.1.3", "{addr}... {argument}", Flaw::bad_domain},
    {Saying::bad_recipient_path, 553, "5.1.2", "{addr}... Invalid host name", Flaw::empty_label},
    {Saying::bad_recipient_path, 553, "5.1.2", "{addr}... {argument}", Flaw::domain_literal},
    {Saying::bad_recipient_path, 553, "5.1.3", "{addr}... Invalid route address", Flaw::second_at},
    {Saying::bad_recipient_path, 550, "5.7.1", "{addr}... {argument}", Flaw::bad_local_part},
    {Saying::bad_recipient_path, 553, "5.1.0", "{addr}... prescan: token too long", Flaw::overlong_word},
    {Saying::bad_recipient_path, 553, "5.1.0", "{addr}... Address \"{argument}\" too long (255 bytes max)",
     Flaw::overlong_path},
};

/// As much of it as Sendmail shows: the beginning and the end (shortenstring() of MAXSHORTSTR).
std::string shortened(std::string_view text) {
    constexpr std::size_t most = 203;
    constexpr std::size_t half = (most - 3) / 2;
    if (text.size() <= most)
        return std::string{text};
    return fmt::format("{}...{}", text.substr(0, half), text.substr(text.size() - half));
}

/// The path that the reply is about: as it was typed, or as every simulated client says it.
std::string path_of(SayingContext const& context) {
    return context.line.empty() ? fmt::format("<{}>", context.address) : shortened(context.address);
}

/// Who the client is: its name, where the DNS has one, and its address ($_).
std::string peer(SayingContext const& context) {
    std::string const address = fmt::format("[{}]", context.client_address);
    switch (context.reverse) {
    case ReverseName::confirmed: return fmt::format("{} {}", context.client_name, address);
    case ReverseName::forged: return fmt::format("{} {} (may be forged)", context.client_name, address);
    default: return address;
    }
}

/// Debian's SmtpGreetingMessage: $j Sendmail $v/$Z; $b; ${client_name}(${client_resolve})-$_.
Reply greeting(SayingContext const& context) {
    std::string const address = fmt::format("[{}]", context.client_address);
    std::string const name =
        context.reverse == ReverseName::confirmed ? std::string{context.client_name} : address;
    std::string_view resolved = "TEMP";
    if (context.reverse == ReverseName::confirmed)
        resolved = "OK";
    if (context.reverse == ReverseName::forged)
        resolved = "FORGED";
    if (context.reverse == ReverseName::missing)
        resolved = "FAIL";
    return {.code = 220,
            .enhanced = std::nullopt,
            .lines = {fmt::format("{} ESMTP Sendmail 8.17.1.9/8.17.1.9/Debian-2+deb12u2; {}; (No UCE/UBE) "
                                  "logging access from: {}({})-{}",
                                  context.server_name, mail_date(context.at, Software::sendmail), name,
                                  resolved, peer(context))}};
}

std::string hello(SayingContext const& context) {
    return fmt::format("{} Hello {}, pleased to meet you", context.server_name, peer(context));
}

Reply capabilities(SayingContext const& context, bool under_tls) {
    std::vector<std::string> lines{hello(context), "ENHANCEDSTATUSCODES", "PIPELINING", "EXPN", "VERB",
                                   "8BITMIME"};
    auto const offer = [&](std::string keyword) { lines.push_back(std::move(keyword)); };
    offer(context.size_limit ? fmt::format("SIZE {}", *context.size_limit) : "SIZE");
    offer("DSN");
    if (context.port == 25)
        offer("ETRN"); // not on the submission ports: DaemonPortOptions M=E
    if (context.offers_auth)
        offer("AUTH PLAIN LOGIN CRAM-MD5");
    if (context.offers_starttls && !under_tls)
        offer("STARTTLS");
    offer("DELIVERBY");
    offer("HELP");
    return list_capabilities(std::move(lines));
}

/// The path without its brackets and its source route.
std::string_view bare(std::string_view path) {
    if (path.starts_with('<') && path.ends_with('>'))
        path = path.substr(1, path.size() - 2);
    if (path.starts_with('@') && path.find(':') != std::string_view::npos)
        path.remove_prefix(path.find(':') + 1);
    return path;
}

Reply one_line(int code, EnhancedCode status, std::string text) {
    return {.code = code, .enhanced = status, .lines = {std::move(text)}};
}

/// A mailbox of the host itself, as VRFY and EXPN are told of it.
Reply local_mailbox(SayingContext const& context) {
    std::string_view const local_part = context.resolved.substr(0, context.resolved.rfind('@'));
    return one_line(250, {2, 1, 5}, fmt::format("<{}@{}>", lower_case(local_part), context.server_name));
}

/// One of another host. What a host without a domain is asked to pass on stays as it is (UUCP).
Reply foreign_mailbox(SayingContext const& context) {
    std::size_t const at = context.resolved.rfind('@');
    std::string_view const local_part = context.resolved.substr(0, at);
    std::string_view const domain = context.resolved.substr(at + 1);
    bool const by_uucp =
        domain.find('.') == std::string_view::npos && context.address.find('!') != std::string_view::npos;
    return one_line(context.command == "EXPN" ? 250 : 252, {2, 1, 5},
                    by_uucp ? fmt::format("<{}!{}@{}>", domain, local_part, context.server_name)
                            : fmt::format("<{}@{}>", local_part, domain));
}

/// A path without "@" and brackets as canonify makes it an address: "user%host" and "host.domain!user".
std::string canonical(std::string_view path) {
    if (path.find('@') != std::string_view::npos)
        return std::string{path};
    if (std::size_t const bang = path.find('!'); bang != std::string_view::npos) {
        std::string_view const host = path.substr(0, bang);
        bool const by_uucp = host.find('.') == std::string_view::npos;
        return by_uucp ? std::string{path} : fmt::format("{}@{}", path.substr(bang + 1), host);
    }
    std::string address{path};
    if (std::size_t const percent = address.rfind('%'); percent != std::string::npos)
        address[percent] = '@';
    return address;
}

/// To what looks like a web browser, and to lines that are too long: it hangs up after both.
Reply attack(SayingContext const& context, std::string_view what) {
    return one_line(421, {4, 7, 0}, fmt::format("{} {} {}", context.server_name, what, peer(context)));
}

Reply sender_domain(SayingContext const& context, bool is_unknown) {
    std::string const what = fmt::format("Domain of sender address {} ", canonical(bare(context.address)));
    return is_unknown
               ? one_line(553, {5, 1, 8}, fmt::format("{}... {}does not exist", path_of(context), what))
               : one_line(451, {4, 1, 8}, what + "does not resolve");
}

Reply relay_denied(SayingContext const& context) {
    return one_line(550, {5, 7, 1},
                    fmt::format("{}... Relaying denied{}", path_of(context),
                                context.offers_auth ? ". Proper authentication required." : ""));
}

/// As much of a parameter as could be a keyword.
std::string_view keyword_of(std::string_view parameter) {
    auto const end = std::find_if(parameter.begin(), parameter.end(), [](char c) {
        return c != '-' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9');
    });
    return parameter.substr(0, static_cast<std::size_t>(end - parameter.begin()));
}

/// The words of the tables, with what they mention as long as Sendmail shows it.
Reply from_tables(Saying saying, SayingContext context) {
    constexpr std::size_t longest_mechanism = 32;
    std::string const line = shortened(context.line);
    std::string const path = path_of(context);
    context.line = line;
    context.address = path;
    if (saying == Saying::unknown_mechanism)
        context.argument = context.argument.substr(0, longest_mechanism);
    if (saying == Saying::unknown_parameter)
        context.argument = keyword_of(context.argument);
    if (saying == Saying::bad_greeting && !context.line.empty()) // the verb as it was typed
        context.command = context.line.substr(0, context.command.size());
    bool const sender_only = context.flaw == Flaw::no_domain || context.flaw == Flaw::eight_bit ||
                             context.flaw == Flaw::bad_local_part;
    if (saying == Saying::bad_sender_path && !sender_only)
        saying = Saying::bad_recipient_path;
    if (saying == Saying::bad_sender_path || saying == Saying::bad_recipient_path)
        return put_into_words(path_words, saying, context);
    return put_into_words(words, saying, context);
}

Reply say_in_words(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::greeting: return greeting(context);
    case Saying::helo_accepted: return {.code = 250, .enhanced = std::nullopt, .lines = {hello(context)}};
    case Saying::capabilities: return capabilities(context, false);
    case Saying::capabilities_under_tls: return capabilities(context, true);
    case Saying::sender_domain_unknown: return sender_domain(context, true);
    case Saying::sender_domain_unsure: return sender_domain(context, false);
    case Saying::relay_denied: return relay_denied(context);
    case Saying::verified_local:
    case Saying::expanded: return local_mailbox(context);
    case Saying::verified_foreign: return foreign_mailbox(context);
    case Saying::help: return help_of_sendmail(context.given);
    case Saying::forbidden_command: return attack(context, "Rejecting open proxy");
    case Saying::line_too_long: return attack(context, "Command too long, possible attack");
    case Saying::queue_run_started:
        if (context.port != 25)
            return one_line(502, {5, 7, 0}, "Sorry, we do not allow this operation");
        return from_tables(saying, context);
    default: return from_tables(saying, context);
    }
}

/// putoutmsg() takes the eighth bit off.
Reply in_seven_bits(Reply reply) {
    for (std::string& line : reply.lines)
        std::transform(line.begin(), line.end(), line.begin(),
                       [](char c) { return static_cast<char>(static_cast<unsigned char>(c) & 0x7fU); });
    return reply;
}

} // namespace

Reply say_as_sendmail(Saying saying, SayingContext const& context) {
    return in_seven_bits(say_in_words(saying, context));
}

} // namespace mailflow
