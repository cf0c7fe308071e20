// Names that could ask a server to pass the mail on to somewhere else: RFC 2505 section 2.1, RFC 1123 section
// 5.2.16. Where a server follows them, they are followed before the rules are asked (policy/routing.hpp).

#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

std::string local_part(AddressBook const& book, AddressId address) {
    return unquoted(book.name(book[address].local_part));
}

Finding check_restricted(Question const& question) {
    bool const restricted = !restricted_sign(question.server, question.book, question.recipient).empty();
    return {RuleId::restricted_address, restricted ? Match::yes : Match::no};
}

std::string because_restricted(Question const& question, Finding const& finding) {
    std::string const name = local_part(question.book, question.recipient);
    return finding.match == Match::yes
               ? fmt::format("{} has {}", name,
                             restricted_sign(question.server, question.book, question.recipient))
               : fmt::format("{} is a plain name", name);
}

} // namespace

/// Exim's CHECK_RCPT_LOCAL_LOCALPARTS and CHECK_RCPT_REMOTE_LOCALPARTS of Debian. Other domains may have "/"
/// and "|" in their names, but not at the front.
std::string restricted_sign(ServerPolicy const& server, AddressBook const& book, AddressId recipient) {
    std::string const name = local_part(book, recipient);
    bool const is_ours = handled_at(server, book[recipient].domain).has_value();
    std::string_view const anywhere = is_ours ? "@%!/|`#&?" : "@%!`#&?";
    if (name.starts_with('.'))
        return "a leading dot";
    if (!is_ours && (name.starts_with('/') || name.starts_with('|')))
        return fmt::format("\"{}\" at the front", name.front());
    if (auto const at = name.find_first_of(anywhere); at != std::string::npos)
        return fmt::format("\"{}\"", name[at]);
    return !is_ours && name.find("/../") != std::string::npos ? "\"/../\"" : "";
}

Rule const rule_restricted_address{RuleId::restricted_address,
                                   "restricted-address",
                                   "the name has characters that could ask for relaying",
                                   "RFC 2505 section 2.1",
                                   Verdict::refuse,
                                   Saying::restricted_address,
                                   nullptr,
                                   check_restricted,
                                   because_restricted};

} // namespace mailflow
