#include "smtp/path.hpp"

#include "base/text.hpp"

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
    std::string_view const behind = parts.given.substr(parts.path.size());
    parts.glued = behind.substr(0, behind.find(' '));
    parts.parameters = without_leading_spaces(behind);
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

std::string route_for_book(std::string_view local_part, PathSetting const& setting, bool minds_empty) {
    std::size_t const bang = local_part.find('!');
    std::size_t const mark = bang != std::string_view::npos ? bang : local_part.rfind('%');
    if (mark == std::string_view::npos)
        return std::string{local_part};
    std::string_view const front = local_part.substr(0, mark);
    std::string_view const back = local_part.substr(mark + 1);
    bool const swaps = mark == bang;
    std::string const there = domain_for_book(swaps ? front : back, setting);
    if (there.empty() && minds_empty)
        return {};
    std::string user{swaps ? back : front};
    if (user.empty() && minds_empty)
        user = "postmaster";
    return swaps ? there + '!' + user : user + '%' + there;
}

std::string without_comments(std::string_view text) {
    std::string kept;
    bool quoted = false;
    int depth = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        bool const escapes = c == '\\' && i + 1 < text.size();
        if (c == '"' && depth == 0)
            quoted = !quoted;
        if (!quoted && (c == '(' || (c == ')' && depth > 0))) {
            depth += c == '(' ? 1 : -1;
            continue;
        }
        bool const is_blank = !quoted && (c == ' ' || c == '\t');
        if (depth == 0 && !is_blank)
            kept += c;
        if (escapes && depth == 0)
            kept += text[i + 1];
        i += escapes ? 1 : 0;
    }
    return kept;
}

} // namespace mailflow
