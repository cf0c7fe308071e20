// Microsoft Exchange: a receive connector that lets a network relay, then whoever is logged in, then the
// accepted domains: authoritative ones, and relay domains. Recipient filtering is off, as it comes: an
// unknown name is taken and bounced.
#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

constexpr std::array relay{RuleId::trusted_network, RuleId::authenticated,  RuleId::pop_before_smtp,
                           RuleId::handled_domain,  RuleId::relayed_domain, RuleId::open_relay,
                           RuleId::relay_denied};
constexpr std::array recipient{RuleId::foreign_mailbox, RuleId::unchecked_mailbox};

} // namespace

RuleLists const lists_of_exchange{.sender = {},
                                  .relay = relay,
                                  .submission = usual_submission_list,
                                  .spam = usual_spam_list,
                                  .recipient = recipient,
                                  .relays_routed = true};

} // namespace mailflow
