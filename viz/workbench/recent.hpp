// The scenarios and saved traces that were opened last, kept in the user's configuration directory, a path a
// line.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace mailflow::viz {

inline constexpr std::size_t most_recent_files = 20;

/// What can be opened again.
struct RecentFile {
    std::string path;
    std::string title; // of the world
};

/// The latest first; none where nothing was kept. Files that are gone are left out.
[[nodiscard]] std::vector<std::string> recent_files(std::filesystem::path const& config);

/// Puts the file first. Where the directory cannot be written to, nothing is remembered.
void remember_file(std::filesystem::path const& config, std::string const& path);

} // namespace mailflow::viz
