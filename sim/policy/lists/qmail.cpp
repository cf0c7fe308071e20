// qmail: $RELAYCLIENT, which tcpserver sets for trusted networks (and the patch for AUTH for who is logged
// in), skips control/rcpthosts; without that file everybody may relay. Its domains stand there with what lies
// below them. Whether there is such a mailbox is found out only when the message is delivered.
#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

constexpr std::array relay{RuleId::trusted_network, RuleId::authenticated,  RuleId::pop_before_smtp,
                           RuleId::open_relay,      RuleId::handled_domain, RuleId::relayed_domain,
                           RuleId::relay_denied};
constexpr std::array recipient{RuleId::foreign_mailbox, RuleId::unchecked_mailbox};

} // namespace

RuleLists const lists_of_qmail{.sender = {},
                               .relay = relay,
                               .submission = usual_submission_list,
                               .spam = usual_spam_list,
                               .recipient = recipient,
                               .relays_below = true,
                               .relays_routed = true};

} // namespace mailflow
