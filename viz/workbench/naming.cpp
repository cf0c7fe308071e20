#include "viz/workbench/naming.hpp"

#include "edit/format.hpp"
#include "scenario/places.hpp"

namespace mailflow::viz {

std::string draft_of_name(std::string const& pointer) {
    return "name of " + pointer;
}

bool has_own_name(EditedScenario const& scenario, std::string const& pointer) {
    auto const thing = scenario.find(pointer);
    return thing && thing->has_key() && form_of(thing->parent())->shape == Shape::map;
}

NewName new_name(EditedScenario const& scenario, std::string const& pointer, std::string const& name) {
    auto const thing = scenario.find(pointer);
    if (!thing || name.empty() || name == thing->key())
        return NewName::none;
    return find_child(thing->parent(), name) ? NewName::taken : NewName::free;
}

std::vector<WorkIntent> take_name(EditedScenario const& scenario, std::string const& pointer,
                                  std::string const& name) {
    NewName const wanted = new_name(scenario, pointer, name);
    if (!has_own_name(scenario, pointer) || wanted == NewName::taken)
        return {};
    if (wanted == NewName::none)
        return {SetDraft{draft_of_name(pointer), {}}};
    std::vector<std::string> tokens = *tokens_of(pointer);
    tokens.back() = name;
    return {MakeEdits{{RenameKey{pointer, name}}, {}}, ShowThing{pointer_to(tokens)},
            SetDraft{draft_of_name(pointer), {}}};
}

bool is_done_with_name(WorkIntent const& intent) {
    return std::holds_alternative<ShowThing>(intent) || std::holds_alternative<SaveFile>(intent) ||
           std::holds_alternative<SaveFileAs>(intent) || std::holds_alternative<OpenScenario>(intent) ||
           std::holds_alternative<NewScenario>(intent) || std::holds_alternative<ShowSheet>(intent) ||
           std::holds_alternative<Undo>(intent);
}

} // namespace mailflow::viz
