// Which thing of the scenario has its form shown, while things come and go.
#pragma once

#include "viz/workbench/intents.hpp"

#include <string>

namespace mailflow::viz {

class Workbench;

/// Whether there is such a thing in the scenario; `thing` is its pointer.
[[nodiscard]] bool stands(Workbench const& work, std::string const& thing);

/// Of a thing that is no longer there, the form of what it was part of is shown, or else the one that was
/// shown before; until the thing is there again. `stood`: it was there.
void leave_what_is_gone(WorkView& view, Workbench const& work, std::string const& thing, bool stood);

/// A thing that is there again has its form again, unless somebody has gone on to another one meanwhile.
void come_back(WorkView& view, Workbench const& work);

} // namespace mailflow::viz
