// Which scenario files a batch is asked for: files, folders, patterns.
#pragma once

#include "base/files.hpp"

#include <string>
#include <variant>
#include <vector>

namespace mailflow::batch {

/// A file, and how rows speak of it: as its path, or as the bare name of a scenario of the library, which
/// lies elsewhere on every machine.
struct NamedFile {
    std::string path;
    std::string name;
    bool was_found = false; // in a folder, or by a pattern; else it was named
};

/// The files that the paths mean, in the order of the paths and each once: a file; every *.json in a folder
/// and below it, by name, but for what is hidden, as *.json and **/ are for shells: what begins with a point
/// (links to folders are followed, and no folder is entered twice);
/// what a shell pattern (* ? [...]) fits, by name; a scenario of the library. That there is no such file, or
/// none in it, is a trouble.
[[nodiscard]] std::variant<std::vector<NamedFile>, FileTrouble>
expand_paths(std::vector<std::string> const& paths);

} // namespace mailflow::batch
