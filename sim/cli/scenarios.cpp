#include "cli/scenarios.hpp"

#include "base/standard_error.hpp"
#include "cli/option_values.hpp"
#include "saved/other_output.hpp"
#include "saved/saved_trace.hpp"
#include "scenario/document.hpp"
#include "scenario/load.hpp"

#include <fmt/format.h>

namespace mailflow::cli {

std::string no_library() {
    std::string places;
    for (std::filesystem::path const& place : library_places())
        places += (places.empty() ? "" : ", ") + place.string();
    return fmt::format("the folder of scenarios was not found (looked for: {})", places);
}

std::string read_trouble(std::string const& file, FileTrouble const& trouble) {
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored))
        return trouble.words + "; name a file in it, or play all of them with mailflow batch";
    if (std::filesystem::exists(file, ignored))
        return trouble.words;
    std::vector<std::string> names;
    for (std::filesystem::path const& known : library())
        names.push_back(known.stem().string());
    bool const may_be_of_library =
        std::filesystem::path{file}.filename() == file && !std::filesystem::path{file}.has_extension();
    if (names.empty() && may_be_of_library)
        return fmt::format("{}; if it names a scenario of the library, {}", trouble.words, no_library());
    if (may_be_of_library && !file.empty() && file.find_first_not_of("0123456789") == std::string::npos)
        return fmt::format(
            "there is no scenario {}, and no file of that name; mailflow list shows all scenarios", file);
    return trouble.words + did_you_mean(std::filesystem::path{file}.stem().string(), names);
}

std::string no_scenario_words(std::string_view bytes) {
    return is_saved_trace(bytes) ? "this is a saved trace, no scenario; mailflow run opens it"
                                 : other_output_words(bytes);
}

namespace {

std::variant<std::string, Status> read_scenario(std::string const& file) {
    auto text = read_file(file, largest_text_bytes);
    if (auto const* trouble = std::get_if<FileTrouble>(&text)) {
        say_on_stderr("mailflow: {}\n", read_trouble(file, *trouble));
        return Status::file_trouble;
    }
    if (std::string const words = no_scenario_words(std::get<std::string>(text)); !words.empty()) {
        say_on_stderr("{}: {}\n", file, words);
        return Status::bad_usage;
    }
    return std::move(std::get<std::string>(text));
}

void tell(std::vector<Diagnostic> const& diagnostics, std::string const& file) {
    for (Diagnostic const& diagnostic : diagnostics)
        say_on_stderr("{}\n", to_line(diagnostic, file == "-" ? "<stdin>" : file));
}

} // namespace

std::variant<World, Status> open_scenario(std::string const& file, std::span<Override const> overrides) {
    auto const text = read_scenario(file);
    if (auto const* status = std::get_if<Status>(&text))
        return *status;
    auto loaded = load_scenario(std::get<std::string>(text), overrides);
    if (auto* world = std::get_if<World>(&loaded))
        return std::move(*world);
    tell(std::get<std::vector<Diagnostic>>(loaded), file);
    return Status::bad_usage;
}

std::variant<std::size_t, Status> check_file(std::string const& file) {
    auto const text = read_scenario(file);
    if (auto const* status = std::get_if<Status>(&text))
        return *status;
    auto const checked = check_scenario(std::get<std::string>(text));
    auto const* good = std::get_if<CheckedWorld>(&checked);
    tell(good != nullptr ? good->warnings : std::get<std::vector<Diagnostic>>(checked), file);
    return good != nullptr ? std::variant<std::size_t, Status>{good->warnings.size()} : Status::bad_usage;
}

} // namespace mailflow::cli
