// The scenarios that come with the program: where they lie. Not what is in them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mailflow {

/// Where the library is looked for, in this order: beside the folder of the program (build/ in a checkout),
/// in share/mailflow/ there (where it is installed), and beside the program itself.
[[nodiscard]] std::vector<std::filesystem::path> library_places();

/// The files of the library by name; empty where none of the places is a folder.
[[nodiscard]] std::vector<std::filesystem::path> library();

/// The file that is meant: `name` itself where it exists, else the scenario of the library whose name, or
/// number, it is ("01-magic", "01", "1"), else `name`.
[[nodiscard]] std::string resolve(std::string const& name);

} // namespace mailflow
