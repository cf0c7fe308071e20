// Postfix: smtpd_relay_restrictions = permit_mynetworks, permit_sasl_authenticated,
// reject_unauth_destination; then, for everybody, smtpd_reject_unlisted_recipient. trivial-rewrite(8)
// resolves addresses first (swap_bangpath, allow_percent_hack, resolve_dequoted_address).
#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

constexpr std::array relay{RuleId::trusted_network, RuleId::authenticated,  RuleId::pop_before_smtp,
                           RuleId::handled_domain,  RuleId::relayed_domain, RuleId::open_relay,
                           RuleId::relay_denied};
constexpr std::array recipient{RuleId::foreign_mailbox, RuleId::known_mailbox, RuleId::unknown_user};
constexpr std::array unwraps{Routing::inner, Routing::bang, Routing::percent};

} // namespace

RuleLists const lists_of_postfix{.sender = {},
                                 .relay = relay,
                                 .submission = usual_submission_list,
                                 .spam = usual_spam_list,
                                 .recipient = recipient,
                                 .unwraps = unwraps,
                                 .relays_below = true};

} // namespace mailflow
