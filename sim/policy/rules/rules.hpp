// The rules: a file in this folder has one, or a few that are alike. policy/lists puts them into order for
// each software, policy/decide asks them. A new one is named in policy/rule.hpp (RuleId), here, in
// `all_rules` of policy/decide.cpp, and in each list that asks it.
#pragma once

#include "policy/rule.hpp"

#include <span>
#include <string>

namespace mailflow {

extern Rule const rule_trusted_network;
extern Rule const rule_authenticated;
extern Rule const rule_pop_before_smtp;
extern Rule const rule_handled_domain;
extern Rule const rule_relayed_domain;
extern Rule const rule_open_relay;
extern Rule const rule_relay_denied;
extern Rule const rule_submission_denied;
extern Rule const rule_blocklisted;
extern Rule const rule_greylist_passed;
extern Rule const rule_greylisted;
extern Rule const rule_nothing_suspicious;
extern Rule const rule_foreign_mailbox;
extern Rule const rule_known_mailbox;
extern Rule const rule_unknown_user;
extern Rule const rule_restricted_address;
extern Rule const rule_own_postmaster;
extern Rule const rule_unchecked_client;
extern Rule const rule_unchecked_mailbox;
extern Rule const rule_client_name_unsure;
extern Rule const rule_client_name_forged;
extern Rule const rule_client_name_missing;
extern Rule const rule_sender_domain_unsure;
extern Rule const rule_sender_domain_unknown;
extern Rule const rule_sender_domain_exists;

/// The domain of the recipient, as its text.
[[nodiscard]] std::string const& recipient_domain(Question const& question);

/// The names of the domains: "isp.example or lab.example".
[[nodiscard]] std::string names_of(Question const& question, std::span<DomainId const> domains);

/// What the server takes in no name, from anybody, and the recipient's name has: `"%"`, "a leading dot";
/// empty: nothing. The recipient is as the server reads it (policy/routing.hpp).
[[nodiscard]] std::string restricted_sign(ServerPolicy const& server, AddressBook const& book,
                                          AddressId recipient);

} // namespace mailflow
