// What OpenSMTPD 7.4 answers over a connection, measured on Debian 12; what the records do not show is after
// its source (smtp_session.c). To somebody who may not relay it says no more than to somebody who mistypes a
// name.
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// OpenSMTPD's default for smtp max-message-size, 35 MB.
constexpr std::uint64_t default_size_limit = 36'700'160;

constexpr std::string_view not_now = "Invalid command: Command not allowed at this point.";
constexpr std::string_view unrecognized = "Invalid command: Command unrecognized";
constexpr std::string_view login_demanded = "Invalid command: Must issue an AUTH command first";
constexpr std::string_view unsupported = "Invalid command: Command not supported";
constexpr std::string_view no_recipient = "Invalid command arguments: No recipient specified";
constexpr std::string_view invalid = "Invalid recipient: <{addr}>";

constexpr Words words[] = {
    {Saying::greeting, 220, "", "{me} ESMTP OpenSMTPD"},
    {Saying::helo_accepted, 250, "", "{me} Hello {helo} [{client_ip}], pleased to meet you"},
    {Saying::bad_greeting, 501, "5.5.4", "Invalid command arguments: Invalid domain name",
     Flaw::bad_argument},
    {Saying::bad_greeting, 501, "5.5.1", "Invalid command: {command} requires domain name"},
    {Saying::already_greeted, 503, "5.5.1", "Invalid command: Already identified"},
    {Saying::greeting_first, 503, "5.5.1", not_now},
    {Saying::ready_for_tls, 220, "2.0.0", "Ready to start TLS"},
    {Saying::starttls_first, 530, "5.5.1", "Invalid command: Must issue a STARTTLS command first"},
    {Saying::already_under_tls, 503, "5.5.1", "Invalid command: Channel already secured"},
    {Saying::authenticated, 235, "2.0.0", "Authentication succeeded"},
    {Saying::authentication_failed, 535, "", "Authentication failed"},
    {Saying::authentication_unavailable, 503, "5.5.1", unsupported},
    {Saying::already_authenticated, 503, "5.5.1", "Invalid command: Already authenticated"},
    {Saying::authentication_first, 530, "5.5.1", login_demanded},
    {Saying::unknown_mechanism, 504, "5.7.4",
     "Security features not supported: AUTH method \"{argument}\" not supported"},
    {Saying::authentication_cancelled, 501, "5.5.2", "Syntax error: Syntax error"},
    {Saying::bad_authentication, 501, "5.5.2", "Syntax error: Syntax error"},
    {Saying::in_transaction, 503, "5.5.1", not_now},
    {Saying::sender_ok, 250, "2.0.0", "Ok"},
    {Saying::mail_syntax, 500, "5.5.1", unrecognized}, // "MAIL FROM:" is a verb of its own
    {Saying::bad_sender_path, 553, "5.1.0", "Sender address syntax error"},
    {Saying::unknown_parameter, 503, "", "Unsupported option {argument}", Flaw::none, "RCPT"},
    {Saying::unknown_parameter, 503, "5.5.4", "Invalid command arguments: Unsupported option {argument}"},
    {Saying::bad_parameter, 553, "", "NOTIFY option NEVER cannot be combined with other options", Flaw::none,
     "NOTIFY"},
    {Saying::bad_parameter, 503, "5.5.4",
     "Invalid command arguments: option too large, truncated: {argument}", Flaw::none, "ENVID"},
    {Saying::bad_parameter, 553, "", "{parameter} address syntax error"},
    {Saying::nested_mail, 503, "5.5.1", not_now},
    {Saying::recipient_ok, 250, "2.1.5", "Destination address valid: Recipient ok"},
    {Saying::rcpt_syntax, 500, "5.5.1", unrecognized},
    {Saying::bad_recipient_path, 501, "5.1.3", "Recipient address syntax error"},
    {Saying::bad_sequence_mail, 503, "5.5.1", not_now},
    {Saying::submission_denied, 530, "5.5.1", login_demanded},
    {Saying::relay_denied, 550, "", invalid},
    {Saying::greylisted, 451, "", "Temporary failure, please try again later."}, // spamd(8) in front of it
    {Saying::unknown_user, 550, "", invalid},
    {Saying::too_many_recipients, 451, "4.5.3", "Too many recipients: Too many recipients"},
    {Saying::start_content, 354, "", "Enter mail, end with \".\" on a line by itself"},
    {Saying::no_valid_recipients, 503, "5.5.4", no_recipient},
    {Saying::data_before_mail, 503, "5.5.1", not_now},
    {Saying::bad_sequence_rcpt, 503, "5.5.4", no_recipient},
    {Saying::content_too_big, 554, "5.3.4",
     "Message too big for system: Transaction failed, message too big"},
    {Saying::content_line_too_long, 500, "5.0.0", "Line too long"},
    {Saying::content_headless, 550, "5.7.1",
     "Delivery not authorized, message refused: Message is not RFC 2822 compliant"},
    {Saying::too_many_hops, 500, "5.4.6", "Routing loop detected: Loop detected"},
    {Saying::storage_full, 421, "4.3.0", "Temporary Error"},
    {Saying::queued, 250, "2.0.0", "{id} Message accepted for delivery"},
    {Saying::reset, 250, "2.0.0", "Reset state"},
    {Saying::nothing_done, 250, "2.0.0", "Ok"},
    {Saying::help, 214, "2.0.0",
     "This is OpenSMTPD\nTo report bugs in the implementation, please contact bugs@openbsd.org\n"
     "with full details\nEnd of HELP info"},
    {Saying::bad_arguments, 501, "5.5.4", "Invalid command arguments: No parameters given", Flaw::none,
     "AUTH"},
    {Saying::bad_arguments, 501, "5.5.4", "Invalid command arguments: No parameters allowed", Flaw::none,
     "STARTTLS"},
    {Saying::bad_arguments, 500, "5.5.4", "Invalid command arguments: command does not accept arguments."},
    {Saying::empty_command, 500, "5.5.1", unrecognized},
    {Saying::unknown_command, 500, "5.5.1", "Invalid command: this feature is not supported yet ;-)",
     Flaw::none, "WIZ"},
    {Saying::unknown_command, 500, "5.5.1", unrecognized},
    {Saying::line_too_long, 500, "5.0.0", "Command line too long"},
    {Saying::goodbye, 221, "2.0.0", "Bye"},
};

/// AUTH is offered under TLS only, and not to whoever is logged in.
Reply capabilities(SayingContext const& context, bool under_tls) {
    std::vector<std::string> lines{fmt::format("{} Hello {} [{}], pleased to meet you", context.server_name,
                                               context.helo, context.client_address),
                                   "8BITMIME", "ENHANCEDSTATUSCODES"};
    lines.push_back(fmt::format("SIZE {}", context.size_limit.value_or(default_size_limit)));
    lines.emplace_back("DSN");
    if (context.offers_starttls && !under_tls)
        lines.emplace_back("STARTTLS");
    if (context.offers_auth && under_tls && !context.authenticated)
        lines.emplace_back("AUTH PLAIN LOGIN");
    lines.emplace_back("HELP");
    return list_capabilities(std::move(lines));
}

} // namespace

Reply say_as_opensmtpd(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::capabilities: return capabilities(context, false);
    case Saying::capabilities_under_tls: return capabilities(context, true);
    case Saying::already_under_tls: // where TLS is a matter of course there is no such command
        return put_into_words(
            words, context.port == port_submissions ? Saying::authentication_unavailable : saying, context);
    default: return put_into_words(words, saying, context);
    }
}

} // namespace mailflow
