#include "batch/paths.hpp"

#include "scenario/library.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <glob.h>
#include <set>
#include <unistd.h>
#include <utility>

namespace mailflow::batch {

namespace {

namespace fs = std::filesystem;

std::vector<std::string> fitting_plainly(std::string const& pattern) {
    glob_t found{};
    std::vector<std::string> paths;
    if (::glob(pattern.c_str(), 0, nullptr, &found) == 0)
        paths.assign(found.gl_pathv, found.gl_pathv + found.gl_pathc);
    ::globfree(&found);
    std::sort(paths.begin(), paths.end());
    return paths;
}

/// As shells have it, what begins with a point is not meant unless it is named.
bool is_hidden(fs::path const& path) {
    return path.filename().native().starts_with('.');
}

/// Enters the folder and all below it that were not entered yet; the links to folders that it comes by are
/// left for later.
void enter(fs::path const& start, std::vector<std::string>& entered, std::set<fs::path>& known,
           std::set<fs::path>& links) {
    auto const is_new = [&known](fs::path const& folder) {
        std::error_code trouble;
        fs::path const real = fs::canonical(folder, trouble);
        return known.insert(trouble ? folder : real).second;
    };
    if (!is_new(start))
        return;
    entered.push_back(start.string());
    std::error_code trouble;
    fs::recursive_directory_iterator at{start, fs::directory_options::skip_permission_denied, trouble};
    for (; !trouble && at != fs::recursive_directory_iterator{}; at.increment(trouble)) {
        std::error_code ignored;
        if (!at->is_directory(ignored))
            continue;
        if (is_hidden(at->path()))
            at.disable_recursion_pending();
        else if (at->is_symlink(ignored))
            links.insert(at->path());
        else if (is_new(at->path()))
            entered.push_back(at->path().string());
        else
            at.disable_recursion_pending();
    }
}

/// The folder (the empty name: the one that is worked in) and all below it, but for what is hidden. Each
/// once, however many links lead to it; one that a link alone leads to goes by the name of the link.
std::vector<std::string> folders_from(std::string const& folder) {
    std::vector<std::string> entered;
    std::set<fs::path> known;
    std::set<fs::path> links{folder.empty() ? "." : folder};
    while (!links.empty())
        for (fs::path const& link : std::exchange(links, {}))
            enter(link, entered, known, links);
    constexpr std::string_view here = "./";
    for (std::string& name : entered)
        if (folder.empty())
            name = name == "." ? std::string{} : name.substr(here.size());
    return entered;
}

/// The same name as a pattern that fits it alone.
std::string as_pattern(std::string const& name) {
    std::string pattern;
    for (char const c : name)
        pattern += std::string_view{"*?[\\"}.find(c) == std::string_view::npos ? std::string(1, c)
                                                                               : std::string{'\\', c};
    return pattern;
}

/// Those that fit; "**" between slashes is any number of folders, none as well.
std::vector<std::string> fitting(std::string const& pattern) {
    constexpr std::string_view any_folders = "**/";
    std::size_t const at = pattern.starts_with(any_folders) ? 0 : pattern.find("/**/") + 1;
    if (at == 0 && !pattern.starts_with(any_folders))
        return fitting_plainly(pattern);
    std::string const rest = pattern.substr(at + any_folders.size());
    std::vector<std::string> paths;
    for (std::string const& start :
         at == 0 ? std::vector<std::string>{""} : fitting_plainly(pattern.substr(0, at)))
        for (std::string const& folder : folders_from(start)) {
            auto const inside = fitting(fs::path{as_pattern(folder)} / rest);
            paths.insert(paths.end(), inside.begin(), inside.end());
        }
    std::sort(paths.begin(), paths.end());
    paths.erase(std::unique(paths.begin(), paths.end()), paths.end());
    return paths;
}

/// Whether it is no folder, and nothing that would be waited for, such as a pipe. A link to nowhere may.
bool may_be_read(std::string const& path) {
    std::error_code ignored;
    fs::file_type const type = fs::status(path, ignored).type();
    return type == fs::file_type::regular || type == fs::file_type::not_found || type == fs::file_type::none;
}

std::vector<std::string> scenarios_below(std::string const& folder) {
    std::vector<std::string> paths;
    for (std::string const& entered : folders_from(folder)) {
        std::error_code trouble;
        fs::directory_iterator at{entered, trouble};
        for (; !trouble && at != fs::directory_iterator{}; at.increment(trouble))
            if (!is_hidden(at->path()) && at->path().extension() == ".json" &&
                may_be_read(at->path().string()))
                paths.push_back(at->path().string());
    }
    std::sort(paths.begin(), paths.end());
    return paths;
}

std::vector<NamedFile> named(std::vector<std::string> const& paths) {
    std::vector<NamedFile> files;
    for (std::string const& path : paths)
        files.push_back({path, path, true});
    return files;
}

std::variant<std::vector<NamedFile>, FileTrouble> expand(std::string const& path) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) {
        auto found = scenarios_below(path);
        if (found.empty() && ::access(path.c_str(), R_OK | X_OK) != 0)
            return file_trouble("read", path);
        if (found.empty())
            return FileTrouble{
                fmt::format("there is no scenario in {}: no file whose name ends in .json", path)};
        return named(found);
    }
    if (fs::exists(path, ignored))
        return std::vector{NamedFile{path, path}};
    if (path.find_first_of("*?[") == std::string::npos)
        return std::vector{NamedFile{resolve(path), fs::path{resolve(path)}.filename().string()}};
    std::vector<std::string> files;
    for (std::string const& found : fitting(path)) {
        if (fs::is_directory(found, ignored)) {
            auto const below = scenarios_below(found);
            files.insert(files.end(), below.begin(), below.end());
        } else if (may_be_read(found)) {
            files.push_back(found);
        }
    }
    if (files.empty())
        return FileTrouble{fmt::format("there is no file that {} fits", path)};
    return named(files);
}

} // namespace

std::variant<std::vector<NamedFile>, FileTrouble> expand_paths(std::vector<std::string> const& paths) {
    std::vector<NamedFile> files;
    std::set<std::string> known;
    for (std::string const& path : paths) {
        auto expanded = expand(path);
        if (auto* trouble = std::get_if<FileTrouble>(&expanded))
            return std::move(*trouble);
        for (NamedFile& file : std::get<std::vector<NamedFile>>(expanded)) {
            std::error_code ignored;
            fs::path const real = fs::canonical(file.path, ignored);
            if (known.insert(real.empty() ? file.path : real.string()).second)
                files.push_back(std::move(file));
        }
    }
    return files;
}

} // namespace mailflow::batch
