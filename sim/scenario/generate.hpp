// What a scenario describes by its numbers instead of one by one, as if it had been written out: servers for
// generated domains, mailboxes and an account for the people of a population, the spammer of a spam share.
#pragma once

#include "scenario/draft.hpp"

namespace mailflow {

/// Puts the drafts of all that into the scenario.
void generate(ScenarioDraft& scenario, Complaints& complaints);

/// Gives the people of the populations that live on the server their mailboxes and their account, where it
/// lists who has one.
void settle_in(ScenarioDraft const& scenario, ServerDraft& server);

/// The account that stands for those of all its people.
[[nodiscard]] Account account_of(PopulationDraft const& population);

/// The key of the spammer of its spam share.
[[nodiscard]] std::string spam_key(std::string const& population);

/// The local part of one of its people, from 1.
[[nodiscard]] std::string person_name(PopulationDraft const& population, std::uint32_t number);
/// The same at a generated domain.
[[nodiscard]] std::string person_name(std::uint32_t number);

/// The n-th generated domain, from 1.
[[nodiscard]] std::string domain_name(DomainsDraft const& domains, std::uint32_t number);

/// How many people each domain has, the largest first: at least one each.
[[nodiscard]] std::vector<std::uint32_t> domain_sizes(DomainsDraft const& domains);

} // namespace mailflow
