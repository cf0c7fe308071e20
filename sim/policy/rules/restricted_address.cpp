// Names that could ask a server to pass the mail on to somewhere else: RFC 2505 section 2.1, RFC 1123 section
// 5.2.16. Where a server follows them, they are followed before the rules are asked (policy/routing.hpp).

#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

std::string local_part(Question const& question) {
    return unquoted(question.book.name(question.book[question.recipient].local_part));
}

/// Exim's CHECK_RCPT_LOCAL_LOCALPARTS and CHECK_RCPT_REMOTE_LOCALPARTS of Debian. Other domains may have "/"
/// and
/// "|" in their names, but not at the front.
Finding check_restricted(Question const& question) {
    std::string const name = local_part(question);
    bool const is_ours = handled_at(question.server, question.book[question.recipient].domain).has_value();
    std::string_view const at_front = is_ours ? "." : "./|";
    std::string_view const anywhere = is_ours ? "@%!/|`#&?" : "@%!`#&?";
    bool const restricted = (!name.empty() && at_front.find(name.front()) != std::string_view::npos) ||
                            name.find_first_of(anywhere) != std::string::npos ||
                            (!is_ours && name.find("/../") != std::string::npos);
    return {RuleId::restricted_address, restricted ? Match::yes : Match::no};
}

std::string because_restricted(Question const& question, Finding const& finding) {
    return finding.match == Match::yes
               ? fmt::format("{} has a leading dot, or one of @ % ! / |", local_part(question))
               : fmt::format("{} is a plain name", local_part(question));
}

} // namespace

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
