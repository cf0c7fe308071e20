#include "house/source_tree.hpp"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace mailflow::house {

namespace {

namespace fs = std::filesystem;

constexpr std::array folders{"sim", "viz", "tests", "scenarios", "assets", ".ci"};

void add_file(std::vector<SourceFile>& files, fs::path const& top, fs::path const& path) {
    std::ifstream stream{path, std::ios::binary};
    std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (text.find('\0') == std::string::npos)
        files.push_back({fs::relative(path, top).generic_string(), std::move(text)});
}

std::vector<SourceFile> read_tree() {
    fs::path const top = MAILFLOW_SOURCE_DIR;
    std::vector<SourceFile> files;
    for (fs::directory_entry const& entry : fs::directory_iterator{top})
        if (entry.is_regular_file() && entry.path().filename() != ".git") // the link of a git worktree
            add_file(files, top, entry.path());
    for (char const* folder : folders) {
        if (!fs::exists(top / folder))
            continue;
        for (fs::directory_entry const& entry : fs::recursive_directory_iterator{top / folder})
            if (entry.is_regular_file())
                add_file(files, top, entry.path());
    }
    std::sort(files.begin(), files.end(),
              [](SourceFile const& a, SourceFile const& b) { return a.path < b.path; });
    return files;
}

} // namespace

std::ostream& operator<<(std::ostream& out, Complaint const& complaint) {
    return out << complaint.path << ':' << complaint.line << ": " << complaint.what;
}

std::vector<SourceFile> const& all_files() {
    static std::vector<SourceFile> const files = read_tree();
    return files;
}

std::vector<SourceFile> files_in(std::string_view folder, std::vector<std::string_view> const& extensions) {
    std::vector<SourceFile> found;
    for (SourceFile const& file : all_files()) {
        bool const wanted = extensions.empty() || std::any_of(extensions.begin(), extensions.end(),
                                                              [&](std::string_view extension) {
                                                                  return file.path.ends_with(extension);
                                                              });
        if (wanted && file.path.starts_with(folder))
            found.push_back(file);
    }
    return found;
}

bool is_source(std::string_view path) {
    return path.ends_with(".hpp") || path.ends_with(".cpp");
}

std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        std::size_t const end = text.find('\n');
        lines.push_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return lines;
}

std::vector<std::string> literals_in(std::string_view line) {
    std::vector<std::string> literals;
    bool inside = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '"') {
            inside = !inside;
            if (inside)
                literals.emplace_back();
        } else if (line[i] == '\\' && i + 1 < line.size()) {
            ++i;
            if (inside)
                literals.back() += ' '; // an escape is no part of any name
        } else if (inside) {
            literals.back() += line[i];
        }
    }
    if (inside)
        literals.pop_back();
    return literals;
}

} // namespace mailflow::house
