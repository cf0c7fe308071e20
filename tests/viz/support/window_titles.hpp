// What the display calls its windows.
#pragma once

#include <string>
#include <vector>

namespace mailflow::viz {

[[nodiscard]] std::vector<std::string> window_titles();

} // namespace mailflow::viz
