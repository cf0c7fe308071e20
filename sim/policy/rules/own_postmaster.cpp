// Whoever is refused can still ask the postmaster for help: RFC 5321 section 4.5.1. Debian's acl_check_rcpt
// of Exim asks this before anything that could speak against a client.
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

std::string const& name_of(Question const& question) {
    return question.book.name(question.book[question.recipient].local_part);
}

bool is_domain_of_ours(Question const& question) {
    DomainId const domain = question.book[question.recipient].domain;
    return handled_at(question.server, domain) || relayed_at(question.server, question.book, domain);
}

Finding check(Question const& question) {
    bool const matches = name_of(question) == "postmaster" && is_domain_of_ours(question);
    return {RuleId::own_postmaster, matches ? Match::yes : Match::no};
}

std::string because(Question const& question, Finding const& finding) {
    if (finding.match == Match::yes)
        return fmt::format("postmaster of {}, to whom everybody may write", recipient_domain(question));
    if (name_of(question) != "postmaster")
        return fmt::format("{} is not postmaster", name_of(question));
    return fmt::format("{} is no domain of this server", recipient_domain(question));
}

} // namespace

Rule const rule_own_postmaster{RuleId::own_postmaster,
                               "own-postmaster",
                               "it is for this server's postmaster",
                               "RFC 5321 section 4.5.1",
                               Verdict::accept,
                               Saying::recipient_ok,
                               nullptr,
                               check,
                               because};

} // namespace mailflow
