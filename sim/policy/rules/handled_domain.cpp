// The server is the final destination of the recipient's domain: RFC 2505 section 2.1, point 1; RFC 5321
// section 3.3.
#include "policy/rules/rules.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

Finding check(Question const& question) {
    auto const place = handled_at(question.server, question.book[question.recipient].domain);
    return {RuleId::handled_domain, place ? Match::yes : Match::no, place.value_or(0)};
}

std::string because(Question const& question, Finding const& finding) {
    if (finding.match == Match::yes)
        return fmt::format("{} is handled here", recipient_domain(question));
    if (question.server.handles.empty())
        return "this server handles no domain";
    return fmt::format("{} is not {}", recipient_domain(question),
                       names_of(question, question.server.handles));
}

} // namespace

Rule const rule_handled_domain{RuleId::handled_domain,
                               "handled-domain",
                               "the recipient's domain is handled here",
                               "RFC 2505 section 2.1; RFC 5321 section 3.3",
                               Verdict::accept,
                               Saying::recipient_ok,
                               nullptr,
                               check,
                               because};

} // namespace mailflow
