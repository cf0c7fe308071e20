// What Exim 4.96 answers over a connection, measured on Debian 12: codes without enhanced codes, and for
// malformed addresses a sentence that says where it stopped reading.
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Exim's default for message_size_limit.
constexpr std::uint64_t default_size_limit = 52'428'800;

constexpr std::string_view not_offered_tls = "STARTTLS command used when not advertised";
constexpr std::string_view not_offered_auth = "AUTH command used when not advertised";

constexpr Words words[] = {
    {Saying::greeting, 220, "", "{me} ESMTP Exim 4.96 {exim_date}"},
    {Saying::too_many_sessions, 421, "", "Too many concurrent SMTP connections; please try again later."},
    {Saying::helo_accepted, 250, "", "{me} Hello {client_name} [{client_ip}]"},
    {Saying::bad_greeting, 501, "", "Syntactically invalid {command} argument(s)"},
    {Saying::greeting_first, 503, "", "HELO or EHLO required"},
    {Saying::ready_for_tls, 220, "", "TLS go ahead"},
    {Saying::already_under_tls, 503, "", not_offered_tls},
    {Saying::authenticated, 235, "", "Authentication succeeded"},
    {Saying::authentication_failed, 535, "", "Incorrect authentication data"},
    {Saying::authentication_unavailable, 503, "", not_offered_auth},
    {Saying::already_authenticated, 503, "", "already authenticated"},
    {Saying::authentication_first, 550, "", "authentication required"},
    {Saying::unknown_mechanism, 501, "", "invalid character in authentication mechanism name",
     Flaw::odd_mechanism},
    {Saying::unknown_mechanism, 504, "", "{argument} authentication mechanism not supported"},
    {Saying::authentication_cancelled, 501, "", "Authentication cancelled"},
    {Saying::bad_authentication, 535, "", "Incorrect authentication data", Flaw::bad_message},
    {Saying::bad_authentication, 501, "", "Invalid base64 data"},
    {Saying::in_transaction, 503, "", "ETRN is not permitted inside a transaction", Flaw::none, "ETRN"},
    {Saying::in_transaction, 503, "", "not permitted in mail transaction"},
    {Saying::sender_ok, 250, "", "OK, PRDR Requested", Flaw::none, "PRDR"},
    {Saying::sender_ok, 250, "", "OK"},
    {Saying::mail_syntax, 501, "", "MAIL must have an address operand"},
    {Saying::bad_sender_path, 501, "", "{given}: sender address must contain a domain", Flaw::no_domain},
    {Saying::bad_sender_path, 501, "", "{given}: {argument}"},
    {Saying::bad_size, 552, "", "Message size exceeds maximum permitted"},
    {Saying::bad_parameter, 501, "", "SMTPUTF8 used when not advertised", Flaw::none, "SMTPUTF8"},
    {Saying::bad_parameter, 501, "", "invalid data for {parameter}"},
    {Saying::message_too_big, 552, "", "Message size exceeds maximum permitted"},
    {Saying::nested_mail, 503, "", "sender already given"},
    {Saying::recipient_ok, 250, "", "Accepted"},
    {Saying::rcpt_syntax, 501, "", "RCPT must have an address operand"},
    {Saying::bad_recipient_path, 501, "", "{given}: recipient address must contain a domain",
     Flaw::no_domain},
    {Saying::bad_recipient_path, 501, "", "{argument}", Flaw::none, "VRFY"},
    {Saying::bad_recipient_path, 501, "", "{given}: {argument}"},
    {Saying::bad_sequence_mail, 503, "", "sender not yet given"},
    {Saying::submission_denied, 550, "", "authentication required"},
    {Saying::relay_denied, 550, "", "relay not permitted"},
    {Saying::restricted_address, 550, "", "restricted characters in address"},
    {Saying::blocklisted, 550, "", "rejected because {client_ip} is in a black list at {blocklist}"},
    {Saying::greylisted, 451, "", "greylisted: please try again later"},
    {Saying::unknown_user, 550, "", "Unrouteable address"},
    {Saying::too_many_recipients, 452, "", "too many recipients"},
    {Saying::too_many_bad_recipients, 550, "", "Rejected for too many bad recipients"},
    {Saying::start_content, 354, "", "Enter message, ending with \".\" on a line by itself"},
    {Saying::bad_sequence_rcpt, 503, "", "valid RCPT command must precede DATA"},
    {Saying::content_too_big, 552, "", "Message size exceeds maximum permitted"},
    {Saying::content_line_too_long, 550, "", "maximum allowed line length is 998 octets, got {length}"},
    {Saying::content_unfit, 550, "", "header syntax"},
    {Saying::storage_full, 452, "", "space shortage, please try later"},
    {Saying::chunk_taken, 250, "", "{length} byte chunk received"},
    {Saying::chunks_first, 503, "", "only BDAT permissible after non-LAST BDAT"},
    {Saying::chunks_unavailable, 503, "", "BDAT command used when CHUNKING not advertised"},
    {Saying::queued, 250, "", " {length} byte chunk, total {size}\nOK id={id}", Flaw::none, "BDAT"},
    {Saying::queued, 250, "", "OK id={id}"},
    {Saying::reset, 250, "", "Reset OK"},
    {Saying::nothing_done, 250, "", "OK"},
    {Saying::verify_refused, 252, "", "Administrative prohibition"},
    {Saying::expand_refused, 550, "", "Administrative prohibition"},
    {Saying::queue_run_refused, 458, "", "Administrative prohibition"},
    {Saying::bad_arguments, 501, "", "empty address", Flaw::none, "VRFY"},
    {Saying::bad_arguments, 501, "", "missing size for BDAT command", Flaw::none, "BDAT"},
    {Saying::bad_arguments, 504, "", " authentication mechanism not supported", Flaw::none, "AUTH"},
    {Saying::bad_arguments, 501, "", "unexpected argument data"},
    {Saying::empty_command, 500, "", "unrecognized command"},
    {Saying::unknown_command, 500, "", "unrecognized command"},
    {Saying::too_many_errors, 500, "", "Too many unrecognized commands"},
    {Saying::too_many_others, 554, "", "Too many nonmail commands"},
    {Saying::goodbye, 221, "", "{me} closing connection"},
};

/// What EHLO is answered with.
Reply capabilities(SayingContext const& context, bool under_tls) {
    std::vector<std::string> lines{
        fmt::format("{} Hello {} [{}]", context.server_name, context.client_name, context.client_address)};
    auto const offer = [&](std::string keyword) { lines.push_back(std::move(keyword)); };
    offer(fmt::format("SIZE {}", context.size_limit.value_or(default_size_limit)));
    offer("8BITMIME");
    offer("PIPELINING");
    if (!context.has_asked_for_content)
        offer("PIPECONNECT");
    if (context.offers_auth && !context.authenticated)
        offer("AUTH PLAIN LOGIN");
    offer("CHUNKING");
    if (context.offers_starttls && !under_tls)
        offer("STARTTLS");
    offer("PRDR");
    offer("HELP");
    return list_capabilities(std::move(lines));
}

Reply help(SayingContext const& context) {
    return {
        .code = 214,
        .enhanced = std::nullopt,
        .lines = {"Commands supported:", fmt::format("{}{}HELO EHLO MAIL RCPT DATA BDAT NOOP QUIT RSET HELP",
                                                     context.offers_auth ? "AUTH " : "",
                                                     context.offers_starttls ? "STARTTLS " : "")}};
}

/// DATA without a recipient. Where all were refused alike, the refusal is said again. Right behind RCPT, and
/// to a client that may send its commands without waiting, it begins with a capital letter.
Reply no_valid_recipients(SayingContext const& context) {
    Reply reply{.code = 503, .enhanced = std::nullopt, .lines = {}};
    if (!context.last_refusal.empty() && !context.refusals_differ)
        reply.lines = {"All RCPT commands were rejected with this error:", std::string{context.last_refusal}};
    reply.lines.push_back(fmt::format("{}alid RCPT command must precede {}",
                                      context.follows_recipient ? 'V' : 'v', context.command));
    return reply;
}

} // namespace

Reply say_as_exim(Saying saying, SayingContext const& given) {
    SayingContext context = given;
    if (context.reverse != ReverseName::confirmed || context.client_name.empty())
        context.client_name = context.helo;
    if (saying == Saying::already_authenticated && !context.was_offered_auth)
        saying = Saying::authentication_unavailable;
    Reply reply;
    switch (saying) {
    case Saying::capabilities: return capabilities(context, false);
    case Saying::capabilities_under_tls: return capabilities(context, true);
    case Saying::help: return help(context);
    case Saying::no_valid_recipients:
    case Saying::data_before_mail: reply = no_valid_recipients(context); break;
    default: reply = put_into_words(words, saying, context);
    }
    bool const says_why = saying != Saying::too_many_errors && saying != Saying::too_many_others &&
                          saying != Saying::bad_greeting;
    if (context.hangs_up && reply.code >= 500 && says_why)
        reply.lines.emplace_back("Too many syntax or protocol errors");
    return reply;
}

} // namespace mailflow
