// The client has proved who it is: RFC 4954, asked for by RFC 6409 section 4.3.
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

Finding check(Question const& question) {
    if (question.account)
        return {RuleId::authenticated, Match::yes, *question.account};
    return {RuleId::authenticated, Match::no};
}

std::string because(Question const& question, Finding const& finding) {
    if (finding.match == Match::yes)
        return fmt::format("logged in as {}", question.user);
    return "no successful AUTH in this session";
}

} // namespace

Rule const rule_authenticated{RuleId::authenticated,
                              "authenticated",
                              "the sender is logged in",
                              "RFC 4954 section 6; RFC 2505 section 2.1",
                              Verdict::accept,
                              Saying::recipient_ok,
                              nullptr,
                              check,
                              because};

} // namespace mailflow
