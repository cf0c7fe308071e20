// mailflow run FILE
#include "base/files.hpp"
#include "cli/commands.hpp"
#include "cli/scenarios.hpp"
#include "report/csv.hpp"
#include "report/expect.hpp"
#include "report/json_report.hpp"
#include "report/jsonl.hpp"
#include "report/story.hpp"
#include "run/run.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace mailflow::cli {

namespace {

/// Colour for people only: on a terminal, and unless they said no (https://no-color.org).
Colour colour_for(RunOptions const& options) {
    char const* const no_color = std::getenv("NO_COLOR");
    bool const wanted = no_color == nullptr || *no_color == '\0';
    return options.output.empty() && wanted && ::isatty(STDOUT_FILENO) == 1 ? Colour::on : Colour::off;
}

std::string render(World const& world, Trace const& trace, RunOptions const& options) {
    switch (options.format) {
    case Format::story: return story(world, trace, options.detail, colour_for(options));
    case Format::json: return report_json(world, trace);
    case Format::jsonl: return trace_jsonl(world, trace);
    case Format::csv: return report_csv(world, trace);
    }
    return {};
}

} // namespace

Status run_scenario(RunOptions const& options) {
    auto opened = open_scenario(resolve(options.file), options.overrides);
    if (auto const* status = std::get_if<Status>(&opened))
        return *status;
    World& world = std::get<World>(opened);
    world.seed = options.seed.value_or(world.seed);
    world.until = options.until.value_or(world.until);
    Trace const trace = run(world);

    std::string const text = render(world, trace, options);
    std::string const trouble =
        options.output.empty() ? write_stdout(text) : write_file(options.output, text);
    if (!trouble.empty()) {
        fmt::print(stderr, "mailflow: {}\n", trouble);
        return Status::file_trouble;
    }
    Verification const verification = verify(world, trace, summarize(world, trace));
    for (std::string const& sentence : verification.failed)
        fmt::print(stderr, "mailflow: not as expected: {}\n", sentence);
    return verification.failed.empty() ? Status::done : Status::expectation_failed;
}

} // namespace mailflow::cli
