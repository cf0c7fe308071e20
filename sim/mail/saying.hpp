// The closed set of what a mail server can answer or diagnose. Code, enhanced code and words of each are the
// voice's (mail/voice.hpp); what follows from it for the client is only its class, which all voices share.
#pragma once

#include <cstdint>

namespace mailflow {

enum class Saying : std::uint8_t {
    // -- answers over a connection
    greeting,                   // 220
    capabilities,               // 250 to EHLO
    capabilities_under_tls,     // 250 to EHLO after STARTTLS, or on port 465
    ready_for_tls,              // 220
    tls_established,            // not a reply: the other half of the handshake
    starttls_first,             // 530
    authenticated,              // 235
    authentication_failed,      // 535
    authentication_unavailable, // 503: AUTH is not offered
    already_authenticated,      // 503
    message_too_big,            // 552 to MAIL SIZE= (RFC 1870)
    sender_ok,                  // 250
    recipient_ok,               // 250
    submission_denied,          // 554 on 587 without authentication
    relay_denied,               // 554
    greylisted,                 // 450: come back later
    unknown_user,               // 550
    start_content,              // 354
    no_valid_recipients,        // 554
    bad_sequence_mail,          // 503: MAIL is missing
    bad_sequence_rcpt,          // 503: RCPT is missing
    nested_mail,                // 503
    too_many_hops,              // 554 after the content (RFC 5321 section 6.3)
    queued,                     // 250 after the content
    goodbye,                    // 221
    // -- diagnoses that a client makes itself, said in a bounce or by the mail program
    connection_refused, // nobody listens on that port, or the server is down
    connection_blocked, // no answer, because a network lets nothing through to that port
    connection_lost,    // the server went away in the middle of the session
    no_route,           // no way leads there
    server_not_found,   // a mail program does not find its outgoing server in the DNS
    no_such_domain,     // NXDOMAIN for the recipient's domain
    no_such_host,       // NXDOMAIN for the host that is to be contacted
    no_host_address,    // the name exists, but has no address record
    dns_server_failure, // SERVFAIL
    dns_no_answer,      // the DNS did not answer in time
    null_mx,            // RFC 7505
    loops_back,         // the best MX is the server itself
    alias_loop,         // an alias leads back to itself
    exceeds_peer_limit, // larger than the next server said it takes (RFC 1870 section 5)
    no_such_mailbox,    // a server finds no mailbox for what it wrote or took itself
};

/// Whether it is found out by a client, rather than answered over a connection.
[[nodiscard]] constexpr bool is_diagnosis(Saying saying) {
    return saying >= Saying::connection_refused;
}

/// What the class of the reply tells a client to do (RFC 5321 section 4.2.1).
enum class SayingClass : std::uint8_t { positive, intermediate, transient, permanent };

[[nodiscard]] SayingClass class_of(Saying saying);

} // namespace mailflow
