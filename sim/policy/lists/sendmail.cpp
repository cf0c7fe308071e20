// Sendmail: check_mail and check_rcpt of its rule sets.
#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

constexpr std::array relay{RuleId::trusted_network, RuleId::authenticated,  RuleId::pop_before_smtp,
                           RuleId::handled_domain,  RuleId::relayed_domain, RuleId::open_relay,
                           RuleId::relay_denied};
constexpr std::array recipient{RuleId::foreign_mailbox, RuleId::known_mailbox, RuleId::unknown_user};

} // namespace

RuleLists const lists_of_sendmail{.sender = {},
                                  .relay = relay,
                                  .submission = usual_submission_list,
                                  .spam = usual_spam_list,
                                  .recipient = recipient};

} // namespace mailflow
