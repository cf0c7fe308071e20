// A folder as the window's own file browser lists it.
#pragma once

#include <string>
#include <vector>

namespace mailflow::viz {

/// More entries than that are not listed.
inline constexpr std::size_t most_folder_entries = 2000;

struct Folder {
    std::string path;                 // absolute
    std::string above;                // empty at the root
    std::vector<std::string> folders; // names, sorted; hidden ones are left out
    std::vector<std::string> files;   // of scenarios (.json) and saved traces, sorted
    std::string trouble;              // why it cannot be listed; else empty
};

/// Whether that is a saved trace, whatever its name; looks at its begin.
[[nodiscard]] bool holds_saved_trace(std::string const& path);

/// Lists the folder, or the current one when `path` is empty.
[[nodiscard]] Folder list_folder(std::string const& path);

} // namespace mailflow::viz
