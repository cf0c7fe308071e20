// scenarios/README.md is the course as the files tell it; UPDATE_GOLDEN=1 writes it anew.
#include "cli/process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace {

std::vector<std::filesystem::path> course() {
    std::vector<std::filesystem::path> files;
    for (auto const& entry : std::filesystem::directory_iterator{MAILFLOW_SOURCE_DIR "/scenarios"})
        if (entry.path().extension() == ".json")
            files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    return files;
}

std::string course_page() {
    std::string page =
        "# The scenarios\n\n"
        "A course from the magic picture to the business of spammers. Each file tells one thing and checks\n"
        "itself: `mailflow run scenarios/02-relaying-denied.json`, or `./run.sh` with the file for the\n"
        "window.\n\n"
        "| scenario | what it tells |\n|---|---|\n";
    for (std::filesystem::path const& file : course()) {
        auto const scenario = nlohmann::json::parse(content_of(file), nullptr, true, true);
        page += "| [" + file.stem().string() + "](" + file.filename().string() + ") | **" +
                scenario["title"].get<std::string>() + ".** " + scenario["summary"].get<std::string>() +
                " |\n";
    }
    return page;
}

} // namespace

TEST_CASE("the page of the scenarios says what the scenarios say") {
    std::filesystem::path const page{MAILFLOW_SOURCE_DIR "/scenarios/README.md"};
    if (std::getenv("UPDATE_GOLDEN") != nullptr)
        write(page, course_page());
    CHECK(content_of(page) == course_page());
}

TEST_CASE("the scenarios are numbered without a gap") {
    int number = 0;
    for (std::filesystem::path const& file : course())
        CHECK(std::stoi(file.filename().string()) == ++number);
}
