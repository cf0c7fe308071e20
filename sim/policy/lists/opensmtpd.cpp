// OpenSMTPD: the first "match" of smtpd.conf(5) that fits decides, and where none does the recipient is
// refused. Its own domains stand first: "match from any for domain ... action local", "match from any for
// domain ... action relay", "match from src ... for any action relay", "match auth from any for any action
// relay". No domain stands for those below it, and nothing is read out of a name but its tag (smtp
// sub-addr-delim).
#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

constexpr std::array relay{RuleId::handled_domain, RuleId::relayed_domain,  RuleId::trusted_network,
                           RuleId::authenticated,  RuleId::pop_before_smtp, RuleId::open_relay,
                           RuleId::relay_denied};
constexpr std::array recipient{RuleId::foreign_mailbox, RuleId::known_mailbox, RuleId::unknown_user};
constexpr std::array unwraps{Routing::tag};

} // namespace

RuleLists const lists_of_opensmtpd{.sender = {},
                                   .relay = relay,
                                   .submission = usual_submission_list,
                                   .spam = usual_spam_list,
                                   .recipient = recipient,
                                   .unwraps = unwraps,
                                   .relays_routed = true};

} // namespace mailflow
