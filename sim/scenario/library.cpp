#include "scenario/library.hpp"

#include <algorithm>

namespace mailflow {

namespace {

namespace fs = std::filesystem;

/// The folder of the library, or an empty path.
fs::path library_folder() {
    std::error_code trouble;
    for (fs::path const& folder : library_places())
        if (fs::is_directory(folder, trouble))
            return folder;
    return {};
}

} // namespace

std::vector<fs::path> library_places() {
    std::error_code trouble;
    fs::path const program = fs::read_symlink("/proc/self/exe", trouble);
    if (trouble)
        return {};
    fs::path const beside = program.parent_path();
    return {beside.parent_path() / "scenarios", beside.parent_path() / "share" / "mailflow" / "scenarios",
            beside / "scenarios"};
}

std::vector<fs::path> library() {
    std::vector<fs::path> files;
    fs::path const folder = library_folder();
    std::error_code trouble;
    if (!folder.empty())
        for (fs::directory_iterator at{folder, trouble}, end; !trouble && at != end; at.increment(trouble))
            if (at->path().extension() == ".json")
                files.push_back(at->path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string resolve(std::string const& name) {
    std::error_code trouble;
    if (name == "-" || fs::exists(name, trouble))
        return name;
    for (fs::path const& file : library()) {
        std::string const stem = file.stem().string();
        std::size_t const dash = stem.find('-');
        std::string const number = dash == std::string::npos ? stem : stem.substr(0, dash);
        bool const is_numbered_so = name == number || (name.size() == 1 && '0' + name == number);
        if (name == stem || name == stem + ".json" || is_numbered_so ||
            (dash != std::string::npos && name == stem.substr(dash + 1)))
            return file.string();
    }
    return name;
}

} // namespace mailflow
