// The objects of the scenario format: for each the table of its keys. The tests hold
// assets/scenario.schema.json to these tables.
#pragma once

#include "scenario/draft.hpp"

namespace mailflow {

extern Form<ScenarioDraft> const scenario_form;
extern Form<NetworkDraft> const network_form;
extern Form<BlockDraft> const block_form;
extern Form<ServerDraft> const server_form;
extern Form<AccountDraft> const account_form;
extern Form<RetryDraft> const retry_form;
extern Form<ScriptedAnswers> const answers_form;
extern Form<PersonDraft> const person_form;
extern Form<OutgoingDraft> const outgoing_form;
extern Form<IncomingDraft> const incoming_form;
extern Form<SpammerDraft> const spammer_form;
extern Form<StolenAccountDraft> const stolen_account_form;
extern Form<GuessDraft> const guess_form;
extern Form<PopulationDraft> const population_form;
extern Form<MailSizeDraft> const mail_size_form;
extern Form<DomainsDraft> const domains_form;
extern Form<ProbeDraft> const probe_form;
extern Form<BlocklistDraft> const blocklist_form;
extern Form<DnsDraft> const dns_form;
extern Form<MxDraft> const mx_form;
extern Form<MailDraft> const mail_form;
extern Form<ChangeDraft> const change_form;
extern Form<ExpectationDraft> const expectation_form;

// Readers of the members of the whole scenario.
void read_networks(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_servers(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_people(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_spammers(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_populations(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_domains(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_blocklists(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_dns(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_mail(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_changes(Value at, ScenarioDraft& scenario, Complaints& complaints);
void read_expectations(Value at, ScenarioDraft& scenario, Complaints& complaints);

/// One of the people of the scenario, as the file has them.
[[nodiscard]] PersonDraft read_person(Value member, Complaints& complaints);
/// Only who it is.
[[nodiscard]] PersonDraft named_person(Value member);

/// How often something happens: "20/s" as the time between two.
[[nodiscard]] std::optional<Duration> read_rate(Value at, Complaints& complaints);
[[nodiscard]] std::optional<ProbeDraft> read_probe(Value at, Complaints& complaints);

/// What a server is told to say.
[[nodiscard]] std::optional<ScriptedAnswers> read_answers(Value at, Complaints& complaints);

/// Complains when an entry of "dns" says two things at once.
void complain_about_contradictions(DnsDraft const& entry, Complaints& complaints);

/// The keys of one object of the format, as plain words.
struct ObjectKeys {
    std::string object;
    std::vector<std::string> keys;
    std::vector<std::string> required;
    std::vector<std::string> not_built;
};

/// The keys that a change may set: of a server, of what DNS says, of a person, of a network.
[[nodiscard]] std::vector<ObjectKeys> settable_keys();

/// Every object of the format.
[[nodiscard]] std::vector<ObjectKeys> all_object_keys();

} // namespace mailflow
