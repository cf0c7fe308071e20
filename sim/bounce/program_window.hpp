// What mail programs say in their windows of a server that they could not reach: words that no server says.
// Part of bounce/notice.cpp and bounce/names.cpp; nobody else needs it.
#pragma once

#include "bounce/blocks.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// Whether a mail program says it, of the server for its outgoing mail.
[[nodiscard]] bool is_said_by_program(std::string_view words);

/// The words of such a window, however its lines were broken, with the server where they name it.
[[nodiscard]] std::optional<Block> program_window_in(std::vector<std::string> const& lines);

} // namespace mailflow
