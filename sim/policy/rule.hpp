// A rule: a name, the sentence shown to people, its source, and a check over plain values. The same rule
// decides and explains, so that the two cannot drift apart.
#pragma once

#include "mail/saying.hpp"
#include "policy/question.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace mailflow {

enum class RuleId : std::uint8_t {
    trusted_network,
    authenticated,
    handled_domain,
    relayed_domain,
    open_relay,
    relay_denied,
    submission_denied,
    blocklisted,
    greylist_passed,
    greylisted,
    nothing_suspicious,
    foreign_mailbox,
    known_mailbox,
    unknown_user,
    pop_before_smtp,
    restricted_address,
    unchecked_client,
    unchecked_mailbox,
    client_name_unsure,
    client_name_forged,
    client_name_missing,
    sender_domain_unsure,
    sender_domain_unknown,
    sender_domain_exists,
    own_postmaster,
};
inline constexpr RuleId last_rule = RuleId::own_postmaster;

enum class Match : std::uint8_t { no, yes };

/// What one rule answered to one question, small enough to be kept for every decision of a run.
struct Finding {
    RuleId rule = RuleId::relay_denied;
    Match match = Match::no;
    std::uint32_t detail = 0; // which of the server's entries matched, where the rule goes through a list

    bool operator==(Finding const&) const = default;
};

enum class Verdict : std::uint8_t { accept, refuse };

struct Rule {
    RuleId id;
    std::string_view name;     // short, for tables and tests
    std::string_view sentence; // completes "it matches when ..."
    std::string_view source;   // RFC and section
    Verdict verdict;           // what follows when it matches
    Saying saying;             // what the server then answers

    /// Whether a server with these settings has the rule at all; null: every server has it.
    bool (*stands)(ServerPolicy const& server);
    Finding (*check)(Question const& question);
    /// The values that made the finding so: "198.51.100.7 is not in 192.0.2.0/24".
    std::string (*because)(Question const& question, Finding const& finding);
};

/// The rule itself, for names, sentences and explanations.
[[nodiscard]] Rule const& rule(RuleId id);

} // namespace mailflow
