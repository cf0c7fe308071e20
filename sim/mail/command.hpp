// What an SMTP client says (RFC 5321 section 4.1, RFC 4954, RFC 3207), as a value: a verb and the number of
// what it is about. The wording of the line is in mail/dialogue.hpp.
#pragma once

#include "mail/address.hpp"

#include <cstdint>
#include <string_view>

namespace mailflow {

/// A TCP port. Named where mail has named it: RFC 5321 section 4.5.4.2, RFC 6409 section 3.1, RFC 8314
/// section 3.3.
using Port = std::uint16_t;
inline constexpr Port port_smtp = 25;
inline constexpr Port port_submission = 587;
inline constexpr Port port_submissions = 465;

/// Whether the port is for people's mail programs (RFC 6409), where nothing is taken without authentication.
[[nodiscard]] constexpr bool is_submission(Port port) {
    return port == port_submission || port == port_submissions;
}

enum class Verb : std::uint8_t {
    ehlo,
    starttls,
    tls_handshake, // not a command: one round trip of the TLS negotiation, RFC 8446 section 2
    auth,          // AUTH PLAIN with an initial response
    mail,
    rcpt,
    data,
    content, // the message itself, to the lone dot
    quit,
};

/// One thing that a client says. `address` is the reverse path of MAIL (none: the null path), or the path of
/// RCPT.
struct Command {
    Verb verb = Verb::quit;
    AddressId address{};
    std::uint64_t size_bytes = 0;     // of MAIL: the SIZE parameter (RFC 1870)
    std::uint32_t received_lines = 0; // of the content: how many servers have stamped it already

    bool operator==(Command const&) const = default;
};

} // namespace mailflow
