// What the commands have in common when they speak to people.
#pragma once

#include "cli/commands.hpp"
#include "report/page.hpp"

#include <string_view>

namespace mailflow::cli {

/// Prints "mailflow: ..." to standard error and comes back with the status.
Status complain(Status status, std::string_view words);

/// Colour for people only: on a terminal, and unless they said no (https://no-color.org).
[[nodiscard]] Colour colour_of_terminal();

} // namespace mailflow::cli
