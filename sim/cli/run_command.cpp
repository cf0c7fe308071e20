// mailflow run FILE
#include "base/files.hpp"
#include "base/packed_output.hpp"
#include "base/standard_error.hpp"
#include "cli/scenarios.hpp"
#include "cli/terminal.hpp"
#include "report/csv.hpp"
#include "report/expect.hpp"
#include "report/json_report.hpp"
#include "report/lines/jsonl.hpp"
#include "report/story/story.hpp"
#include "saved/open_run.hpp"

#include <fmt/format.h>

#include <unistd.h>

namespace mailflow::cli {

namespace {

/// Writes what was asked for; empty when all went well.
std::string write(OpenedRun const& opened, RunOptions const& options) {
    bool const packed = options.compress || compression_by_name(options.output) == Compression::zstd;
    PackedOutput file{options.output, packed ? Compression::zstd : Compression::none};
    Sink const sink = [&file](std::string_view chunk) { return file.write(chunk); };
    World const& world = opened.world;
    Trace const& trace = opened.trace;
    // What the sink does not take, the file remembers, and says it at the end.
    switch (options.format) {
    case Format::story:
        (void)sink(
            story(world, trace, options.detail, options.output.empty() ? colour_of_terminal() : Colour::off));
        break;
    case Format::json: (void)write_json(world, trace, sink); break;
    case Format::jsonl: (void)write_jsonl(world, trace, sink); break;
    case Format::csv: (void)write_csv(world, trace, sink); break;
    case Format::trace: (void)write_saved_trace(opened.source, world, trace, sink); break;
    }
    return file.commit();
}

/// What a terminal would only be confused by.
bool is_binary(RunOptions const& options) {
    return options.format == Format::trace || options.compress;
}

std::variant<OpenedRun, Status> open(RunOptions const& options) {
    auto bytes = read_file(resolve(options.file));
    if (auto const* trouble = std::get_if<FileTrouble>(&bytes)) {
        say_on_stderr("mailflow: {}\n", read_trouble(options.file, *trouble));
        return Status::file_trouble;
    }
    auto opened = open_run({.scenario = std::get<std::string>(std::move(bytes)),
                            .overrides = options.overrides,
                            .seed = options.seed,
                            .until = options.until},
                           options.file == "-" ? "<stdin>" : resolve(options.file));
    if (auto* run = std::get_if<OpenedRun>(&opened))
        return std::move(*run);
    CannotOpen const& trouble = std::get<CannotOpen>(opened);
    for (std::string const& line : trouble.lines)
        say_on_stderr("{}\n", line);
    return trouble.why == CannotOpen::Why::damaged ? Status::file_trouble : Status::bad_usage;
}

} // namespace

Status run_scenario(RunOptions const& options) {
    if (is_binary(options) && options.output.empty() && ::isatty(STDOUT_FILENO) == 1) {
        say_on_stderr("mailflow: this is nothing to read on a terminal; name a file with -o\n");
        return Status::bad_usage;
    }
    if (is_replaced(options.output) && is_same_file(resolve(options.file), options.output)) {
        say_on_stderr("mailflow: {} would be overwritten; name another file with -o\n", options.file);
        return Status::bad_usage;
    }
    auto opened = open(options);
    if (auto const* status = std::get_if<Status>(&opened))
        return *status;
    OpenedRun const& run = std::get<OpenedRun>(opened);
    if (std::string const trouble = write(run, options); !trouble.empty()) {
        say_on_stderr("mailflow: {}\n", trouble);
        return Status::file_trouble;
    }
    Verification const verification = verify(run.world, run.trace, summarize(run.world, run.trace));
    for (std::string const& sentence : verification.failed)
        say_on_stderr("mailflow: not as expected: {}\n", sentence);
    return verification.failed.empty() ? Status::done : Status::expectation_failed;
}

} // namespace mailflow::cli
