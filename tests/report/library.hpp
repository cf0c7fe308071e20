// The scenarios that come with mailflow, for tests that go through all of them.
#pragma once

#include "catch.hpp"

#include "run/run.hpp"
#include "scenario/load.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

inline std::vector<std::filesystem::path> library_files() {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"})
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

inline std::string text_of(std::filesystem::path const& path) {
    std::ifstream file{path, std::ios::binary};
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/// The world of a scenario text that must be a good one.
inline mailflow::World world_of(std::string const& text) {
    auto loaded = mailflow::load_scenario(text);
    if (auto const* complaints = std::get_if<std::vector<mailflow::Diagnostic>>(&loaded))
        for (mailflow::Diagnostic const& complaint : *complaints)
            UNSCOPED_INFO(to_line(complaint, "scenario"));
    REQUIRE(std::holds_alternative<mailflow::World>(loaded));
    return std::get<mailflow::World>(std::move(loaded));
}
