// mailflow list
#include "base/files.hpp"
#include "base/standard_error.hpp"
#include "cli/commands.hpp"
#include "cli/scenarios.hpp"
#include "report/page.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::cli {

namespace {

std::string_view first_sentence(std::string_view text) {
    std::size_t const end = text.find(". ");
    return end == std::string_view::npos ? text : text.substr(0, end + 1);
}

} // namespace

Status list_scenarios() {
    std::vector<std::filesystem::path> const files = library();
    if (files.empty()) {
        say_on_stderr("mailflow: {}\n", no_library());
        return Status::file_trouble;
    }
    std::size_t longest = 0;
    for (std::filesystem::path const& file : files)
        longest = std::max(longest, character_count(file.stem().string()));
    Page page{Colour::off};
    Status worst = Status::done;
    for (std::filesystem::path const& file : files) {
        auto const opened = open_scenario(file.string());
        if (auto const* status = std::get_if<Status>(&opened)) {
            worst = std::max(worst, *status);
            continue;
        }
        World const& world = std::get<World>(opened);
        page.item(padded(file.stem().string(), longest) + "  ",
                  fmt::format("{}: {}", world.title, first_sentence(world.summary)));
    }
    if (std::string const trouble = write_stdout(page.text()); !trouble.empty()) {
        say_on_stderr("mailflow: {}\n", trouble);
        return Status::file_trouble;
    }
    return worst;
}

} // namespace mailflow::cli
