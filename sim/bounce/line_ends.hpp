// The ends of lines that a clipboard has doubled, or lost. Part of bounce/pasted.cpp; nobody else needs it.
#pragma once

#include <string>
#include <vector>

namespace mailflow {

/// The lines as they were written: without the blank line that a program put behind each; and where all is
/// one line, a letter's text is broken before what begins a line in the letters of the six softwares.
[[nodiscard]] std::vector<std::string> with_own_ends(std::vector<std::string> lines);

} // namespace mailflow
