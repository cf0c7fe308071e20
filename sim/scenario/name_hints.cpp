#include "scenario/name_hints.hpp"

#include "base/text.hpp"
#include "mail/address.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

bool has_blank(std::string_view text) {
    return text.find_first_of(" \t") != std::string_view::npos;
}

bool has_long_label(std::string_view domain) {
    while (!domain.empty()) {
        std::size_t const end = std::min(domain.find('.'), domain.size());
        if (end > longest_label)
            return true;
        domain.remove_prefix(std::min(end + 1, domain.size()));
    }
    return false;
}

/// What is wrong with it, as far as it can be told; empty: it cannot.
std::string trouble_with_domain(std::string_view text) {
    if (!is_ascii(text))
        return "letters beyond ASCII are written as the DNS has them, as xn--... (RFC 5890)";
    if (has_blank(text))
        return "leave out the blank";
    if (text.ends_with('.') && is_domain_name(text.substr(0, text.size() - 1)))
        return fmt::format("leave out the dot at the end: \"{}\"", text.substr(0, text.size() - 1));
    if (has_long_label(text))
        return fmt::format("a label, between two dots, has at most {} characters", longest_label);
    return {};
}

/// What stands in the "<>" of a mailbox with a name before it (RFC 5322 section 3.4); empty without them.
std::string_view in_angle_brackets(std::string_view text) {
    std::size_t const opening = text.find('<');
    bool const is_closed = opening != std::string_view::npos && text.ends_with('>');
    return is_closed ? text.substr(opening + 1, text.size() - opening - 2) : std::string_view{};
}

std::string trouble_with_address(std::string_view text) {
    if (!is_ascii(text))
        return "the addresses of a scenario have no letters beyond ASCII";
    std::string_view const inner = in_angle_brackets(text);
    if (parse_mailbox(inner))
        return fmt::format("write the address alone: \"{}\"", inner);
    if (std::count(text.begin(), text.end(), '@') > 1)
        return "one @ stands in a mail address";
    if (has_blank(text))
        return "leave out the blank";
    std::size_t const at = std::min(text.find('@'), text.size());
    if (at > longest_local_part)
        return fmt::format("at most {} characters stand before the @", longest_local_part);
    std::string_view const local_part = text.substr(0, at);
    if (local_part.starts_with('.') || local_part.ends_with('.') ||
        local_part.find("..") != std::string_view::npos)
        return "no dot begins or ends what stands before the @, and no two follow each other";
    if (at == text.size())
        return {};
    std::string_view const domain = text.substr(at + 1);
    if (domain.starts_with('['))
        return "behind the @ stands the name of a domain, not an address";
    return is_domain_name(domain) ? std::string{} : trouble_with_domain(domain);
}

} // namespace

std::string hint_for_domain(std::string_view text) {
    if (text.find('@') != std::string_view::npos)
        return "leave out the @ and what stands before it";
    std::string trouble = trouble_with_domain(text);
    return trouble.empty() ? "it reads like shop.example" : trouble;
}

std::string hint_for_address(std::string_view text, std::string_view example) {
    std::string trouble = trouble_with_address(text);
    return trouble.empty() ? fmt::format("it reads like {}", example) : trouble;
}

} // namespace mailflow
