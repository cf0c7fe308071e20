#include "scenario/load.hpp"

#include "scenario/assembly.hpp"
#include "scenario/document.hpp"
#include "scenario/forms.hpp"
#include "scenario/generate.hpp"
#include "scenario/overrides.hpp"

namespace mailflow {

std::variant<CheckedWorld, std::vector<Diagnostic>> check_scenario(std::string_view text,
                                                                   std::span<Override const> overrides) {
    Complaints complaints;
    PatchedText patched{text};
    apply_overrides(patched, overrides, complaints);
    auto const document = parse_document(patched.text(), complaints);
    if (!document)
        return complaints.diagnostics(Gravity::error, patched, overrides);

    ScenarioDraft draft;
    read_object(Value{*document, 0}, scenario_form, draft, complaints);

    generate(draft, complaints);

    Assembly assembly{.draft = draft,
                      .complaints = complaints,
                      .world = {},
                      .networks = Names{},
                      .servers = Names{NameCase::ignored},
                      .people = Names{},
                      .mail = Names{},
                      .spammers = Names{},
                      .populations = Names{},
                      .handlers = {},
                      .made_accounts = {},
                      .accounts_by_now = {},
                      .made_users = {},
                      .first_passwords = {},
                      .changed_servers = {},
                      .own_networks = {},
                      .stays = {},
                      .steps = {}};
    assembly.world.title = draft.title;
    assembly.world.summary = draft.summary;
    assembly.world.seed = draft.seed;
    assembly.world.until = draft.until;
    number_names(assembly);
    number_crowds(assembly);
    follow_changes(assembly);
    place_machines(assembly);
    set_up_servers(assembly);
    set_up_people(assembly);
    set_up_dns(assembly);
    set_up_mail(assembly);
    set_up_spammers(assembly);
    set_up_populations(assembly);
    set_up_blocklists(assembly);
    set_up_changes(assembly);
    set_up_expectations(assembly);
    if (!complaints.empty())
        return complaints.diagnostics(Gravity::error, patched, overrides);
    return CheckedWorld{std::move(assembly.world),
                        complaints.diagnostics(Gravity::warning, patched, overrides)};
}

std::variant<World, std::vector<Diagnostic>> load_scenario(std::string_view text,
                                                           std::span<Override const> overrides) {
    auto checked = check_scenario(text, overrides);
    if (auto* errors = std::get_if<std::vector<Diagnostic>>(&checked))
        return std::move(*errors);
    return std::move(std::get<CheckedWorld>(checked).world);
}

} // namespace mailflow
