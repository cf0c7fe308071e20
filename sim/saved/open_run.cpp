#include "saved/open_run.hpp"

#include "base/size.hpp"
#include "base/text.hpp"
#include "run/run.hpp"
#include "saved/other_output.hpp"

#include <fmt/format.h>

#include <utility>

namespace mailflow {

namespace {

using Why = CannotOpen::Why;

CannotOpen no_run(std::string line) {
    return {Why::no_run, {std::move(line)}};
}

std::variant<OpenedRun, CannotOpen> open_saved(WorldSource const& from, std::string_view file) {
    if (!from.overrides.empty() || from.seed || from.until)
        return no_run(fmt::format(
            "{}: a saved trace is what has happened; --set, --seed and --until need the scenario", file));
    auto read = read_saved_trace(from.scenario);
    if (auto const* trouble = std::get_if<std::string>(&read))
        return CannotOpen{Why::damaged,
                          {fmt::format("{}: cannot open this saved trace: {}", file, *trouble)}};
    SavedTrace& saved = std::get<SavedTrace>(read);
    return OpenedRun{std::move(saved.source), std::move(saved.world), std::move(saved.trace)};
}

} // namespace

std::variant<OpenedRun, CannotOpen> open_run(WorldSource from, std::string_view file) {
    if (is_saved_trace(from.scenario))
        return open_saved(from, file);
    if (std::string const words = other_output_words(from.scenario); !words.empty())
        return no_run(fmt::format("{}: {}", file, words));
    auto loaded = load_world(from);
    if (auto const* complaints = std::get_if<std::vector<Diagnostic>>(&loaded)) {
        CannotOpen trouble;
        for (Diagnostic const& complaint : *complaints)
            trouble.lines.push_back(to_line(complaint, file));
        return trouble;
    }
    World& world = std::get<World>(loaded);
    auto played = run_within(world, {.bytes = longest_story_bytes});
    if (auto const* cut_off = std::get_if<CutOff>(&played))
        return no_run(
            fmt::format("{}: this run is too long to be told: at {}, after {}, what has happened fills {}; "
                        "end it sooner with "
                        "--until, or count what becomes of it with `mailflow batch`, which keeps no story",
                        file, say_instant(cut_off->at), count_of(cut_off->messages, "message", "messages"),
                        write_size(longest_story_bytes)));
    return OpenedRun{std::move(from), std::move(world), std::get<Trace>(std::move(played))};
}

} // namespace mailflow
