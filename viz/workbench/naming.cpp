#include "viz/workbench/naming.hpp"

#include "edit/format.hpp"
#include "edit/json_layout.hpp"
#include "scenario/places.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// Whether it can stand before the @ as it is, and is written in small letters as people's addresses are.
bool is_local_part(std::string_view name) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    return !name.empty() && name.find_first_not_of(letters) == std::string_view::npos &&
           name.front() != '.' && name.back() != '.' && name.find("..") == std::string_view::npos;
}

/// Writes the other text wherever that one stands.
void replace_text(Value value, std::string_view text, std::string const& by, std::vector<Edit>& edits) {
    if (value.kind() == mailflow::Kind::text && value.text() == text)
        edits.push_back(SetValue{value.pointer(), json_string(by)});
    if (value.kind() == mailflow::Kind::list || value.kind() == mailflow::Kind::object)
        for (Value const inner : value)
            replace_text(inner, text, by, edits);
}

/// Whether the value is that text, or a list in which it stands.
bool says(Value value, std::string_view text) {
    if (value.kind() == mailflow::Kind::text)
        return value.text() == text;
    return value.kind() == mailflow::Kind::list &&
           std::any_of(value.begin(), value.end(), [&](Value const item) { return says(item, text); });
}

/// The name among the mailboxes and the accounts of the servers that handle the domain.
void rename_mailboxes(Value scenario, std::string const& domain, std::string const& from,
                      std::string const& to, std::vector<Edit>& edits) {
    auto const servers = find_child(scenario, "servers");
    if (!servers || servers->kind() != mailflow::Kind::object)
        return;
    for (Value const server : *servers) {
        auto const handles = find_child(server, "handles");
        if (!handles || !says(*handles, domain))
            continue;
        if (auto const mailboxes = find_child(server, "mailboxes"))
            replace_text(*mailboxes, from, to, edits);
        auto const accounts = find_child(server, "accounts");
        auto const account = accounts ? find_child(*accounts, from) : std::nullopt;
        if (account && !find_child(*accounts, to))
            edits.push_back(RenameKey{account->pointer(), to});
    }
}

/// A person whose address is the name at a domain, as it is when a person is added, has it at the new name:
/// all that writes to it follows, and so does the mailbox.
std::vector<Edit> edits_of_address(EditedScenario const& scenario, std::string const& pointer,
                                   std::string const& name) {
    std::vector<Edit> edits;
    auto const address = scenario.find(pointer + "/address");
    auto const root = scenario.root();
    if (!pointer.starts_with("/people/") || !address || !root || !is_local_part(name))
        return edits;
    std::string const was{address->text()};
    std::string const key{scenario.find(pointer)->key()};
    if (!was.starts_with(key + "@"))
        return edits;
    std::string const domain = was.substr(key.size() + 1);
    replace_text(*root, was, name + "@" + domain, edits);
    rename_mailboxes(*root, domain, key, name, edits);
    return edits;
}

} // namespace

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
    std::vector<Edit> edits = edits_of_address(scenario, pointer, name);
    edits.push_back(RenameKey{pointer, name});
    return {MakeEdits{std::move(edits), {}}, ShowThing{pointer_to(tokens)},
            SetDraft{draft_of_name(pointer), {}}};
}

bool is_done_with_name(WorkIntent const& intent) {
    return std::holds_alternative<ShowThing>(intent) || std::holds_alternative<SaveFile>(intent) ||
           std::holds_alternative<SaveFileAs>(intent) || std::holds_alternative<OpenScenario>(intent) ||
           std::holds_alternative<NewScenario>(intent) || std::holds_alternative<ShowSheet>(intent) ||
           std::holds_alternative<Undo>(intent);
}

} // namespace mailflow::viz
