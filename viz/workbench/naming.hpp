// The name that is typed for the thing whose form is shown, until the scenario has it.
#pragma once

#include "edit/edited_scenario.hpp"
#include "viz/workbench/intents.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

/// Under which the name of the thing stands among the drafts.
[[nodiscard]] std::string draft_of_name(std::string const& pointer);

/// Whether the name of the thing is somebody's choice, and not a key of the format.
[[nodiscard]] bool has_own_name(EditedScenario const& scenario, std::string const& pointer);

/// What a name that is typed for a thing may be.
enum class NewName : std::uint8_t {
    none,  // the one that it has, or nothing
    free,  // another one
    taken, // that of another thing
};
[[nodiscard]] NewName new_name(EditedScenario const& scenario, std::string const& pointer,
                               std::string const& name);

/// What gives the thing that name, and shows its form under it: nothing where the name is taken, which stays
/// to be typed on.
[[nodiscard]] std::vector<WorkIntent> take_name(EditedScenario const& scenario, std::string const& pointer,
                                                std::string const& name);

/// Whether whoever asks for that is done with typing a name: it leaves the form, or keeps the scenario.
[[nodiscard]] bool is_done_with_name(WorkIntent const& intent);

} // namespace mailflow::viz
