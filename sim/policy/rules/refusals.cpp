// The ends of the lists: what happens when nothing before them matched. Each always matches.
#include "policy/rules/rules.hpp"

namespace mailflow {

namespace {

template<RuleId id>
Finding always(Question const&) {
    return {id, Match::yes};
}

std::string relaying_denied(Question const&, Finding const&) {
    return "relaying denied";
}

std::string login_demanded(Question const& question, Finding const&) {
    return "port " + std::to_string(question.port) + " takes nothing without a login";
}

} // namespace

/// RFC 5321 section 3.6.2: a server that declines to relay should answer 550; Postfix says 554.
Rule const rule_relay_denied{RuleId::relay_denied,
                             "relay-denied",
                             "anything else",
                             "RFC 2505 section 2.1; RFC 5321 section 3.6.2",
                             Verdict::refuse,
                             Saying::relay_denied,
                             nullptr,
                             always<RuleId::relay_denied>,
                             relaying_denied};

/// RFC 5068 section 3.1: on the submission ports authentication is demanded, for local recipients too.
Rule const rule_submission_denied{RuleId::submission_denied,
                                  "submission-denied",
                                  "anything else",
                                  "RFC 6409 section 4.3; RFC 5068 section 3.1",
                                  Verdict::refuse,
                                  Saying::submission_denied,
                                  nullptr,
                                  always<RuleId::submission_denied>,
                                  login_demanded};

} // namespace mailflow
