// Scenario files as the commands see them: how one is read.
#pragma once

#include "cli/commands.hpp"
#include "scenario/library.hpp"
#include "world/world.hpp"

#include <span>
#include <string>
#include <variant>

namespace mailflow::cli {

/// The world of the file with the overrides in it, or the status after the complaints have been printed to
/// standard error.
[[nodiscard]] std::variant<World, Status> open_scenario(std::string const& file,
                                                        std::span<Override const> overrides = {});

} // namespace mailflow::cli
