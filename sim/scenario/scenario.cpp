// The scenario as a whole: the keys at its top.
#include "scenario/forms.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>

namespace mailflow {

namespace {

void read_format(Value at, ScenarioDraft&, Complaints& complaints) {
    if (expect_kind(at, Kind::number, complaints) && at.whole_number() != std::uint64_t{1})
        complaints.add(at, "this version of mailflow reads scenarios of format 1 only",
                       "write \"format\": 1");
}

/// Editors want it; it says nothing about the scenario.
void read_schema(Value at, ScenarioDraft&, Complaints& complaints) {
    expect_kind(at, Kind::text, complaints);
}

std::optional<std::uint64_t> read_seed(Value at, Complaints& complaints) {
    return read_whole_number(at, 0, std::numeric_limits<std::uint64_t>::max(), complaints);
}

constexpr std::array<Key<ScenarioDraft>, 17> scenario_keys{{
    {"$schema", read_schema},
    {"format", read_format, "1"},
    {"title", into<&ScenarioDraft::title, read_line>},
    {"summary", into<&ScenarioDraft::summary, read_prose>},
    {"seed", into<&ScenarioDraft::seed, read_seed>},
    {"until", into<&ScenarioDraft::until, read_positive_duration>},
    {"networks", read_networks},
    {"servers", read_servers},
    {"people", read_people},
    {"spammers", read_spammers},
    {"populations", read_populations},
    {"domains", read_domains},
    {"blocklists", read_blocklists},
    {"dns", read_dns},
    {"mail", read_mail},
    {"changes", read_changes},
    {"expect", read_expectations},
}};
constexpr std::array<std::string_view, 1> not_built{"lesson"};

template<class Draft>
ObjectKeys keys_of(Form<Draft> const& form) {
    ObjectKeys words;
    words.object = form.object;
    for (Key<Draft> const& key : form.keys) {
        words.keys.emplace_back(key.name);
        if (!key.example.empty())
            words.required.emplace_back(key.name);
    }
    words.not_built.assign(form.not_built.begin(), form.not_built.end());
    return words;
}

} // namespace

Form<ScenarioDraft> const scenario_form{"scenario", scenario_keys, not_built};

std::vector<ObjectKeys> all_object_keys() {
    std::vector<ObjectKeys> objects{keys_of(scenario_form),
                                    keys_of(network_form),
                                    keys_of(block_form),
                                    keys_of(server_form),
                                    keys_of(account_form),
                                    keys_of(retry_form),
                                    keys_of(answers_form),
                                    keys_of(person_form),
                                    keys_of(outgoing_form),
                                    keys_of(incoming_form),
                                    keys_of(dns_form),
                                    keys_of(mx_form),
                                    keys_of(mail_form),
                                    keys_of(change_form),
                                    keys_of(expectation_form),
                                    keys_of(spammer_form),
                                    keys_of(stolen_account_form),
                                    keys_of(guess_form),
                                    keys_of(probe_form),
                                    keys_of(blocklist_form),
                                    keys_of(population_form),
                                    keys_of(mail_size_form),
                                    keys_of(domains_form)};
    for (ObjectKeys& settable : settable_keys())
        objects.push_back(std::move(settable));
    return objects;
}

} // namespace mailflow
