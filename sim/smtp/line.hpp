// A command as it is typed (RFC 5321 section 4.1.1, RFC 4954, RFC 3207, RFC 1985, RFC 3030): from the line to
// the verb and what follows it. The paths of MAIL and RCPT are read in smtp/path.hpp.
#pragma once

#include "mail/command.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace mailflow {

struct Line {
    Verb verb = Verb::other;
    Keyword keyword = Keyword::unknown; // of `other`
    std::string word;                   // the verb as it was typed, in upper case
    std::string_view argument;          // what follows it, without the spaces around
    Flaw flaw = Flaw::none;             // too few arguments, or too many
};

/// What a server makes of the blanks around and between verb and argument.
enum class Blanks : std::uint8_t {
    skipped,   // as many as one likes
    one,       // none before the verb, one space behind it
    one_means, // the same; and where it stands, an argument follows, if an empty one
};

/// Reads one line, given without its end. Every line is some command, if an unknown one.
[[nodiscard]] Line parse_line(std::string_view text, Blanks blanks = Blanks::skipped);

/// Whether a host that says HELO may call itself so.
using JudgeName = bool (*)(std::string_view name);

/// Letters, digits, hyphens, dots, underscores and colons, or such in brackets.
[[nodiscard]] bool is_greeting_name(std::string_view name);
[[nodiscard]] bool is_greeting_name_for_exim(std::string_view name);
[[nodiscard]] bool is_greeting_name_for_sendmail(std::string_view name);
[[nodiscard]] bool is_greeting_name_for_opensmtpd(std::string_view name);

/// AUTH: the mechanism, and what came with it.
struct AuthArgument {
    enum class Mechanism : std::uint8_t { plain, login, cram_md5, other };

    Mechanism mechanism = Mechanism::other;
    std::string_view name;
    std::optional<std::string_view> initial_response; // in base64, still
};

[[nodiscard]] AuthArgument read_auth(std::string_view argument);

/// Base64 as AUTH has it; empty when it is none. "=" may be an initial response of nothing (RFC 4954
/// section 4).
[[nodiscard]] std::optional<std::string> read_response(std::string_view text, bool may_be_nothing);

/// The message of PLAIN (RFC 4616 section 2).
struct PlainMessage {
    std::string acts_for; // as whom the user wants to act; empty: as itself
    std::string user;
    std::string password;
};

[[nodiscard]] std::optional<PlainMessage> read_plain(std::string_view decoded);

/// The message of CRAM-MD5 (RFC 2195 section 2): who, and the digest of the challenge.
struct DigestMessage {
    std::string user;
    std::string digest;
};

[[nodiscard]] std::optional<DigestMessage> read_digest(std::string_view decoded);

/// The size and the end of BDAT (RFC 3030 section 2).
struct ChunkArgument {
    Flaw flaw = Flaw::none;
    std::uint64_t octets = 0;
    bool last = false;
};

/// `loosely`: what stands behind the size may be anything, and is no end unless it is "LAST".
[[nodiscard]] ChunkArgument read_chunk(std::string_view argument, bool loosely = false);

} // namespace mailflow
