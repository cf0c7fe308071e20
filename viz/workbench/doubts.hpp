// Whether what is asked for would leave mistakes behind that were not there, or lose what was made, and the
// question about it.
#pragma once

#include "viz/workbench/intents.hpp"

#include <optional>

namespace mailflow::viz {

class Workbench;

/// Asks before a scenario with mistakes is written over a good one, or becomes a file of its own, but for
/// where they stand in that file, or in the one that it was made from, already; and before what others have
/// written into its file since is lost.
[[nodiscard]] std::optional<Doubt> doubt_about_saving(Workbench const& work, std::string const& path);

/// Asks before a thing is removed without which others have mistakes, and names those.
[[nodiscard]] std::optional<Doubt> doubt_about_removing(Workbench const& work, std::string const& pointer);

/// Asks before a film in the making is given up.
[[nodiscard]] Doubt doubt_about_film();
/// Whether that is what is asked.
[[nodiscard]] bool is_about_film(WorkView const& view);

} // namespace mailflow::viz
