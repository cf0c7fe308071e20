// The parameters of MAIL and RCPT (RFC 5321 section 4.1.2: RFC 1870, 6152, 3461, 4954, 6531, 2852): which a
// software takes, and with which values, is a table in its habits.
#pragma once

#include "mail/command.hpp"

#include <cstdint>
#include <span>
#include <string_view>

namespace mailflow {

/// What may stand behind the "=".
enum class ParameterValue : std::uint8_t {
    anything,           // or no "=" at all
    nothing,            // there is no "="
    text,               // whatever it is
    some_text,          // the same, but something
    number,             // SIZE
    leading_number,     // the same, as far as it is one: "5k" is 5, and "k" is 0
    body,               // 7BIT or 8BITMIME
    ret,                // FULL or HDRS
    xtext,              // ENVID (RFC 3461 section 4): printable, "+" only before two hexadecimal digits
    loose_xtext,        // something printable, "+" only before two hexadecimal digits of either case
    notify,             // NEVER alone, or any of SUCCESS, FAILURE and DELAY
    loose_notify,       // the same, where nothing may stand between two commas, and a word again
    never_or_others,    // whatever it is; but NEVER goes with none of the others in the whole transaction
    short_text,         // at most 100 octets
    original_recipient, // ORCPT: a type, a semicolon and xtext
    loose_recipient,    // the same with what `loose_xtext` lets pass, or nothing
    original_address,   // ORCPT: "rfc822;", or nothing, and what OpenSMTPD takes for an address
    by,                 // BY: a semicolon is in it
};

/// One that is taken.
struct ParameterForm {
    std::string_view keyword; // in upper case
    ParameterValue value = ParameterValue::text;
    Flaw otherwise = Flaw::unknown_parameter; // what another value is
    Flaw bare = Flaw::unknown_parameter;      // what it is without "="
    bool only_once = false;
};

/// What NOTIFY has named.
struct NotifyWords {
    bool never = false;
    bool events = false;
};

struct Parameters {
    Flaw flaw = Flaw::none; // of the first that is wrong
    std::uint64_t size_bytes = 0;
    bool tells_size = false;
    NotifyWords notify{};         // with what was named before
    std::string_view offending{}; // the whole of it
    std::string_view keyword{};   // of it, in upper case, where it is known
    std::string_view value{};     // of it; of a list, the word that is wrong
};

/// Where one parameter ends and the next may begin.
enum class ParameterBounds : std::uint8_t {
    blanks,
    keyword_and_value, // behind what can be no keyword, and behind a value, which another "=" ends, too
};

/// Reads what stands after the path; `known` outlives the result. `notified`: what the recipients before in
/// the transaction came with.
[[nodiscard]] Parameters read_parameters(std::string_view text, std::span<ParameterForm const> known,
                                         ParameterBounds bounds = ParameterBounds::blanks,
                                         NotifyWords const& notified = {});

} // namespace mailflow
