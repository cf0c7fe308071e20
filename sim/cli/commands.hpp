// The commands of the program, one file each. Each prints results to standard output, troubles to standard
// error, and comes back with the exit status. The command line itself is read in cli/main.cpp.
#pragma once

#include "base/time.hpp"
#include "batch/pieces.hpp"
#include "mail/command.hpp"
#include "report/detail.hpp"
#include "scenario/load.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailflow::cli {

enum class Status : std::uint8_t {
    done = 0,
    expectation_failed = 1,
    bad_usage = 2, // or a bad scenario
    file_trouble = 3,
    interrupted = 130, // by SIGINT or SIGTERM, as shells say it; only what takes long
};

enum class Format : std::uint8_t { story, json, jsonl, csv, trace };

struct RunOptions {
    std::string file; // "-": standard input
    std::optional<std::uint64_t> seed;
    std::optional<Duration> until;
    std::vector<Override> overrides; // put in before the scenario is read
    Detail detail = Detail::servers;
    Format format = Format::story;
    std::string output;    // empty: standard output
    bool compress = false; // with zstd; a name in .zst asks for it, too
};

enum class BenchFormat : std::uint8_t { table, json };

struct BenchOptions {
    std::vector<std::string> works; // empty: all
    BenchFormat format = BenchFormat::table;
};

enum class BatchFormat : std::uint8_t { table, csv, json, junit, sqlite };

struct BatchOptions {
    std::vector<std::string> paths; // files, folders, patterns
    batch::SeedList seeds;          // empty: the scenario's
    std::vector<batch::Factor> sets;
    std::vector<std::string> tables; // files of variations
    std::optional<Duration> until;
    Limits limits;                     // of each run
    std::optional<std::uint64_t> jobs; // threads; none: one for each core
    std::optional<BatchFormat> format; // none: by the name of the output
    std::string output;                // empty: standard output
    bool resume = false;
    std::optional<batch::Shard> shard; // none: the whole batch
};

struct MergeOptions {
    std::vector<std::string> shards;
    std::optional<BatchFormat> format; // none: by the name of the output
    std::string output;                // empty: standard output
};

/// Runs one scenario, reports, and checks what it expects.
[[nodiscard]] Status run_scenario(RunOptions const& options);

/// Validates; every complaint goes to standard error.
[[nodiscard]] Status check_scenarios(std::vector<std::string> const& files);

/// Plays many scenarios x seeds x parameter values, and makes a table of what came out.
[[nodiscard]] Status run_batch(BatchOptions const& options);

/// Puts the shards of a batch together again.
[[nodiscard]] Status merge_shards(MergeOptions const& options);

struct TalkOptions {
    std::string file;
    std::string server;
    std::string from; // a network or an address; empty: a stranger's
    Port port = port_smtp;
    bool explain = false;
};

/// A conversation with one server of a scenario, on standard input and output; then the story of what it
/// accepted.
[[nodiscard]] Status talk_with_server(TalkOptions const& options);

/// What a bounce, or a line of one, means; "-" is standard input.
[[nodiscard]] Status explain_bounce(std::string const& file);

/// The scenarios that come with the program.
[[nodiscard]] Status list_scenarios();

/// Measures mailflow's own speed against a reference in the same process.
[[nodiscard]] Status run_benchmarks(BenchOptions const& options);

} // namespace mailflow::cli
