// Servers that do not look for the mailbox before they take a message: an unknown name then becomes a bounce
// (RFC 5321 section 3.6.3).
#include "policy/rules/rules.hpp"

#include <array>

namespace mailflow {

namespace {

/// Those by which Exim's ACL accepts what its own people send before it comes to verifying recipients: hosts
/// that may relay, those that POP-before-SMTP adds to them, and who is logged in.
constexpr std::array own_people{&rule_trusted_network, &rule_authenticated, &rule_pop_before_smtp};

/// The one of them that knows the client; null: none does.
Rule const* rule_that_knows(Question const& question) {
    for (Rule const* const known : own_people)
        if ((known->stands == nullptr || known->stands(question.server)) &&
            known->check(question).match == Match::yes)
            return known;
    return nullptr;
}

Finding check_client(Question const& question) {
    return {RuleId::unchecked_client, rule_that_knows(question) != nullptr ? Match::yes : Match::no};
}

std::string because_client(Question const& question, Finding const&) {
    Rule const* const known = rule_that_knows(question);
    return known == nullptr ? "the client is neither logged in nor trusted"
                            : known->because(question, known->check(question));
}

Finding check_mailbox(Question const&) {
    return {RuleId::unchecked_mailbox, Match::yes};
}

std::string because_mailbox(Question const&, Finding const&) {
    return "it will find out when it delivers";
}

} // namespace

Rule const rule_unchecked_client{RuleId::unchecked_client,
                                 "unchecked-client",
                                 "the server does not check what its own people send",
                                 "RFC 5321 section 3.3",
                                 Verdict::accept,
                                 Saying::recipient_ok,
                                 nullptr,
                                 check_client,
                                 because_client};

Rule const rule_unchecked_mailbox{RuleId::unchecked_mailbox,
                                  "unchecked-mailbox",
                                  "the server takes every name of its domains",
                                  "RFC 5321 section 3.6.3",
                                  Verdict::accept,
                                  Saying::recipient_ok,
                                  nullptr,
                                  check_mailbox,
                                  because_mailbox};

} // namespace mailflow
