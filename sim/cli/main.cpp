// The program mailflow: reads the command line and calls the command. Exit status: cli/commands.hpp.
#include "base/standard_error.hpp"
#include "cli/batch_options.hpp"
#include "cli/commands.hpp"
#include "cli/option_values.hpp"
#include "cli/usage.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <csignal>
#include <iostream>
#include <new>
#include <span>
#include <string>
#include <vector>

namespace mailflow::cli {

namespace {

constexpr std::array detail_choices{Choice<Detail>{"magic", Detail::magic},
                                    Choice<Detail>{"servers", Detail::servers},
                                    Choice<Detail>{"protocol", Detail::protocol}};
constexpr std::array format_choices{
    Choice<Format>{"story", Format::story}, Choice<Format>{"json", Format::json},
    Choice<Format>{"jsonl", Format::jsonl}, Choice<Format>{"csv", Format::csv},
    Choice<Format>{"trace", Format::trace}};

constexpr std::array bench_choices{Choice<BenchFormat>{"table", BenchFormat::table},
                                   Choice<BenchFormat>{"json", BenchFormat::json}};
constexpr std::array port_choices{Choice<Port>{"25", port_smtp}, Choice<Port>{"465", port_submissions},
                                  Choice<Port>{"587", port_submission}};

void read_overrides(std::vector<std::string> const& texts, std::vector<Override>& overrides) {
    for (std::string const& text : texts) {
        auto read = parse_override(text);
        if (auto const* words = std::get_if<std::string>(&read))
            throw CLI::ValidationError("--set", *words); // how CLI11 wants to hear of it
        overrides.push_back(std::get<Override>(std::move(read)));
    }
}

void add_run(CLI::App& app, RunOptions& options) {
    CLI::App& run = *app.add_subcommand("run", "Run a scenario, tell its story and check what it expects");
    run.add_option(
           "FILE", options.file,
           "The scenario: a file, a name that 'list' shows, or - for standard input; or a saved trace")
        ->required()
        ->option_text(" ");
    add_value(run, "--seed", "N", "Play with this seed instead of the scenario's",
              [&](std::string const& text) { return read_whole_number(text, options.seed); });
    add_value(run, "--until", "TIME", "Stop at this moment: 90s, 5m, 2h, 5d",
              [&](std::string const& text) { return read_until(text, options.until); });
    add_value(run, "--detail", "LEVEL",
              "How far the story opens up the magic: magic, servers (default), protocol",
              [&](std::string const& text) { return choose(text, detail_choices, options.detail); });
    add_value(run, "--format", "FORMAT",
              "story for people (default), json: the report, jsonl: every event, csv: a line per recipient, "
              "trace: the run itself, for 'mailflow run' and 'mailflow-viz' to open again",
              [&](std::string const& text) { return choose(text, format_choices, options.format); });
    add_output_file(run, options.output,
                    "Write to this file, whole or not at all; compressed when its name ends in .zst");
    run.add_flag("--compress", options.compress, "Compress the output with zstd, whatever its name");
    run.add_option_function<std::vector<std::string>>(
           "--set", [&](std::vector<std::string> const& texts) { read_overrides(texts, options.overrides); },
           "Put a value into the scenario before it is read: a JSON pointer, =, and a value; what is not "
           "JSON is "
           "taken as a text, and null puts the key back to its default; may be given several times")
        ->allow_extra_args(false)
        ->option_text("/POINTER=VALUE");
}

void add_talk(CLI::App& app, TalkOptions& options) {
    CLI::App& talk =
        *app.add_subcommand("talk", "Speak SMTP with a server: commands on standard input, a line each");
    talk.add_option("FILE", options.file, "The scenario")->required()->option_text(" ");
    talk.add_option("SERVER", options.server, "The host name of one of its servers")
        ->required()
        ->option_text(" ");
    talk.add_option("--from", options.from,
                    "Where you stand: a network of the scenario, or an address (default: a stranger's)")
        ->option_text("NETWORK|ADDRESS");
    add_value(talk, "--port", "PORT", "25 (default), 465 or 587",
              [&](std::string const& text) { return choose(text, port_choices, options.port); });
    talk.add_flag("--explain", options.explain, "Show the rules behind each decision, on standard error");
}

void add_check(CLI::App& app, std::vector<std::string>& files) {
    CLI::App* const check = app.add_subcommand("check", "Check scenarios without running them");
    check->add_option("FILE", files, "The scenarios")->required()->option_text("...");
}

void add_explain(CLI::App& app, std::string& file) {
    CLI::App* const explain =
        app.add_subcommand("explain", "Tell what a bounce or an error message means, and who has to mend it");
    explain->add_option("FILE", file, "The bounce, whole or in part; left out, or -: standard input")
        ->option_text(" ");
}

void add_bench(CLI::App& app, BenchOptions& options) {
    CLI::App& command =
        *app.add_subcommand("bench", "Measure the speed of mailflow against a bare reference");
    command.add_option("WORK", options.works, "The workloads; all when none is named")->option_text("...");
    add_value(command, "--format", "FORMAT", "table (default) or json",
              [&](std::string const& text) { return choose(text, bench_choices, options.format); });
}

int complain(std::string_view words) {
    say_on_stderr("mailflow: {}\n", words);
    return static_cast<int>(Status::bad_usage);
}

/// The status of what CLI11 ended with: help and version that were asked for, or a complaint.
int end_parsing(CLI::App const& app, CLI::ParseError const& error) {
    bool const asked_for = error.get_exit_code() == 0;
    app.exit(error, std::cout, std::cerr);
    std::cout.flush();
    if (!asked_for)
        return static_cast<int>(Status::bad_usage);
    if (std::cout.good())
        return static_cast<int>(Status::done);
    say_on_stderr("mailflow: cannot write to standard output\n");
    return static_cast<int>(Status::file_trouble);
}

int play(int argc, char const* const* argv) {
    CLI::App app{"Shows how mail flows, and where and why relaying is denied.", "mailflow"};
    app.set_version_flag("--version", "mailflow " MAILFLOW_VERSION);
    app.require_subcommand(1);
    app.failure_message(complaint);
    RunOptions options;
    TalkOptions talk_options;
    std::vector<std::string> files;
    add_run(app, options);
    add_check(app, files);
    add_talk(app, talk_options);
    std::string bounce = "-";
    add_explain(app, bounce);
    app.add_subcommand("list", "List the scenarios that come with mailflow");

    BatchOptions batch;
    MergeOptions merge;
    add_batch(app, batch);
    add_merge(app, merge);
    BenchOptions bench;
    add_bench(app, bench);

    if (argc < 2) {
        say_on_stderr("{}", app.help());
        return static_cast<int>(Status::bad_usage);
    }
    std::span<char const* const> const given{argv + 1, static_cast<std::size_t>(argc - 1)};
    if (std::string const words = unknown_words(app, given); !words.empty())
        return complain(words);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return end_parsing(app, error);
    }
    if (app.got_subcommand("run"))
        return static_cast<int>(run_scenario(options));
    if (app.got_subcommand("check"))
        return static_cast<int>(check_scenarios(files));
    if (app.got_subcommand("batch"))
        return static_cast<int>(run_batch(batch));
    if (app.got_subcommand("merge"))
        return static_cast<int>(merge_shards(merge));
    if (app.got_subcommand("bench"))
        return static_cast<int>(run_benchmarks(bench));
    if (app.got_subcommand("explain"))
        return static_cast<int>(explain_bounce(bounce));
    if (app.got_subcommand("talk"))
        return static_cast<int>(talk_with_server(talk_options));
    return static_cast<int>(list_scenarios());
}

} // namespace

} // namespace mailflow::cli

int main(int argc, char** argv) {
    mailflow::keep_standard_error();
    std::signal(SIGXFSZ, SIG_IGN); // a file that may not grow is told of like a full disk
    try {
        return mailflow::cli::play(argc, argv);
    } catch (std::bad_alloc const&) {
        mailflow::say_on_stderr("mailflow: {}\n", mailflow::no_memory_words);
        return static_cast<int>(mailflow::cli::Status::file_trouble);
    }
}
