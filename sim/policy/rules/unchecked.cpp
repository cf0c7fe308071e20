// Servers that do not look for the mailbox before they take a message: an unknown name then becomes a bounce
// (RFC 5321 section 3.6.3).
#include "policy/rules/rules.hpp"

namespace mailflow {

namespace {

/// Exim's ACL accepts what trusted and authenticated clients send before it comes to verifying recipients.
Finding check_client(Question const& question) {
    bool const unchecked = rule_trusted_network.check(question).match == Match::yes ||
                           rule_authenticated.check(question).match == Match::yes;
    return {RuleId::unchecked_client, unchecked ? Match::yes : Match::no};
}

std::string because_client(Question const& question, Finding const& finding) {
    if (finding.match == Match::no)
        return "the client is neither logged in nor trusted";
    Finding const trusted = rule_trusted_network.check(question);
    return trusted.match == Match::yes
               ? rule_trusted_network.because(question, trusted)
               : rule_authenticated.because(question, rule_authenticated.check(question));
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
