// How Sendmail reads a path: invalidaddr() and prescan() of parseaddr.c, then the rule sets canonify and
// Parse0 of proto.m4, as far as they find errors. Source routes are dropped, quotes taken off, a name without
// a domain is the host's own; a sender, though, must have a domain.
#include "base/text.hpp"
#include "smtp/path.hpp"

#include <algorithm>

namespace mailflow {

namespace {

/// MAXNAME, less the end of the string; brackets count. A word (an atom of RFC 822) is at most as long.
constexpr std::size_t longest_path = 255;

/// The length of the longest run of characters that have no meaning of their own.
std::size_t longest_word(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        std::size_t const end = std::min(text.find_first_of("<>()@,;:\\\".%![]"), text.size());
        longest = std::max(longest, end);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return longest;
}

/// Backslashes outside quotes are taken off.
std::string without_escapes(std::string_view text) {
    std::string kept;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        quoted = quoted != (text[i] == '"');
        if (!quoted && text[i] == '\\' && i + 1 < text.size())
            ++i;
        kept += text[i];
    }
    return kept;
}

/// putoutmsg() takes the eighth bit off.
std::string in_seven_bits(std::string_view text) {
    std::string shown{text};
    std::transform(shown.begin(), shown.end(), shown.begin(),
                   [](char c) { return static_cast<char>(static_cast<unsigned char>(c) & 0x7fU); });
    return shown;
}

/// Where the argument is no path at all, the word at which the reader stopped (skipword()).
std::string scanned_word(PathArgument const& argument, bool is_sender) {
    if (argument.flaw == Flaw::missing_argument && argument.given.empty())
        return is_sender ? "FROM" : "TO";
    return std::string{argument.given.substr(0, argument.given.find_first_of(" \t:"))};
}

bool is_c1_control(char c) {
    return (static_cast<unsigned char>(c) & 0xe0U) == 0x80U;
}

/// Whether octets stand in it that Sendmail keeps for itself; with them replaced.
bool replace_forbidden(std::string& path) {
    bool const has_some = std::any_of(path.begin(), path.end(), is_c1_control);
    std::replace_if(path.begin(), path.end(), is_c1_control, '?');
    return has_some;
}

/// The character that has no partner; 0 when all have theirs.
char unbalanced(std::string_view text) {
    bool quoted = false;
    int comments = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        char const c = text[i];
        if (c == '\\')
            ++i;
        else if (c == '"' && comments == 0)
            quoted = !quoted;
        else if (quoted)
            continue;
        else if (c == '(')
            ++comments;
        else if (c == ')' && --comments < 0)
            return ')';
        else if (c == '<' || c == '>')
            return c;
    }
    if (quoted)
        return '"';
    return comments > 0 ? '(' : '\0';
}

/// The place of the first of these characters outside quotes; npos when there is none.
std::size_t first_of(std::string_view text, std::string_view wanted) {
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\')
            ++i;
        else if (text[i] == '"')
            quoted = !quoted;
        else if (!quoted && wanted.find(text[i]) != std::string_view::npos)
            return i;
    }
    return std::string_view::npos;
}

/// What Parse0 finds wrong with the part behind the "@"; `argument` gets the words.
Flaw flaw_of_domain(std::string_view domain, std::string& argument) {
    if (domain.empty()) {
        argument = "Hostname required";
        return Flaw::bad_domain;
    }
    if (domain.front() == '[')
        return domain.ends_with(']') || domain.find(']') == std::string_view::npos ? Flaw::none
                                                                                   : Flaw::domain_literal;
    if (domain.find(':') != std::string_view::npos) {
        argument = "Colon illegal in host name part";
        return Flaw::bad_domain;
    }
    if (domain.front() == '.' ||
        domain.substr(0, domain.find_last_not_of('.') + 1).find("..") != std::string_view::npos)
        return Flaw::empty_label;
    return Flaw::none;
}

/// What a mailbox of the host itself may not be called: the local mailer would take it for something else.
std::string_view forbidden_target(std::string_view local_part) {
    if (local_part.starts_with(":include:"))
        return "Cannot mail directly to :include:s";
    if (local_part.starts_with('/'))
        return "Cannot mail directly to files";
    if (local_part.starts_with('|'))
        return "Cannot mail directly to programs";
    return {};
}

/// A sender that the host would take for one of its own, though it comes from elsewhere.
bool is_nowhere(std::string_view domain) {
    std::string const name = lower_case(domain);
    return name == "localhost" || name == "[127.0.0.1]" || name == "[ipv6:::1]" ||
           name == "[ipv6:0:0:0:0:0:0:0:1]";
}

PathReading refused(PathReading reading, Flaw flaw, std::string argument = {}) {
    reading.flaw = flaw;
    reading.argument = std::move(argument);
    return reading;
}

PathReading read_unqualified(PathReading reading, std::string_view name, PathSetting const& setting) {
    if (setting.is_sender && first_of(name, "!%") == std::string_view::npos)
        return refused(std::move(reading), Flaw::no_domain,
                       "Domain name required for sender address " + std::string{name});
    std::string const local_part = unquoted(name);
    if (std::string_view const target = forbidden_target(local_part); !target.empty())
        return refused(std::move(reading), Flaw::bad_local_part, std::string{target});
    reading.mailbox = Mailbox{quoted_where_needed(local_part), std::string{setting.host_name}};
    return reading;
}

PathReading read_qualified(PathReading reading, Mailbox mailbox, PathSetting const& setting) {
    std::string argument;
    if (Flaw const flaw = flaw_of_domain(mailbox.domain, argument); flaw != Flaw::none)
        return refused(std::move(reading), flaw, std::move(argument));
    if (mailbox.local_part.empty())
        return refused(std::move(reading), Flaw::no_local_part);
    if (first_of(mailbox.local_part, "@,") != std::string_view::npos)
        return refused(std::move(reading), Flaw::second_at);
    if (setting.is_sender && is_nowhere(mailbox.domain))
        return refused(std::move(reading), Flaw::no_domain, "Real domain name required for sender address");
    mailbox.domain.resize(mailbox.domain.find_last_not_of('.') + 1);
    std::string const local_part = unquoted(mailbox.local_part);
    if (std::string_view const target = forbidden_target(local_part);
        !target.empty() && local_part.starts_with('|') && !setting.is_sender)
        return refused(std::move(reading), Flaw::bad_local_part, std::string{target});
    reading.mailbox = Mailbox{quoted_where_needed(local_part), domain_for_book(mailbox.domain, setting)};
    return reading;
}

/// In a source route canonify takes commas for colons.
std::string_view without_route(std::string_view inside) {
    std::string_view const bare = without_source_route(inside);
    if (bare.size() < inside.size() || !inside.starts_with('@'))
        return bare;
    std::size_t const comma = inside.rfind(',');
    return comma == std::string_view::npos ? inside : inside.substr(comma + 1);
}

/// It minds no blank before the colon of "FROM:" and "TO:"; with it taken out.
std::string without_blank_before_colon(std::string_view argument) {
    std::size_t const end = std::min(argument.find_first_of(" \t:"), argument.size());
    std::size_t const colon = argument.find_first_not_of(" \t", end);
    if (colon == std::string_view::npos || argument[colon] != ':')
        return std::string{argument};
    return std::string{argument.substr(0, end)} + std::string{argument.substr(colon)};
}

} // namespace

PathReading read_as_sendmail(PathArgument const& argument, PathSetting const& setting) {
    if (argument.flaw == Flaw::wrong_keyword) {
        std::string const mended = without_blank_before_colon(argument.given);
        PathArgument const again = take_apart(mended, setting.is_sender ? "FROM:" : "TO:");
        if (again.flaw != Flaw::wrong_keyword)
            return read_as_sendmail(again, setting);
    }
    bool const is_path = argument.flaw == Flaw::none || argument.flaw == Flaw::unclosed_path;
    if (!is_path)
        return {.flaw = argument.flaw, .argument = scanned_word(argument, setting.is_sender)};
    // What sticks to the brackets is part of the path, and of no account.
    std::size_t const length = argument.path.size() + argument.glued.size();
    std::string path{argument.given.substr(0, argument.flaw == Flaw::none ? length : std::string_view::npos)};
    bool const has_forbidden = replace_forbidden(path);
    PathReading reading;
    reading.shown = in_seven_bits(path);
    reading.parameters =
        std::string{argument.parameters.substr(std::min(argument.glued.size(), argument.parameters.size()))};
    if (longest_word(path) > longest_path)
        return refused(std::move(reading), Flaw::overlong_word);
    if (path.size() > longest_path) {
        reading.shown.resize(longest_path);
        std::string beginning = reading.shown;
        return refused(std::move(reading), Flaw::overlong_path, std::move(beginning));
    }
    if (argument.flaw == Flaw::unclosed_path)
        return refused(std::move(reading), Flaw::unclosed_path, "Unbalanced '<'");
    std::string inside{argument.inside};
    while (inside.starts_with('<'))
        inside.erase(0, 1);
    if (char const alone = unbalanced(inside); alone != '\0')
        return refused(std::move(reading), Flaw::unclosed_path, std::string{"Unbalanced '"} + alone + "'");
    if (has_forbidden)
        return refused(std::move(reading), Flaw::eight_bit, in_seven_bits(path));
    inside = without_comments(inside);
    std::string_view const bare = without_route(inside);
    if (bare.empty()) {
        Flaw const flaw = inside.empty() ? Flaw::empty_path : Flaw::no_local_part;
        return refused(std::move(reading), setting.is_sender ? Flaw::none : flaw);
    }
    std::size_t const at = last_at(bare);
    if (at == std::string_view::npos)
        return read_unqualified(std::move(reading), without_escapes(bare), setting);
    return read_qualified(std::move(reading),
                          {without_escapes(bare.substr(0, at)), std::string{bare.substr(at + 1)}}, setting);
}

} // namespace mailflow
