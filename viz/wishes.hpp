// What becomes of a wish about the scenario: the workbench carries it out, or a question comes first.
#pragma once

#include "viz/workbench/intents.hpp"

#include <optional>

namespace mailflow::viz {

struct ViewState;
class Workbench;

/// Lays the question over the window. Whether there is one.
bool asks_first(std::optional<Doubt> doubt, WorkView& view);

/// Does to the workbench, and to what is shown of it, what is wished. A wish about the view alone, and an
/// answer to a question, are the window's own business.
void carry_out(WorkIntent const& wish, Workbench& work, ViewState& view);

} // namespace mailflow::viz
