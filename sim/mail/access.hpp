// How people reach their mailboxes and their provider's web mail: what a mail program or a browser says, and
// what it is answered, as values. POP3 (RFC 1939), IMAP4rev1 (RFC 3501) and HTTP over TLS (RFC 9110). SMTP
// has its own in mail/command.hpp and mail/saying.hpp. The wording is in report/words/access_words.cpp.
#pragma once

#include "mail/command.hpp"

#include <cstdint>

namespace mailflow {

/// What is spoken over a connection.
enum class Service : std::uint8_t { smtp, pop3, imap, web };

inline constexpr Port port_pop3 = 110;
inline constexpr Port port_pop3s = 995; // RFC 8314 section 3.2
inline constexpr Port port_imap = 143;
inline constexpr Port port_imaps = 993;
inline constexpr Port port_https = 443;

/// What a mail server speaks on that port, if it listens there at all; smtp for every other port.
[[nodiscard]] constexpr Service service_on(Port port) {
    switch (port) {
    case port_pop3:
    case port_pop3s: return Service::pop3;
    case port_imap:
    case port_imaps: return Service::imap;
    case port_https: return Service::web;
    default: return Service::smtp;
    }
}

/// Whether the connection is encrypted before anything else is said, so that the client begins.
[[nodiscard]] constexpr bool begins_with_tls(Port port) {
    return port == port_pop3s || port == port_imaps || port == port_https;
}

enum class AccessVerb : std::uint8_t {
    tls_handshake, // not a command: one round trip
    // -- POP3
    pop3_user,
    pop3_pass,
    pop3_stat,
    pop3_retr,
    pop3_dele,
    pop3_quit,
    // -- IMAP
    imap_login,
    imap_select,
    imap_fetch, // all messages from one UID on
    imap_logout,
    // -- HTTP
    web_login,
    web_send,
};

/// One thing that the client says. `number` is that of the message for RETR and DELE, and the first UID for
/// FETCH.
struct AccessCommand {
    AccessVerb verb = AccessVerb::pop3_quit;
    std::uint32_t number = 0;
};

enum class AccessAnswer : std::uint8_t {
    tls_established, // on the POP3 and IMAP ports the greeting follows at once
    // -- POP3
    pop3_greeting,
    pop3_user_ok,
    pop3_logged_in,
    pop3_login_failed,
    pop3_status, // how many messages there are
    pop3_message,
    pop3_no_such_message,
    pop3_marked, // to be deleted at QUIT
    pop3_bad_state,
    pop3_goodbye, // what was marked is gone now
    // -- IMAP
    imap_greeting,
    imap_logged_in,
    imap_login_failed,
    imap_selected, // how many messages there are, and the next UID
    imap_messages,
    imap_bad_state,
    imap_goodbye,
    // -- HTTP
    web_logged_in,    // 303: on to the page for writing
    web_login_failed, // 403
    web_sent,         // 200
    web_too_big,      // 413
};

/// Whether the answer is that the user is known now.
[[nodiscard]] constexpr bool is_login(AccessAnswer answer) {
    return answer == AccessAnswer::pop3_logged_in || answer == AccessAnswer::imap_logged_in ||
           answer == AccessAnswer::web_logged_in;
}

/// Whether the server declines what was asked.
[[nodiscard]] constexpr bool is_refusal(AccessAnswer answer) {
    switch (answer) {
    case AccessAnswer::pop3_login_failed:
    case AccessAnswer::pop3_no_such_message:
    case AccessAnswer::pop3_bad_state:
    case AccessAnswer::imap_login_failed:
    case AccessAnswer::imap_bad_state:
    case AccessAnswer::web_login_failed:
    case AccessAnswer::web_too_big: return true;
    default: return false;
    }
}

} // namespace mailflow
