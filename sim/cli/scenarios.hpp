// Scenario files as the commands see them: how one is read.
#pragma once

#include "base/files.hpp"
#include "cli/commands.hpp"
#include "scenario/library.hpp"
#include "world/world.hpp"

#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace mailflow::cli {

/// That there is no library, and where it was looked for.
[[nodiscard]] std::string no_library();

/// Why the file cannot be read as a scenario, and which was meant, perhaps.
[[nodiscard]] std::string read_trouble(std::string const& file, FileTrouble const& trouble);

/// What else of mailflow's own the bytes are, and what takes it; empty when they may be a scenario.
[[nodiscard]] std::string no_scenario_words(std::string_view bytes);

/// The world of the file with the overrides in it, or the status after the complaints have been printed to
/// standard error.
[[nodiscard]] std::variant<World, Status> open_scenario(std::string const& file,
                                                        std::span<Override const> overrides = {});

/// How many warnings there are about the file, which can be played, or the status; both after the complaints
/// have been printed to standard error.
[[nodiscard]] std::variant<std::size_t, Status> check_file(std::string const& file);

} // namespace mailflow::cli
