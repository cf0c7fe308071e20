// What Microsoft Exchange 2013 to 2019 answers over a connection, after its documentation; the words of rarer
// replies as its administrators quote them. Of its ways to log in only those are offered that the program
// knows.
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

#include <fmt/format.h>

#include <charconv>

namespace mailflow {

namespace {

/// The MaxMessageSize of a default receive connector, 36 MB.
constexpr std::uint64_t default_size_limit = 37'748'736;

constexpr std::string_view not_authenticated = "Client was not authenticated";
constexpr std::string_view rcpt_needed = "Need rcpt command";
constexpr std::string_view invalid_arguments = "Invalid arguments";

constexpr Words words[] = {
    {Saying::greeting, 220, "", "{me} Microsoft ESMTP MAIL Service ready at {exchange_date}"},
    {Saying::helo_accepted, 250, "", "{me} Hello [{client_ip}]"},
    {Saying::bad_greeting, 501, "5.5.4", "Invalid domain name"},
    {Saying::too_many_sessions, 421, "4.3.2",
     "The maximum number of concurrent server connections has exceeded a limit, closing transmission "
     "channel"},
    {Saying::greeting_first, 503, "5.5.2", "Send hello first"},
    {Saying::ready_for_tls, 220, "2.0.0", "SMTP server ready"},
    {Saying::already_under_tls, 503, "5.5.2", "Only one STARTTLS command can be issued"},
    {Saying::authenticated, 235, "2.7.0", "Authentication successful"},
    {Saying::authentication_failed, 535, "5.7.3", "Authentication unsuccessful"},
    {Saying::authentication_unavailable, 504, "5.7.4", "Unrecognized authentication type"},
    {Saying::already_authenticated, 503, "5.5.2", "Already authenticated"},
    {Saying::authentication_first, 530, "5.7.1", not_authenticated},
    {Saying::unknown_mechanism, 504, "5.7.4", "Unrecognized authentication type"},
    {Saying::authentication_cancelled, 501, "5.7.0", "Authentication cancelled"},
    {Saying::bad_authentication, 501, "5.5.4", invalid_arguments},
    {Saying::in_transaction, 503, "5.5.2", "Bad sequence of commands"},
    {Saying::sender_ok, 250, "2.1.0", "Sender OK"},
    {Saying::mail_syntax, 501, "5.5.4", invalid_arguments},
    {Saying::bad_sender_path, 501, "5.1.7", "Invalid address"},
    {Saying::unknown_parameter, 501, "5.5.4", "Unrecognized parameter"},
    {Saying::bad_size, 501, "5.5.4", invalid_arguments},
    {Saying::message_too_big, 552, "5.3.4", "Message size exceeds fixed maximum message size"},
    {Saying::nested_mail, 503, "5.5.2", "Sender already specified"},
    {Saying::recipient_ok, 250, "2.1.5", "Recipient OK"},
    {Saying::rcpt_syntax, 501, "5.5.4", invalid_arguments},
    {Saying::bad_recipient_path, 501, "5.1.3", "Invalid address"},
    {Saying::bad_sequence_mail, 503, "5.5.2", "Need mail command"},
    {Saying::submission_denied, 530, "5.7.1", not_authenticated},
    {Saying::relay_denied, 550, "5.7.54", "SMTP; Unable to relay recipient in non-accepted domain"},
    {Saying::greylisted, 451, "4.7.0", "Temporary server error. Please try again later."},
    {Saying::unknown_user, 550, "5.1.1", "User unknown"},
    {Saying::too_many_recipients, 452, "4.5.3", "Too many recipients"},
    {Saying::start_content, 354, "", "Start mail input; end with <CRLF>.<CRLF>"},
    {Saying::no_valid_recipients, 503, "5.5.2", rcpt_needed},
    {Saying::data_before_mail, 503, "5.5.2", "Need mail command"},
    {Saying::bad_sequence_rcpt, 503, "5.5.2", rcpt_needed},
    {Saying::content_too_big, 552, "5.3.4", "Message size exceeds fixed maximum message size"},
    {Saying::too_many_hops, 554, "5.4.6", "Hop count exceeded - possible mail loop"},
    {Saying::storage_full, 452, "4.3.1", "Insufficient system resources"},
    {Saying::chunk_taken, 250, "2.6.0", "CHUNK received OK, {length} octets"},
    {Saying::reset, 250, "2.0.0", "Resetting"},
    {Saying::nothing_done, 250, "2.0.0", "OK"},
    {Saying::verify_refused, 252, "2.1.5", "Cannot VRFY user"},
    {Saying::help, 214, "",
     "This server supports the following commands:\n"
     "HELO EHLO STARTTLS RCPT DATA RSET MAIL QUIT HELP AUTH BDAT"},
    {Saying::bad_arguments, 501, "5.5.4", invalid_arguments},
    {Saying::empty_command, 500, "5.3.3", "Unrecognized command"},
    {Saying::unknown_command, 500, "5.3.3", "Unrecognized command"},
    {Saying::line_too_long, 500, "5.3.3", "Line too long"},
    {Saying::too_many_errors, 421, "4.7.0",
     "Too many errors on this connection, closing transmission channel"},
    {Saying::goodbye, 221, "2.0.0", "Service closing transmission channel"},
};

Reply capabilities(SayingContext const& context, bool under_tls) {
    std::vector<std::string> lines{fmt::format("{} Hello [{}]", context.server_name, context.client_address)};
    lines.push_back(fmt::format("SIZE {}", context.size_limit.value_or(default_size_limit)));
    for (char const* const keyword : {"PIPELINING", "DSN", "ENHANCEDSTATUSCODES"})
        lines.emplace_back(keyword);
    if (context.offers_starttls && !under_tls)
        lines.emplace_back("STARTTLS");
    if (context.offers_auth && under_tls)
        lines.emplace_back("AUTH LOGIN PLAIN");
    lines.emplace_back("8BITMIME");
    lines.emplace_back("CHUNKING");
    return list_capabilities(std::move(lines));
}

Reply queued(SayingContext const& context) {
    constexpr std::uint64_t first = 1'000'000'000'000;
    std::string_view const id = context.queue_id;
    std::uint64_t number = 0;
    (void)std::from_chars(id.data(), id.data() + id.size(), number, 16);
    return {.code = 250,
            .enhanced = EnhancedCode{2, 6, 0},
            .lines = {fmt::format("<{}@{}> [InternalId={}, Hostname={}] Queued mail for delivery", id,
                                  context.server_name, first + number, context.server_name)}};
}

} // namespace

Reply say_as_exchange(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::capabilities: return capabilities(context, false);
    case Saying::capabilities_under_tls: return capabilities(context, true);
    case Saying::queued: return queued(context);
    default: return put_into_words(words, saying, context);
    }
}

} // namespace mailflow
