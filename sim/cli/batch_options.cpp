#include "cli/batch_options.hpp"

#include "base/size.hpp"
#include "cli/option_values.hpp"

#include <variant>

namespace mailflow::cli {

namespace {

constexpr std::array batch_choices{
    Choice<BatchFormat>{"table", BatchFormat::table}, Choice<BatchFormat>{"csv", BatchFormat::csv},
    Choice<BatchFormat>{"json", BatchFormat::json}, Choice<BatchFormat>{"junit", BatchFormat::junit},
    Choice<BatchFormat>{"sqlite", BatchFormat::sqlite}};

/// Takes over what was read, or comes back with what is wrong.
template<class Target, class Value>
std::string take(Target& target, std::variant<Value, std::string> read) {
    if (auto const* words = std::get_if<std::string>(&read))
        return *words;
    target = std::get<Value>(std::move(read));
    return {};
}

std::string read_format(std::string const& text, std::optional<BatchFormat>& format) {
    return choose(text, batch_choices, format.emplace());
}

std::string read_positive(std::string const& text, std::optional<std::uint64_t>& number) {
    bool const is_negative = text.starts_with('-');
    number = count_in(is_negative ? std::string_view{text}.substr(1) : std::string_view{text});
    if (!number)
        return fmt::format("{} is no whole number; write for example 1000000, 1e6 or 1M", text);
    return is_negative || *number == 0 ? fmt::format("{} is too few; 1 is the least", text) : "";
}

std::string read_jobs(std::string const& text, std::optional<std::uint64_t>& jobs) {
    constexpr std::uint64_t most = 1024;
    if (std::string words = read_positive(text, jobs); !words.empty())
        return words;
    return *jobs <= most ? "" : fmt::format("{} are too many threads; {} are the most", text, most);
}

std::string read_bytes(std::string const& text, std::optional<std::uint64_t>& bytes) {
    bytes = parse_size(text);
    return bytes && *bytes > 0 ? ""
                               : fmt::format("{} is no size; write for example 500kB, 20MB or 2GB", text);
}

std::string read_set(std::string const& text, std::vector<batch::Factor>& sets) {
    return take(sets.emplace_back(), batch::parse_factor(text));
}

/// An option that may be given several times, with one value each time.
template<class Read>
void add_values(CLI::App& command, std::string const& name, std::string const& value_name,
                std::string const& help, Read read) {
    command
        .add_option_function<std::vector<std::string>>(
            name,
            [name, read](std::vector<std::string> const& texts) {
                for (std::string const& text : texts)
                    if (std::string const words = read(text); !words.empty())
                        throw CLI::ValidationError(name, words); // how CLI11 wants to hear of it
            },
            help)
        ->allow_extra_args(false)
        ->option_text(value_name);
}

void add_output(CLI::App& command, std::optional<BatchFormat>& format, std::string& output) {
    add_value(
        command, "--format", "FORMAT",
        "table for people (default), csv, json, junit, sqlite; without it the name behind -o decides: .txt "
        ".csv .json .xml .sqlite",
        [&](std::string const& text) { return read_format(text, format); });
    add_output_file(command, output,
                    "Write to this file, whole or not at all; compressed when its name ends in .zst");
}

} // namespace

void add_batch(CLI::App& app, BatchOptions& options) {
    CLI::App& batch = *app.add_subcommand(
        "batch", "Run many scenarios, with many seeds and values, in parallel: a row for each run");
    batch
        .add_option("PATH", options.paths,
                    "Scenarios: files, folders (every *.json in and below them that is not hidden), patterns "
                    "in quotes, "
                    "names that 'list' shows")
        ->required()
        ->option_text("...");
    add_value(batch, "--seeds", "SEEDS",
              "Play each with these seeds: 1..1000 or 1,2,5..9 (default: the scenario's)",
              [&](std::string const& text) { return take(options.seeds, batch::SeedList::parse(text)); });
    add_values(
        batch, "--set", "/POINTER=V1,V2",
        "Put each of the values into the scenario (null puts a key back to its default); given several "
        "times, all combinations are played",
        [&](std::string const& text) { return read_set(text, options.sets); });
    batch
        .add_option(
            "--vary", options.tables,
            "A CSV file of variations: JSON pointers in its first line, a variation in each other line; an "
            "empty cell leaves what the scenario says")
        ->allow_extra_args(false)
        ->option_text("FILE.csv");
    add_value(batch, "--until", "TIME", "Stop each run at this moment: 90s, 5m, 2h, 5d",
              [&](std::string const& text) { return read_until(text, options.until); });
    add_value(batch, "--max-events", "N", "Break a run off after so many events: 500000, 1e6, 20M",
              [&](std::string const& text) { return read_positive(text, options.limits.events); });
    add_value(batch, "--max-time", "TIME", "Break a run off that lasts longer, in simulated time",
              [&](std::string const& text) { return read_until(text, options.limits.simulated_time); });
    add_value(batch, "--max-memory", "SIZE",
              "Break a run off that has more in flight: 500kB, 20MB, 2GB (default: 4GB)",
              [&](std::string const& text) { return read_bytes(text, options.limits.bytes); });
    add_value(batch, "--jobs", "N",
              "Threads (default: one for each core); the output is the same with any number",
              [&](std::string const& text) { return read_jobs(text, options.jobs); });
    add_output(batch, options.format, options.output);
    batch.add_flag("--resume", options.resume, "Go on with what an interrupted batch left beside its output");
    add_value(batch, "--shard", "K/N",
              "Play only the K-th of N parts, such as 3/16, and write it as csv, for `merge` to put together",
              [&](std::string const& text) { return take(options.shard, batch::parse_shard(text)); });
    batch.footer(
        "Exit status: 0 every run came out as expected, 1 some did not (the column \"status\" says which: "
        "failed, limit, invalid), 2 bad usage, or no valid scenario at all, 3 a file could not be read or "
        "written, 130 interrupted.");
}

void add_merge(CLI::App& app, MergeOptions& options) {
    CLI::App& merge =
        *app.add_subcommand("merge", "Put the shards of a batch together: what one batch would have written");
    merge
        .add_option(
            "SHARD", options.shards,
            "What `batch --shard` has written, all of it, in any order: files or pipes; - is standard input")
        ->required()
        ->option_text("...");
    add_output(merge, options.format, options.output);
}

} // namespace mailflow::cli
