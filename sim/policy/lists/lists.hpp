// The rule lists of each software, one file each in this folder: what is asked, in which order. policy/decide
// asks them.
#pragma once

#include "policy/routing.hpp"
#include "policy/rule.hpp"

#include <array>
#include <span>

namespace mailflow {

/// The rules of a software, list by list (RuleListId), and what it makes of an address before it asks them.
/// The last rule of a list always matches.
struct RuleLists {
    std::span<RuleId const> sender; // empty: the sender is not looked at
    std::span<RuleId const> relay;
    std::span<RuleId const> submission;
    std::span<RuleId const> spam;
    std::span<RuleId const> recipient;
    std::span<Routing const> unwraps{}; // how an address can ask it to pass mail on, tried in this order
    bool relays_below = false;          // a domain in `relays_for` stands for those below it, too
    // A name that asks the domain which is relayed for to pass the mail on to anywhere is taken, too:
    // together the two hosts are an open relay.
    bool relays_routed = false;
    bool follows_relayed = false; // what such a name asks for is read on: it is taken where that is so anyway
};

// What most have in common.
inline constexpr std::array usual_submission_list{RuleId::authenticated, RuleId::submission_denied};
inline constexpr std::array usual_spam_list{
    RuleId::trusted_network, RuleId::authenticated, RuleId::pop_before_smtp,   RuleId::blocklisted,
    RuleId::greylist_passed, RuleId::greylisted,    RuleId::nothing_suspicious};

extern RuleLists const lists_of_postfix;
extern RuleLists const lists_of_exim;
extern RuleLists const lists_of_sendmail;
extern RuleLists const lists_of_opensmtpd;
extern RuleLists const lists_of_qmail;
extern RuleLists const lists_of_exchange;

[[nodiscard]] RuleLists const& lists_of(Software software);

} // namespace mailflow
