// How qmail reads a path (addrparse in qmail-smtpd.c): anything goes. Source routes are dropped, quotes and
// backslashes taken off, its own address in brackets is its own name, and a name without a domain is for
// qmail-send to complete.
#include "smtp/path.hpp"

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::size_t longest_path = 899;

/// From the bracket; without one, from what follows the colon.
std::string_view start_of_path(PathArgument const& argument) {
    std::string_view const given = argument.given;
    if (std::size_t const bracket = given.find('<'); bracket != std::string_view::npos)
        return given.substr(bracket + 1);
    if (argument.flaw != Flaw::wrong_keyword)
        return given;
    std::string_view const after = given.substr(std::min(given.find(':'), given.size()));
    return after.substr(std::min(after.find_first_not_of(": "), after.size()));
}

/// To the terminator, without what quotes.
std::string bare_path(std::string_view text, char terminator) {
    std::string path;
    bool escaped = false;
    bool quoted = false;
    for (char const c : text) {
        if (!escaped && !quoted && c == terminator)
            break;
        if (escaped || (c != '\\' && c != '"'))
            path += c;
        quoted = quoted != (!escaped && c == '"');
        escaped = !escaped && c == '\\';
    }
    return path;
}

} // namespace

PathReading read_as_qmail(PathArgument const& argument, PathSetting const& setting) {
    char const terminator = argument.given.find('<') == std::string_view::npos ? ' ' : '>';
    std::string const path = bare_path(without_source_route(start_of_path(argument)), terminator);
    if (path.size() > longest_path)
        return {.flaw = Flaw::overlong_path};
    if (path.empty() && setting.is_sender)
        return {};
    std::size_t const at = path.rfind('@');
    Mailbox const mailbox = at == std::string::npos ? Mailbox{path, std::string{setting.host_name}}
                                                    : Mailbox{path.substr(0, at), path.substr(at + 1)};
    std::string domain = mailbox.domain;
    if (is_domain_literal(domain))
        domain = domain_for_book(domain, setting);
    return {.mailbox = Mailbox{quoted_where_needed(mailbox.local_part), domain}, .shown = path};
}

} // namespace mailflow
