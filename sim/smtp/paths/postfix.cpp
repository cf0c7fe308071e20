// How Postfix reads a path (smtpd's extract_addr, tok822, and what trivial-rewrite takes for an error):
// source routes are dropped, quotes are taken off, a name without a domain is the host's own. It does not
// insist on RFC 5321 (strict_rfc821_envelopes = no).
#include "smtp/path.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::size_t longest_host_name = 255;
constexpr std::size_t longest_label = 63;

/// valid_hostname(3): letters, digits, hyphens and underscores, and not digits and dots alone.
bool is_host_name(std::string_view text) {
    bool const has_letter = text.find_first_not_of("0123456789.") != std::string_view::npos;
    if (!has_letter || text.size() > longest_host_name)
        return false;
    while (!text.empty()) {
        std::string_view const label = text.substr(0, text.find('.'));
        bool const is_fit = std::all_of(label.begin(), label.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
                   c == '_' || static_cast<unsigned char>(c) >= 0x80;
        });
        if (label.empty() || label.size() > longest_label || !is_fit || label.front() == '-' ||
            label.back() == '-')
            return false;
        if (label.size() == text.size())
            return true;
        text.remove_prefix(label.size() + 1);
    }
    return false; // a dot at the end
}

/// What is a domain's part in "there!user" or "user%there", once there is no "@".
Mailbox promoted(std::string const& name, PathSetting const& setting) {
    if (std::size_t const bang = name.find('!'); bang != std::string::npos)
        return {name.substr(bang + 1), name.substr(0, bang)};
    if (std::size_t const percent = name.rfind('%'); percent != std::string::npos)
        return {name.substr(0, percent), name.substr(percent + 1)};
    return {name, std::string{setting.host_name}};
}

} // namespace

PathReading read_as_postfix(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw != Flaw::none)
        return {.flaw = argument.flaw};
    std::string_view const path = without_source_route(argument.inside);
    if (path.empty())
        return {.flaw = setting.is_sender ? Flaw::none : Flaw::empty_path};
    std::size_t const at = last_at(path);
    Mailbox mailbox;
    PathReading reading;
    if (at == std::string_view::npos) {
        reading.shown = unquoted(path);
        mailbox = promoted(reading.shown, setting);
    } else {
        mailbox = {unquoted(path.substr(0, at)), std::string{path.substr(at + 1)}};
        reading.shown = mailbox.local_part + "@" + mailbox.domain;
    }
    if (mailbox.domain.ends_with('.'))
        mailbox.domain.pop_back();
    if (!is_domain_literal(mailbox.domain) && !is_host_name(mailbox.domain)) {
        reading.flaw = Flaw::bad_domain;
        return reading;
    }
    if (mailbox.local_part.empty())
        mailbox.local_part = "postmaster"; // as mail to the null address (empty_address_recipient)
    reading.mailbox =
        Mailbox{quoted_where_needed(mailbox.local_part), domain_for_book(mailbox.domain, setting)};
    return reading;
}

} // namespace mailflow
