// Values that somebody puts into a scenario before it is read, without touching its file: the text with them
// in it, which still knows what came from where. They are put into the text, not into what was read from it,
// so that they go through every check that a value of the file goes through.
#pragma once

#include "scenario/complaints.hpp"
#include "scenario/load.hpp"
#include "scenario/patched_text.hpp"

#include <span>

namespace mailflow {

/// Puts the overrides in, one after the other: a later one may go into what an earlier one has put in.
/// Complains about a pointer that leads nowhere, a value that is none, and a text that is no JSON.
void apply_overrides(PatchedText& text, std::span<Override const> overrides, Complaints& complaints);

/// Whether the value was to be JSON, well-formed or not: an object, a list or a text in quotes begins there.
/// What else is no JSON is a text.
[[nodiscard]] bool begins_as_json(std::string_view value);

} // namespace mailflow
