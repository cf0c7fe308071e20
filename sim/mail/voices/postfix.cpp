// What Postfix 3.7 answers over a connection, measured on Debian 12.
#include "mail/voices/voices.hpp"
#include "mail/voices/words.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

/// Postfix's default for message_size_limit.
constexpr std::uint64_t default_size_limit = 10'240'000;

constexpr Words words[] = {
    {Saying::greeting, 220, "", "{me} ESMTP Postfix"},
    // smtpd(8) itself has no words for it: it lets clients wait in the kernel until a process is free. Those
    // that it counts by client are another limit's. postscreen(8), in front of it, says this (its post-queue
    // limit).
    {Saying::too_many_sessions, 421, "4.3.2", "All server ports are busy"},
    {Saying::helo_accepted, 250, "", "{me}"},
    {Saying::bad_greeting, 501, "", "Syntax: {command} hostname"},
    {Saying::greeting_first, 503, "5.5.1", "Error: send HELO/EHLO first"},
    {Saying::ready_for_tls, 220, "2.0.0", "Ready to start TLS"},
    {Saying::starttls_first, 530, "5.7.0", "Must issue a STARTTLS command first"},
    {Saying::already_under_tls, 554, "5.5.1", "Error: TLS already active"},
    {Saying::authenticated, 235, "2.7.0", "Authentication successful"},
    {Saying::authentication_failed, 535, "5.7.8", "Error: authentication failed: authentication failure"},
    {Saying::authentication_unavailable, 503, "5.5.1", "Error: authentication not enabled"},
    {Saying::already_authenticated, 503, "5.5.1", "Error: already authenticated"},
    {Saying::unknown_mechanism, 535, "5.7.8", "Error: authentication failed: no mechanism available"},
    {Saying::authentication_cancelled, 501, "5.7.0", "Authentication aborted"},
    {Saying::bad_authentication, 454, "4.7.0", "Temporary authentication failure: generic failure",
     Flaw::no_user},
    {Saying::bad_authentication, 535, "5.7.8",
     "Error: authentication failed: another step is needed in authentication", Flaw::cut_base64},
    {Saying::bad_authentication, 535, "5.7.8", "Error: authentication failed: bad protocol / cancel"},
    {Saying::in_transaction, 503, "", "Error: MAIL transaction in progress", Flaw::none, "ETRN"},
    {Saying::in_transaction, 503, "5.5.1", "Error: MAIL transaction in progress"},
    {Saying::sender_ok, 250, "2.1.0", "Ok"},
    {Saying::mail_syntax, 501, "5.5.4", "Syntax: MAIL FROM:<address>"},
    {Saying::bad_sender_path, 501, "5.1.7", "Bad sender address syntax"},
    {Saying::unknown_parameter, 555, "5.5.4", "Unsupported option: {argument}"},
    {Saying::bad_size, 552, "5.3.4", "Message size exceeds file system imposed limit", Flaw::huge_size},
    {Saying::bad_size, 501, "5.5.4", "Bad message size syntax"},
    {Saying::bad_parameter, 501, "5.5.4", "Error: Bad {parameter} parameter syntax", Flaw::none, "RCPT"},
    {Saying::bad_parameter, 501, "5.5.4", "Bad {parameter} parameter syntax"},
    {Saying::message_too_big, 552, "5.3.4", "Message size exceeds fixed limit"},
    {Saying::nested_mail, 503, "5.5.1", "Error: nested MAIL command"},
    {Saying::recipient_ok, 250, "2.1.5", "Ok"},
    {Saying::rcpt_syntax, 501, "5.5.4", "Syntax: RCPT TO:<address>"},
    {Saying::bad_recipient_path, 501, "5.1.3", "Bad recipient address syntax"},
    {Saying::bad_sequence_mail, 503, "5.5.1", "Error: need MAIL command"},
    {Saying::submission_denied, 554, "5.7.1", "<{addr}>: Recipient address rejected: Access denied"},
    {Saying::relay_denied, 554, "5.7.1", "<{addr}>: Relay access denied"},
    {Saying::blocklisted, 554, "5.7.1",
     "Service unavailable; Client host [{client_ip}] blocked using {blocklist}"},
    {Saying::greylisted, 450, "4.2.0", "<{addr}>: Recipient address rejected: Greylisted"},
    {Saying::unknown_user, 550, "5.1.1",
     "<{addr}>: Recipient address rejected: User unknown in local recipient table"},
    {Saying::too_many_recipients, 452, "4.5.3", "Error: too many recipients"},
    {Saying::start_content, 354, "", "End data with <CR><LF>.<CR><LF>"},
    {Saying::no_valid_recipients, 554, "5.5.1", "Error: no valid recipients"},
    {Saying::data_before_mail, 503, "5.5.1", "Error: need RCPT command"},
    {Saying::bad_sequence_rcpt, 503, "5.5.1", "Error: need RCPT command"},
    {Saying::content_too_big, 552, "5.3.4", "Chunk exceeds message size limit", Flaw::none, "BDAT"},
    {Saying::content_too_big, 552, "5.3.4", "Error: message file too big"},
    {Saying::too_many_hops, 554, "5.4.0", "Error: too many hops"},
    {Saying::storage_full, 452, "4.3.1", "Insufficient system storage"},
    {Saying::chunk_taken, 250, "2.0.0", "Ok: {length} bytes"},
    {Saying::chunks_first, 503, "5.5.1", "Error: {command} after BDAT"},
    {Saying::queued, 250, "2.0.0", "Ok: {size} bytes queued as {id}", Flaw::none, "BDAT"},
    {Saying::queued, 250, "2.0.0", "Ok: queued as {id}"},
    {Saying::reset, 250, "2.0.0", "Ok"},
    {Saying::nothing_done, 250, "2.0.0", "Ok"},
    {Saying::verified_local, 252, "2.0.0", "{given}"},
    {Saying::queue_run_started, 250, "", "Queuing started"},
    {Saying::queue_run_refused, 459, "", "<{addr}>: service unavailable"},
    {Saying::bad_arguments, 501, "5.5.4", "Syntax: AUTH mechanism", Flaw::none, "AUTH"},
    {Saying::bad_arguments, 501, "5.5.4", "Syntax: VRFY address [SMTPUTF8]", Flaw::none, "VRFY"},
    {Saying::bad_arguments, 501, "", "Error: invalid parameter syntax", Flaw::bad_argument, "ETRN"},
    {Saying::bad_arguments, 500, "", "Syntax: ETRN domain", Flaw::none, "ETRN"},
    {Saying::bad_arguments, 551, "5.7.1", "Null BDAT request", Flaw::null_chunk},
    {Saying::bad_arguments, 551, "5.0.0", "Discarded {length} bytes after earlier error",
     Flaw::after_bad_chunk},
    {Saying::bad_arguments, 521, "5.5.4", "Syntax: BDAT count [LAST]", Flaw::none, "BDAT"},
    {Saying::bad_arguments, 501, "5.5.4", "Syntax: {command}"},
    {Saying::empty_command, 500, "5.5.2", "Error: bad syntax"},
    {Saying::unknown_command, 501, "5.5.4", "Syntax: XCLIENT attribute=value...", Flaw::missing_argument,
     "XCLIENT"},
    {Saying::unknown_command, 501, "5.5.4", "Syntax: XFORWARD attribute=value...", Flaw::missing_argument,
     "XFORWARD"},
    {Saying::unknown_command, 550, "5.7.0", "Error: insufficient authorization", Flaw::none, "XCLIENT"},
    {Saying::unknown_command, 550, "5.7.0", "Error: insufficient authorization", Flaw::none, "XFORWARD"},
    {Saying::unknown_command, 500, "5.5.2", "Error: command not recognized"},
    {Saying::forbidden_command, 221, "2.7.0", "Error: I can break rules, too. Goodbye."},
    {Saying::bad_utf8, 500, "5.5.2", "Error: bad UTF-8 syntax"},
    {Saying::too_many_errors, 421, "4.7.0", "{me} Error: too many errors"},
    {Saying::goodbye, 221, "2.0.0", "Bye"},
};

/// What EHLO is answered with. AUTH is not offered on port 587 before the connection is encrypted
/// (smtpd_tls_auth_only), and STARTTLS not a second time.
Reply capabilities(SayingContext const& context, bool under_tls) {
    std::vector<std::string> lines{std::string{context.server_name}};
    auto const offer = [&](std::string keyword) { lines.push_back(std::move(keyword)); };
    offer("PIPELINING");
    offer(fmt::format("SIZE {}", context.size_limit.value_or(default_size_limit)));
    offer("VRFY");
    offer("ETRN");
    if (context.offers_starttls && !under_tls)
        offer("STARTTLS");
    if (context.offers_auth && (under_tls || context.port != 587))
        offer("AUTH PLAIN LOGIN CRAM-MD5");
    offer("ENHANCEDSTATUSCODES");
    offer("8BITMIME");
    offer("DSN");
    offer("SMTPUTF8");
    offer("CHUNKING");
    return list_capabilities(std::move(lines));
}

} // namespace

Reply say_as_postfix(Saying saying, SayingContext const& context) {
    switch (saying) {
    case Saying::capabilities: return capabilities(context, false);
    case Saying::capabilities_under_tls: return capabilities(context, true);
    default: return put_into_words(words, saying, context);
    }
}

} // namespace mailflow
