// Decisions: ordered lists of rules, of which the first that matches decides. Every finding up to it is kept.
#pragma once

#include "base/bounded_list.hpp"
#include "policy/rule.hpp"

#include <span>

namespace mailflow {

/// The lists. They are asked one after the other, and accepting in one never skips the next.
enum class RuleListId : std::uint8_t {
    relay,      // on port 25: may this client send to that domain? (RFC 2505 section 2.1)
    submission, // on 587 and 465: who may submit at all? (RFC 6409 section 4.3)
    spam,       // on port 25: is it too suspicious to be taken now?
    recipient,  // does the mailbox exist? (RFC 5321 section 3.3)
    sender,     // at MAIL: may mail come from that address?
};

inline constexpr std::uint8_t longest_rule_list = 12;

struct Decision {
    RuleListId list = RuleListId::relay;
    Verdict verdict = Verdict::refuse;
    Saying saying = Saying::relay_denied;
    BoundedList<Finding, longest_rule_list> kept{};

    /// The findings in the order of the list; the last one matched and decided.
    [[nodiscard]] std::span<Finding const> findings() const { return kept; }
    [[nodiscard]] RuleId decided_by() const { return kept.back().rule; }
};

/// The rules of a software's list, in order (policy/lists). The last one of each always matches; only the
/// list about the sender may be empty.
[[nodiscard]] std::span<RuleId const> rules_of(Software software, RuleListId list);

/// The question that the list answers, for people: "may the message pass?".
[[nodiscard]] std::string_view question_of(RuleListId list);

/// Asks the rules of the list in order. Pure: the same question always gets the same decision.
[[nodiscard]] Decision decide(RuleListId list, Question const& question);

} // namespace mailflow
