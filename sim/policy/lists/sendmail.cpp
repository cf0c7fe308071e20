// Sendmail: check_mail, and check_rcpt with its Rcpt_ok and Relay_ok, of cf/m4/proto.m4. ParseRecipient
// follows what a local part asks for, through relay domains, too. Whether the mailbox exists is asked for
// everybody.
#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

constexpr std::array sender{RuleId::sender_domain_unsure, RuleId::sender_domain_unknown,
                            RuleId::sender_domain_exists};
constexpr std::array relay{RuleId::authenticated,       RuleId::handled_domain,
                           RuleId::relayed_domain,      RuleId::trusted_network,
                           RuleId::pop_before_smtp,     RuleId::open_relay,
                           RuleId::client_name_unsure,  RuleId::client_name_forged,
                           RuleId::client_name_missing, RuleId::relay_denied};
constexpr std::array recipient{RuleId::foreign_mailbox, RuleId::known_mailbox, RuleId::unknown_user};
constexpr std::array unwraps{Routing::inner, Routing::bang, Routing::percent, Routing::tag};

} // namespace

RuleLists const lists_of_sendmail{.sender = sender,
                                  .relay = relay,
                                  .submission = usual_submission_list,
                                  .spam = usual_spam_list,
                                  .recipient = recipient,
                                  .unwraps = unwraps,
                                  .relays_below = true,
                                  .follows_relayed = true};

} // namespace mailflow
