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
    sender_ok,                  // 250
    recipient_ok,               // 250
    submission_denied,          // 554 on 587 without authentication
    relay_denied,               // 554
    unknown_user,               // 550
    start_content,              // 354
    no_valid_recipients,        // 554
    bad_sequence_mail,          // 503: MAIL is missing
    bad_sequence_rcpt,          // 503: RCPT is missing
    nested_mail,                // 503
    queued,                     // 250 after the content
    goodbye,                    // 221
    // -- diagnoses that a client makes itself, said in a bounce or by the mail program
    connection_refused, // nobody listens on that port
    server_not_found,   // a mail program does not find its outgoing server in the DNS
    no_such_domain,     // NXDOMAIN for the recipient's domain
    no_such_host,       // NXDOMAIN for the host that is to be contacted
    no_host_address,    // the name exists, but has no address record
    null_mx,            // RFC 7505
    loops_back,         // the best MX is the server itself
    no_such_mailbox,    // a server finds no mailbox for what it wrote or took itself
};

/// What the class of the reply tells a client to do (RFC 5321 section 4.2.1).
enum class SayingClass : std::uint8_t { positive, intermediate, transient, permanent };

[[nodiscard]] SayingClass class_of(Saying saying);

} // namespace mailflow
