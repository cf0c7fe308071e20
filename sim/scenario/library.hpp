// The scenarios that come with the program: where they lie. Not what is in them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mailflow {

/// The files of the library by name; empty where there is none beside the program. Looked for from the
/// program's place upwards: scenarios/ and share/mailflow/scenarios/.
[[nodiscard]] std::vector<std::filesystem::path> library();

/// The file that is meant: `name` itself where it exists, else the scenario of the library whose name, or
/// number, it is ("01-magic", "01"), else `name`.
[[nodiscard]] std::string resolve(std::string const& name);

} // namespace mailflow
