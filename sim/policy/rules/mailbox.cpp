// Whether the part before the @ has a mailbox: RFC 5321 sections 3.3 and 4.2.3 (550), RFC 3463 section 3.2
// (X.1.1).
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

Finding check_foreign(Question const& question) {
    bool const ours = handled_at(question.server, question.book[question.recipient].domain).has_value();
    return {RuleId::foreign_mailbox, ours ? Match::no : Match::yes};
}

std::string because_foreign(Question const& question, Finding const& finding) {
    return finding.match == Match::yes
               ? fmt::format("whoever handles {} knows its mailboxes", recipient_domain(question))
               : fmt::format("{} is handled here", recipient_domain(question));
}

Finding check_known(Question const& question) {
    bool const known =
        has_mailbox(question.server, question.book, question.book[question.recipient].local_part);
    return {RuleId::known_mailbox, known ? Match::yes : Match::no};
}

std::string const& recipient_name(Question const& question) {
    return question.book.name(question.book[question.recipient].local_part);
}

std::string because_known(Question const& question, Finding const& finding) {
    if (finding.match == Match::no &&
        is_dead_alias(question.server, question.book[question.recipient].local_part))
        return fmt::format("{} is an alias here that leads to no mailbox", recipient_name(question));
    if (finding.match == Match::no)
        return fmt::format("nobody called {} has a mailbox here", recipient_name(question));
    if (is_alias(question.server, question.book[question.recipient].local_part))
        return fmt::format("{} is an alias here", recipient_name(question));
    return question.server.any_mailbox ? "every name has a mailbox here"
                                       : fmt::format("{} has a mailbox here", recipient_name(question));
}

Finding check_unknown(Question const&) {
    return {RuleId::unknown_user, Match::yes};
}

std::string because_unknown(Question const&, Finding const&) {
    return "no such mailbox";
}

} // namespace

Rule const rule_foreign_mailbox{RuleId::foreign_mailbox,
                                "foreign-mailbox",
                                "another server handles the domain",
                                "RFC 5321 section 3.3",
                                Verdict::accept,
                                Saying::recipient_ok,
                                nullptr,
                                check_foreign,
                                because_foreign};

Rule const rule_known_mailbox{RuleId::known_mailbox,
                              "known-mailbox",
                              "the mailbox exists",
                              "RFC 5321 sections 3.3 and 4.5.1",
                              Verdict::accept,
                              Saying::recipient_ok,
                              nullptr,
                              check_known,
                              because_known};

Rule const rule_unknown_user{RuleId::unknown_user,
                             "unknown-user",
                             "anything else",
                             "RFC 5321 section 4.2.3; RFC 3463 section 3.2",
                             Verdict::refuse,
                             Saying::unknown_user,
                             nullptr,
                             check_unknown,
                             because_unknown};

} // namespace mailflow
