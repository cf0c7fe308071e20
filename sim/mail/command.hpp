// What an SMTP client says (RFC 5321 section 4.1, RFC 4954, RFC 3207), as a value: a verb and the number of
// what it is about. The wording of the line is in mail/dialogue.hpp.
#pragma once

#include "mail/address.hpp"

#include <cstdint>

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
    helo,
    starttls,
    tls_handshake, // not a command: one round trip of the TLS negotiation, RFC 8446 section 2
    auth,          // AUTH PLAIN with an initial response
    mail,
    rcpt,
    data,
    content, // the message itself, to the lone dot
    quit,
    other, // what no simulated client says, only somebody at a keyboard: see Keyword
};

/// What only somebody at a keyboard says.
enum class Keyword : std::uint8_t {
    none,
    auth_exchange, // AUTH whose credentials come in the lines that follow
    rset,
    noop,
    vrfy,
    expn,
    help,
    etrn,
    bdat,
    forbidden, // what web browsers and headers look like: GET, POST, "Subject:"
    empty,     // an empty line
    unknown,
    overlong, // longer than the server reads
    not_utf8,
};

/// What is wrong with a command as it was typed. Whether and when a server minds is its own habit.
enum class Flaw : std::uint8_t {
    none,
    // of the line
    missing_argument,
    excess_argument,
    bad_argument,    // no host name after HELO
    null_chunk,      // BDAT of nothing that is not the last
    after_bad_chunk, // BDAT of what goes on with a message of which a part was refused
    wrong_keyword,   // MAIL without FROM:, RCPT without TO:
    // of the path
    unclosed_path, // "<" without ">"
    empty_path,    // "<>" as a recipient
    no_domain,
    bad_domain,
    no_local_part,
    bad_local_part,
    empty_label, // two dots in the domain, or one at its front
    eight_bit,   // octets that are not ASCII
    second_at,
    domain_literal,
    overlong_word, // one of the words that a path is made of
    overlong_path,
    // of the parameters
    unknown_parameter,
    bad_size,
    huge_size, // more than the server can count
    negative_size,
    missing_value,      // "SIZE" without "="
    bad_value,          // RET=FOO
    repeated_parameter, // RET=HDRS RET=FULL
    // of AUTH
    unknown_mechanism,
    odd_mechanism, // the same, and its name has other signs than letters, digits, hyphens and underscores
    cancelled,
    cut_base64, // in the initial response, or in what was said to a challenge: its length is no multiple of 4
    bad_base64, // in the initial response
    bad_response, // no base64 in what was said to a challenge
    bad_message,  // base64, but not what the mechanism asks for
    no_user,      // of the message: its name is empty
    // of the content
    bad_header_address, // what says From, To or the like is no list of addresses
    overlong_header,
    nul_octet,
};

/// One thing that a client says. `address` is the reverse path of MAIL (none: the null path), or the path of
/// RCPT and VRFY.
struct Command {
    Verb verb = Verb::quit;
    AddressId address{};
    std::uint64_t size_bytes = 0;     // of MAIL: the SIZE parameter (RFC 1870); of the content: its size
    std::uint32_t received_lines = 0; // of the content: how many servers have stamped it already
    std::uint32_t longest_line = 0;   // of the content, in octets without the line's end
    bool headless = false;            // of the content: it does not begin with a header and an empty line
    bool to_bare_postmaster = false; // "postmaster" without a domain (RFC 5321 section 4.5.1), and the server
                                     // takes that from anybody whatever else it would ask
    bool follows_refusal = false; // is out of order since the one before it was refused, and was on its way
                                  // then (RFC 2920)
    Keyword keyword = Keyword::none; // of `other`
    Flaw flaw = Flaw::none;

    bool operator==(Command const&) const = default;
};

} // namespace mailflow
