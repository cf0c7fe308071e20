// What each software lets a host call itself in HELO and EHLO (RFC 5321 section 4.1.1.1). Those that are not
// named here take whatever is said.
#include "base/text.hpp"
#include "mail/ip.hpp"
#include "smtp/line.hpp"
#include "smtp/path.hpp"

#include <algorithm>

namespace mailflow {

namespace {

bool is_letter_or_digit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Whether all of it are letters, digits, or of those.
bool consists_of(std::string_view name, std::string_view others) {
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return is_letter_or_digit(c) || others.find(c) != std::string_view::npos;
    });
}

std::string_view without_trailing_blanks(std::string_view text) {
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

} // namespace

bool is_greeting_name(std::string_view name) {
    bool const bracketed = is_domain_literal(name);
    return consists_of(bracketed ? name.substr(1, name.size() - 2) : name, "-._:");
}

/// check_helo(): an address in brackets must be one; else there are hosts' characters only (helo_allow_chars
/// is empty).
bool is_greeting_name_for_exim(std::string_view name) {
    if (!name.starts_with('['))
        return consists_of(name, "-.");
    if (!is_domain_literal(name))
        return false;
    std::string_view const inside = name.substr(1, name.size() - 2);
    return parse_ip(lower_case(inside).starts_with("ipv6:") ? inside.substr(5) : inside).has_value();
}

/// Without AllowBogusHELO.
bool is_greeting_name_for_sendmail(std::string_view name) {
    constexpr std::size_t longest = 256; // MAXNAME
    return name.size() <= longest && consists_of(without_trailing_blanks(name), "[].-_#:");
}

bool is_greeting_name_for_opensmtpd(std::string_view name) {
    return is_domain_for_opensmtpd(name);
}

} // namespace mailflow
