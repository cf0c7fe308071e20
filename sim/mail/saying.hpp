// The closed set of what a mail server can answer or diagnose. Code, enhanced code and words of each are the
// voice's (mail/voice.hpp); what follows from it for the client is only its class, which all voices share.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace mailflow {

enum class Saying : std::uint8_t {
    // -- answers over a connection: greeting and encryption
    greeting,               // 220
    too_many_sessions,      // 421 instead of the greeting (RFC 5321 section 3.8)
    helo_accepted,          // 250 to HELO
    capabilities,           // 250 to EHLO
    capabilities_under_tls, // 250 to EHLO after STARTTLS, or on port 465
    bad_greeting,           // 501: HELO or EHLO without a host name
    already_greeted,        // 503
    greeting_first,         // 503: HELO or EHLO is missing
    ready_for_tls,          // 220
    tls_established,        // not a reply: the other half of the handshake
    starttls_first,         // 530
    already_under_tls,      // 503
    // -- authentication (RFC 4954)
    authenticated,              // 235
    authentication_failed,      // 535
    authentication_unavailable, // 503: AUTH is not offered
    already_authenticated,      // 503
    authentication_first,       // 530 to MAIL on the submission ports
    plain_challenge,            // 334: go on
    username_challenge,         // 334
    password_challenge,         // 334
    digest_challenge,           // 334 of CRAM-MD5 (RFC 2195)
    unknown_mechanism,          // 504
    authentication_cancelled,   // 501
    bad_authentication,         // 501: no base64
    in_transaction,             // 503: not between MAIL and the end of the content
    // -- MAIL
    sender_ok,             // 250
    mail_syntax,           // 501: no FROM:
    bad_sender_path,       // 501; what is wrong is in SayingContext::flaw
    unknown_parameter,     // 555, of RCPT too
    bad_size,              // 501
    bad_parameter,         // 501: a value that the parameter cannot have, of RCPT too
    message_too_big,       // 552 to MAIL SIZE= (RFC 1870)
    nested_mail,           // 503
    sender_domain_unknown, // 553: the sender's domain does not exist
    sender_domain_unsure,  // 451: the DNS does not tell
    // -- RCPT
    recipient_ok,            // 250
    rcpt_syntax,             // 501: no TO:
    bad_recipient_path,      // 501; what is wrong is in SayingContext::flaw
    bad_sequence_mail,       // 503: MAIL is missing
    submission_denied,       // 554 on 587 without authentication
    relay_denied,            // 554
    client_name_missing,     // 550: denied, and the client's address has no name
    client_name_forged,      // 550: denied, and the name of the client's address is not its own
    client_name_unsure,      // 450: the DNS does not tell the client's name
    restricted_address,      // 550: characters that could ask for relaying
    blocklisted,             // 554: the client's address is on a blocklist
    greylisted,              // 450: come back later
    unknown_user,            // 550
    too_many_recipients,     // 452
    too_many_bad_recipients, // 550
    // -- DATA and the content
    start_content,       // 354
    no_valid_recipients, // 554
    data_before_mail,    // 503: DATA, but MAIL is missing
    bad_sequence_rcpt,   // 503: RCPT is missing
    content_too_big,     // 552
    content_line_too_long,
    content_headless, // 550: no header, or no empty line after it
    content_unfit,    // 55x; what it has that the server does not bear is in SayingContext::flaw
    bare_line_feed,   // the content has lines that end in LF alone
    bare_carriage_return,
    too_many_hops,      // 554 after the content (RFC 5321 section 6.3)
    storage_full,       // 452
    chunk_taken,        // 250 to BDAT (RFC 3030)
    chunks_unavailable, // 503: BDAT is not offered
    chunks_first,       // 503: chunks have come, and the last is still missing
    queued,             // 250 after the content
    // -- the other commands
    reset,             // 250 to RSET
    nothing_done,      // 250 to NOOP
    verified_local,    // 25x to VRFY
    verified_foreign,  // 252 to VRFY of somebody else's mailbox
    verify_refused,    // 252 to VRFY: it is not told
    expanded,          // 250 to EXPN
    expand_refused,    // 550 to EXPN
    queue_run_started, // 250 to ETRN (RFC 1985)
    queue_run_refused, // 45x to ETRN
    help,              // 214
    bad_arguments,     // 501: too few or too many
    empty_command,     // 500
    unknown_command,   // 500
    forbidden_command, // and hangs up
    line_too_long,     // 500
    bad_utf8,          // 500
    too_many_errors,   // 421, and hangs up
    too_many_others,   // the same, where there are too many commands that send nothing
    goodbye,           // 221
    // -- answers that the world prescribes, whatever the server would decide (policy/scripted_answers.hpp)
    scripted_greeting_transient, // 4xx instead of 220
    scripted_greeting_permanent, // 5xx: the same
    scripted_mail_transient,     // instead of the answer to MAIL
    scripted_mail_permanent,
    scripted_rcpt_transient, // to RCPT
    scripted_rcpt_permanent,
    scripted_content_transient, // after the content
    scripted_content_permanent,
    // -- diagnoses that a client makes itself, said in a bounce or by the mail program
    connection_refused,     // nobody listens on that port, or the server is down
    connection_blocked,     // no answer, because a network lets nothing through to that port
    connection_unanswered,  // no answer, because no machine has the address that the DNS gave
    connection_lost,        // the server went away in the middle of the session
    no_route,               // no way leads there
    server_not_found,       // a mail program does not find its outgoing server in the DNS
    no_such_domain,         // NXDOMAIN for the recipient's domain
    no_such_host,           // NXDOMAIN for the host that is to be contacted
    no_host_address,        // the name exists, but has no address record
    dns_server_failure,     // SERVFAIL
    dns_no_answer,          // the DNS did not answer in time
    null_mx,                // RFC 7505
    loops_back,             // the best MX is the server itself
    no_primary_relay,       // the server itself is an MX, and none of the better ones has an address
    alias_loop,             // an alias leads back to itself
    exceeds_peer_limit,     // larger than the next server said it takes (RFC 1870 section 5)
    no_such_mailbox,        // a server finds no mailbox for what it wrote or took itself
    retry_time_not_reached, // the host failed a short while ago: it is not called yet
    retry_timeout_exceeded, // the host has failed for so long that nobody tries for a new message
    suspected_loop,         // a message that it took has been stamped by too many servers
    forwarding_loop,        // a message comes back to an address that has forwarded it before
    session_timed_out,      // no reply comes any more: the line was cut in the middle of the session
};

/// The last of them.
inline constexpr Saying last_saying = Saying::session_timed_out;

/// Whether the line went away under a session.
[[nodiscard]] constexpr bool is_broken_line(Saying saying) {
    return saying == Saying::connection_lost || saying == Saying::session_timed_out;
}

/// Whether it is found out by a client, rather than answered over a connection.
[[nodiscard]] constexpr bool is_diagnosis(Saying saying) {
    return saying >= Saying::connection_refused;
}

/// Whether the world prescribes the words: they are no voice's own.
[[nodiscard]] constexpr bool is_scripted(Saying saying) {
    return saying >= Saying::scripted_greeting_transient && saying <= Saying::scripted_content_permanent;
}

/// Whether the server turned the client away before it could say anything.
[[nodiscard]] constexpr bool is_refused_greeting(Saying saying) {
    return saying == Saying::scripted_greeting_transient || saying == Saying::scripted_greeting_permanent;
}

/// What the class of the reply tells a client to do (RFC 5321 section 4.2.1).
enum class SayingClass : std::uint8_t { positive, intermediate, transient, permanent };

/// By the number of the saying.
using SayingClasses = std::array<SayingClass, 256>;
extern SayingClasses const saying_classes;

[[nodiscard]] inline SayingClass class_of(Saying saying) {
    return saying_classes[static_cast<std::size_t>(saying)];
}

/// Whether it says no, for now or for good: 4xx or 5xx.
[[nodiscard]] inline bool is_negative(Saying saying) {
    return class_of(saying) >= SayingClass::transient;
}

} // namespace mailflow
