#include "policy/decide.hpp"

#include "base/text.hpp"
#include "policy/rules/rules.hpp"

#include <cassert>

namespace mailflow {

namespace {

/// Every rule, in the order of RuleId.
constexpr std::array<Rule const*, 14> all_rules{
    &rule_trusted_network, &rule_authenticated,      &rule_handled_domain,    &rule_relayed_domain,
    &rule_open_relay,      &rule_relay_denied,       &rule_submission_denied, &rule_greylist_passed,
    &rule_greylisted,      &rule_nothing_suspicious, &rule_foreign_mailbox,   &rule_known_mailbox,
    &rule_unknown_user,    &rule_pop_before_smtp};

// The order is Postfix's: permit_mynetworks, permit_sasl_authenticated, reject_unauth_destination.
constexpr std::array relay_list{RuleId::trusted_network, RuleId::authenticated,  RuleId::pop_before_smtp,
                                RuleId::handled_domain,  RuleId::relayed_domain, RuleId::open_relay,
                                RuleId::relay_denied};
constexpr std::array submission_list{RuleId::authenticated, RuleId::submission_denied};
constexpr std::array spam_list{RuleId::trusted_network, RuleId::authenticated, RuleId::greylist_passed,
                               RuleId::greylisted, RuleId::nothing_suspicious};
constexpr std::array recipient_list{RuleId::foreign_mailbox, RuleId::known_mailbox, RuleId::unknown_user};

static_assert(relay_list.size() <= longest_rule_list);

} // namespace

Rule const& rule(RuleId id) {
    Rule const& found = *all_rules[static_cast<std::size_t>(id)];
    assert(found.id == id);
    return found;
}

std::span<RuleId const> rules_of(RuleListId list) {
    switch (list) {
    case RuleListId::relay: return relay_list;
    case RuleListId::submission: return submission_list;
    case RuleListId::spam: return spam_list;
    case RuleListId::recipient: return recipient_list;
    }
    return {};
}

std::string_view question_of(RuleListId list) {
    switch (list) {
    case RuleListId::relay: return "may the message pass?";
    case RuleListId::submission: return "may the sender hand in mail here?";
    case RuleListId::spam: return "is it too suspicious to be taken now?";
    case RuleListId::recipient: return "does the mailbox exist?";
    }
    return {};
}

Decision decide(RuleListId list, Question const& question) {
    Decision decision{.list = list};
    for (RuleId const id : rules_of(list)) {
        Rule const& asked = rule(id);
        if (asked.stands != nullptr && !asked.stands(question.server))
            continue;
        Finding const finding = asked.check(question);
        decision.kept[decision.count++] = finding;
        if (finding.match == Match::yes) {
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

std::string names_of(Question const& question, std::vector<DomainId> const& domains) {
    std::vector<std::string> names;
    for (DomainId const domain : domains)
        names.push_back(question.book.name(domain));
    return join_words(names, "or");
}

} // namespace mailflow
