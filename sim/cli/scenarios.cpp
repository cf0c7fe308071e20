#include "cli/scenarios.hpp"

#include "saved/saved_trace.hpp"

#include "base/files.hpp"
#include "scenario/load.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace mailflow::cli {

std::variant<World, Status> open_scenario(std::string const& file, std::span<Override const> overrides) {
    auto const text = read_file(file);
    if (auto const* trouble = std::get_if<FileTrouble>(&text)) {
        fmt::print(stderr, "mailflow: {}\n", trouble->words);
        return Status::file_trouble;
    }
    if (is_saved_trace(std::get<std::string>(text))) {
        fmt::print(stderr, "{}: this is a saved trace, no scenario; mailflow run opens it\n", file);
        return Status::bad_usage;
    }
    auto loaded = load_scenario(std::get<std::string>(text), overrides);
    if (auto* world = std::get_if<World>(&loaded))
        return std::move(*world);
    for (Diagnostic const& diagnostic : std::get<std::vector<Diagnostic>>(loaded))
        fmt::print(stderr, "{}\n", to_line(diagnostic, file == "-" ? "<stdin>" : file));
    return Status::bad_usage;
}

} // namespace mailflow::cli
