#include "smtp/path.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace mailflow {

namespace {

std::string_view without_leading_spaces(std::string_view text) {
    std::size_t const start = text.find_first_not_of(" \t");
    return start == std::string_view::npos ? std::string_view{} : text.substr(start);
}

/// The place of the bracket that closes the one at the front, outside quotes; npos when there is none.
std::size_t closing_bracket(std::string_view text) {
    bool quoted = false;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (text[i] == '>' && !quoted)
            return i;
    }
    // A quote that is never closed hides nothing.
    return quoted ? text.find('>') : std::string_view::npos;
}

} // namespace

PathArgument take_apart(std::string_view argument, std::string_view keyword) {
    PathArgument parts;
    parts.given = argument;
    if (lower_case(argument.substr(0, keyword.size())) != lower_case(keyword)) {
        parts.flaw = Flaw::wrong_keyword;
        return parts;
    }
    parts.given = without_leading_spaces(argument.substr(keyword.size()));
    if (parts.given.empty()) {
        parts.flaw = Flaw::missing_argument;
        return parts;
    }
    bool const bracketed = parts.given.front() == '<';
    std::size_t const end = bracketed ? closing_bracket(parts.given) : parts.given.find(' ');
    if (bracketed && end == std::string_view::npos) {
        parts.flaw = Flaw::unclosed_path;
        parts.path = parts.given;
        parts.inside = parts.given.substr(1);
        return parts;
    }
    parts.path = bracketed ? parts.given.substr(0, end + 1) : parts.given.substr(0, end);
    parts.inside = bracketed ? parts.path.substr(1, end - 1) : parts.path;
    parts.parameters = without_leading_spaces(parts.given.substr(parts.path.size()));
    return parts;
}

std::string_view without_source_route(std::string_view inside) {
    if (inside.empty() || inside.front() != '@')
        return inside;
    std::size_t const colon = inside.find(':');
    return colon == std::string_view::npos ? inside : inside.substr(colon + 1);
}

std::size_t last_at(std::string_view text) {
    std::size_t found = std::string_view::npos;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (text[i] == '@' && !quoted)
            found = i;
    }
    return found;
}

bool is_domain_literal(std::string_view domain) {
    return domain.size() > 2 && domain.front() == '[' && domain.back() == ']';
}

std::string domain_for_book(std::string_view domain, PathSetting const& setting) {
    if (lower_case(domain) == "localhost")
        return std::string{setting.host_name};
    if (is_domain_literal(domain)) {
        std::string_view const inside = domain.substr(1, domain.size() - 2);
        auto const address = parse_ip(lower_case(inside).starts_with("ipv6:") ? inside.substr(5) : inside);
        if (address && *address == setting.host_address)
            return std::string{setting.host_name};
    }
    return std::string{domain};
}

namespace {

/// An entry of the list is a keyword, a keyword that must have a value ("SIZE="), or both ("BODY=7BIT").
bool is_known(std::string_view entry, std::string_view keyword, std::string_view parameter) {
    return entry.ends_with('=') ? parameter.starts_with(entry) : entry == keyword || entry == parameter;
}

} // namespace

Parameters read_parameters(std::string_view parameters, std::span<std::string_view const> known) {
    Parameters read;
    while (read.flaw == Flaw::none && !parameters.empty()) {
        std::string_view const parameter = parameters.substr(0, parameters.find(' '));
        parameters = without_leading_spaces(parameters.substr(parameter.size()));
        std::size_t const equals = std::min(parameter.find('='), parameter.size());
        std::string upper{parameter};
        std::transform(upper.begin(), upper.end(), upper.begin(),
                       [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
        std::string_view const keyword = std::string_view{upper}.substr(0, equals);
        if (std::none_of(known.begin(), known.end(),
                         [&](std::string_view entry) { return is_known(entry, keyword, upper); })) {
            read.flaw = Flaw::unknown_parameter;
            read.offending = parameter;
        } else if (keyword == "SIZE") {
            std::string_view const value = parameter.substr(std::min(equals + 1, parameter.size()));
            auto const [end, trouble] =
                std::from_chars(value.data(), value.data() + value.size(), read.size_bytes);
            if (trouble != std::errc{} || end != value.data() + value.size()) {
                read.flaw = Flaw::bad_size;
                read.offending = parameter;
            }
        }
    }
    return read;
}

} // namespace mailflow
