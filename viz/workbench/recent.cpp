#include "viz/workbench/recent.hpp"

#include "base/files.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

constexpr char const* file_name = "recent";

} // namespace

std::vector<std::string> recent_files(std::filesystem::path const& config) {
    std::vector<std::string> files;
    if (config.empty())
        return files;
    auto const read = read_file((config / file_name).string());
    auto const* text = std::get_if<std::string>(&read);
    for (std::size_t at = 0; text != nullptr && at < text->size() && files.size() < most_recent_files;) {
        std::size_t const end = std::min(text->find('\n', at), text->size());
        std::string const line = text->substr(at, end - at);
        std::error_code trouble;
        if (!line.empty() && std::filesystem::is_regular_file(line, trouble))
            files.push_back(line);
        at = end + 1;
    }
    return files;
}

void remember_file(std::filesystem::path const& config, std::string const& path) {
    std::error_code trouble;
    std::string const whole = std::filesystem::absolute(path, trouble).lexically_normal().string();
    if (config.empty() || trouble || whole.find('\n') != std::string::npos)
        return;
    std::vector<std::string> files = recent_files(config);
    std::erase(files, whole);
    files.insert(files.begin(), whole);
    files.resize(std::min(files.size(), most_recent_files));
    std::string text;
    for (std::string const& file : files)
        text += file + "\n";
    std::filesystem::create_directories(config, trouble);
    (void)write_file((config / file_name).string(), text); // forgotten where that cannot be
}

} // namespace mailflow::viz
