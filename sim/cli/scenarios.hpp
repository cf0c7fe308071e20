// Scenario files as the commands see them: where those that come with the program lie, and how one is read.
#pragma once

#include "cli/commands.hpp"
#include "world/world.hpp"

#include <filesystem>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace mailflow::cli {

/// The files of the library by name; empty where there is none beside the program. Looked for from the
/// program's place upwards: scenarios/ and share/mailflow/scenarios/.
[[nodiscard]] std::vector<std::filesystem::path> library();

/// The file that is meant: `name` itself where it exists, else the scenario of the library whose name, or
/// number, it is ("01-magic", "01"), else `name`.
[[nodiscard]] std::string resolve(std::string const& name);

/// The world of the file with the overrides in it, or the status after the complaints have been printed to
/// standard error.
[[nodiscard]] std::variant<World, Status> open_scenario(std::string const& file,
                                                        std::span<Override const> overrides = {});

} // namespace mailflow::cli
