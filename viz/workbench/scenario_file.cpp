#include "viz/workbench/scenario_file.hpp"

#include "base/files.hpp"
#include "scenario/document.hpp"

#include <algorithm>
#include <utility>

namespace mailflow::viz {

ScenarioFile::ScenarioFile(std::string path, std::string text)
    : path_(std::move(path))
    , text_(std::move(text))
    , seen_(stamp()) {}

std::optional<ScenarioFile::Stamp> ScenarioFile::stamp() const {
    std::error_code trouble;
    Stamp stamp;
    stamp.written = std::filesystem::last_write_time(path_, trouble);
    if (!trouble)
        stamp.bytes = std::filesystem::file_size(path_, trouble);
    return trouble ? std::nullopt : std::optional{stamp};
}

std::optional<std::string> ScenarioFile::look() {
    if (path_.empty())
        return std::nullopt;
    auto const now = stamp();
    missed_ = now ? 0 : std::min(missed_ + 1, 2);
    if (!now || now == seen_)
        return std::nullopt;
    auto read = read_file(path_, largest_text_bytes);
    if (std::holds_alternative<FileTrouble>(read))
        return std::nullopt;
    seen_ = now;
    std::string& text = std::get<std::string>(read);
    if (text == text_)
        return std::nullopt;
    text_ = text;
    return std::move(text);
}

std::string ScenarioFile::save(std::string const& text) {
    std::string trouble = write_file(path_, text);
    if (trouble.empty()) {
        text_ = text;
        seen_ = stamp();
        missed_ = 0;
    }
    return trouble;
}

} // namespace mailflow::viz
