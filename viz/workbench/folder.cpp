#include "viz/workbench/folder.hpp"

#include "base/files.hpp"
#include "saved/saved_trace.hpp"

#include <algorithm>
#include <filesystem>

namespace mailflow::viz {

namespace fs = std::filesystem;

bool holds_saved_trace(std::string const& path) {
    constexpr std::size_t first_bytes = 512;
    std::error_code trouble;
    if (!fs::is_regular_file(path, trouble)) // the begin of a pipe could be waited for
        return false;
    auto const read = read_file(path, first_bytes);
    auto const* bytes = std::get_if<std::string>(&read);
    return bytes != nullptr && is_saved_trace(*bytes);
}

Folder list_folder(std::string const& path) {
    Folder folder;
    std::error_code trouble;
    fs::path here = fs::absolute(path.empty() ? fs::path{"."} : fs::path{path}, trouble).lexically_normal();
    if (!here.has_filename() && here.has_parent_path() && here != here.root_path())
        here = here.parent_path();
    folder.path = here.string();
    if (here != here.root_path())
        folder.above = here.parent_path().string();
    std::size_t seen = 0;
    fs::directory_iterator at{here, trouble};
    for (fs::directory_iterator const end; !trouble && at != end && seen < most_folder_entries;
         at.increment(trouble), ++seen) {
        std::string const name = at->path().filename().string();
        std::error_code unknown;
        if (name.starts_with('.'))
            continue;
        if (at->is_directory(unknown))
            folder.folders.push_back(name);
        else if (at->path().extension() == ".json" || holds_saved_trace(at->path().string()))
            folder.files.push_back(name);
    }
    if (trouble)
        folder.trouble = "cannot list " + folder.path + ": " + trouble.message();
    std::sort(folder.folders.begin(), folder.folders.end());
    std::sort(folder.files.begin(), folder.files.end());
    return folder;
}

} // namespace mailflow::viz
