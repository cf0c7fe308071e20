// What a change leaves behind in the lines around it, put in order: lines that have become too long, columns
// of values that no longer stand below each other.
#pragma once

#include "edit/splice.hpp"

#include <cstdint>
#include <string>

namespace mailflow {

/// Whether keys have come or changed, so that the values of the members around may have to move.
enum class Columns : std::uint8_t { keep, align };

/// The text after the splices, with the lines that they touched in order. The result must be JSON.
[[nodiscard]] std::string tidied(std::string_view text, std::vector<Splice> const& splices, Columns columns);

} // namespace mailflow
