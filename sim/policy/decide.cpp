#include "policy/decide.hpp"

#include "base/text.hpp"
#include "policy/lists/lists.hpp"
#include "policy/rules/rules.hpp"

#include <cassert>

namespace mailflow {

namespace {

/// Every rule, in the order of RuleId.
constexpr std::array all_rules{&rule_trusted_network,
                               &rule_authenticated,
                               &rule_handled_domain,
                               &rule_relayed_domain,
                               &rule_open_relay,
                               &rule_relay_denied,
                               &rule_submission_denied,
                               &rule_blocklisted,
                               &rule_greylist_passed,
                               &rule_greylisted,
                               &rule_nothing_suspicious,
                               &rule_foreign_mailbox,
                               &rule_known_mailbox,
                               &rule_unknown_user,
                               &rule_pop_before_smtp,
                               &rule_restricted_address,
                               &rule_unchecked_client,
                               &rule_unchecked_mailbox,
                               &rule_client_name_unsure,
                               &rule_client_name_forged,
                               &rule_client_name_missing,
                               &rule_sender_domain_unsure,
                               &rule_sender_domain_unknown,
                               &rule_sender_domain_exists,
                               &rule_own_postmaster};
static_assert(all_rules.size() == static_cast<std::size_t>(last_rule) + 1);

/// In the order of Software.
constexpr std::array<RuleLists const*, software_names.size()> all_lists{
    &lists_of_postfix,   &lists_of_exim,  &lists_of_sendmail,
    &lists_of_opensmtpd, &lists_of_qmail, &lists_of_exchange};

} // namespace

Rule const& rule(RuleId id) {
    Rule const& found = *all_rules[static_cast<std::size_t>(id)];
    assert(found.id == id);
    return found;
}

RuleLists const& lists_of(Software software) {
    return *all_lists[static_cast<std::size_t>(software)];
}

std::span<RuleId const> rules_of(Software software, RuleListId list) {
    RuleLists const& lists = lists_of(software);
    switch (list) {
    case RuleListId::relay: return lists.relay;
    case RuleListId::submission: return lists.submission;
    case RuleListId::spam: return lists.spam;
    case RuleListId::recipient: return lists.recipient;
    case RuleListId::sender: return lists.sender;
    }
    return {};
}

std::string_view question_of(RuleListId list) {
    switch (list) {
    case RuleListId::relay: return "may the message pass?";
    case RuleListId::submission: return "may the sender hand in mail here?";
    case RuleListId::spam: return "does anything speak against taking it now?";
    case RuleListId::recipient: return "does the mailbox exist?";
    case RuleListId::sender: return "may mail come from that address?";
    }
    return {};
}

Decision decide(RuleListId list, Question const& question) {
    Decision decision{.list = list};
    for (RuleId const id : rules_of(question.server.software, list)) {
        Rule const& asked = rule(id);
        if (asked.stands != nullptr && !asked.stands(question.server))
            continue;
        if (decision.kept.push_back(asked.check(question)).match == Match::yes) {
            decision.verdict = asked.verdict;
            decision.saying = asked.saying;
            return decision;
        }
    }
    assert(false && "the last rule of a list always matches");
    return decision;
}

std::string const& recipient_domain(Question const& question) {
    return question.book.name(question.book[question.recipient].domain);
}

std::string names_of(Question const& question, std::span<DomainId const> domains) {
    std::vector<std::string> names;
    for (DomainId const domain : domains)
        names.push_back(question.book.name(domain));
    return join_words(names, "or");
}

} // namespace mailflow
