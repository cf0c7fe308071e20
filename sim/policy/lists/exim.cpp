// Exim, after acl_check_rcpt of Debian: names that could ask for relaying are refused before any trust;
// anybody may write to the postmaster; what trusted and authenticated clients send is accepted without a look
// at the recipient; the rest must be for a domain of ours, or one that is relayed for, and its recipient must
// exist.
#include "policy/lists/lists.hpp"

namespace mailflow {

namespace {

constexpr std::array relay{RuleId::restricted_address, RuleId::own_postmaster,  RuleId::trusted_network,
                           RuleId::authenticated,      RuleId::pop_before_smtp, RuleId::handled_domain,
                           RuleId::relayed_domain,     RuleId::open_relay,      RuleId::relay_denied};
constexpr std::array submission{RuleId::restricted_address, RuleId::authenticated, RuleId::submission_denied};
constexpr std::array spam{RuleId::own_postmaster,  RuleId::trusted_network,   RuleId::authenticated,
                          RuleId::pop_before_smtp, RuleId::blocklisted,       RuleId::greylist_passed,
                          RuleId::greylisted,      RuleId::nothing_suspicious};
constexpr std::array recipient{RuleId::foreign_mailbox, RuleId::unchecked_client, RuleId::known_mailbox,
                               RuleId::unknown_user};

} // namespace

RuleLists const lists_of_exim{
    .sender = {}, .relay = relay, .submission = submission, .spam = spam, .recipient = recipient};

} // namespace mailflow
