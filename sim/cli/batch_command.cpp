// mailflow batch PATH...
#include "base/standard_error.hpp"
#include "base/text.hpp"
#include "batch/batch.hpp"
#include "batch/formats/formats.hpp"
#include "batch/mpi_batch.hpp"
#include "batch/paths.hpp"
#include "batch/player.hpp"
#include "cli/batch_results.hpp"
#include "cli/interrupts.hpp"
#include "cli/progress.hpp"
#include "cli/scenarios.hpp"
#include "cli/terminal.hpp"
#include "saved/other_output.hpp"
#include "scenario/document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <thread>
#include <unistd.h>

namespace mailflow::cli {

namespace {

Status complain_of_overwriting(std::string_view file) {
    return complain(Status::bad_usage,
                    fmt::format("{} would be overwritten; name another file with -o", file));
}

/// Whether a batch or a run has written it, so that it may write it again.
bool is_older_output(std::string const& bytes) {
    return !other_output_words(bytes).empty() || trimmed(bytes).empty();
}

/// The text of each file; or the status after a complaint. That of an output which lies among them is none of
/// the scenarios in a folder.
std::variant<std::vector<batch::ScenarioFile>, Status> read_scenarios(std::vector<std::string> const& paths,
                                                                      std::string const& output) {
    if (std::find(paths.begin(), paths.end(), "-") != paths.end())
        return complain(Status::bad_usage, "batch reads no standard input; name a file");
    auto expanded = batch::expand_paths(paths);
    if (auto const* trouble = std::get_if<FileTrouble>(&expanded))
        return complain(Status::file_trouble, trouble->words);
    std::vector<batch::ScenarioFile> files;
    for (batch::NamedFile& file : std::get<std::vector<batch::NamedFile>>(expanded)) {
        bool const is_output = is_replaced(output) && is_same_file(file.path, output);
        auto text = read_file(file.path, largest_text_bytes);
        auto const* const there = std::get_if<std::string>(&text);
        if (is_output && (!file.was_found || there == nullptr || !is_older_output(*there)))
            return complain_of_overwriting(file.name);
        if (is_output)
            continue;
        auto const* const trouble = std::get_if<FileTrouble>(&text);
        if (trouble != nullptr && !file.was_found)
            return complain(Status::file_trouble, trouble->words);
        batch::ScenarioFile& scenario = files.emplace_back(batch::ScenarioFile{to_utf8(file.name), {}});
        if (trouble != nullptr)
            scenario.trouble = to_utf8(trouble->words);
        else
            scenario.text = std::get<std::string>(std::move(text));
        if (std::string const words = no_scenario_words(scenario.text); !words.empty()) {
            if (!file.was_found)
                return complain(Status::bad_usage, fmt::format("{}: {}", file.name, words));
            scenario.text.clear();
            scenario.trouble = words;
        }
    }
    if (files.empty())
        return complain(Status::file_trouble,
                        fmt::format("there is no scenario beside {}, which is the output", output));
    return files;
}

/// Of a run, where nobody says anything else: one bad run of many must not take the machine.
constexpr std::uint64_t most_memory = 4'000'000'000;

/// The plan; or the status after a complaint.
std::variant<batch::Plan, Status> make_plan(BatchOptions const& options) {
    auto files = read_scenarios(options.paths, options.output);
    if (auto const* status = std::get_if<Status>(&files))
        return *status;
    batch::Plan plan{.files = std::get<std::vector<batch::ScenarioFile>>(std::move(files)),
                     .factors = {},
                     .seeds = options.seeds,
                     .until = options.until,
                     .limits = options.limits};
    plan.limits.bytes = options.limits.bytes.value_or(most_memory);
    for (std::string const& path : options.tables) {
        if (is_replaced(options.output) && is_same_file(path, options.output))
            return complain_of_overwriting(path);
        auto const text = read_file(path, largest_text_bytes);
        if (auto const* trouble = std::get_if<FileTrouble>(&text))
            return complain(Status::file_trouble, trouble->words);
        if (std::get<std::string>(text).size() > largest_text_bytes)
            return complain(Status::bad_usage, fmt::format("{}: the table is larger than {} MB", path,
                                                           largest_text_bytes / 1'000'000));
        auto factor = batch::parse_variations(std::get<std::string>(text), path);
        if (auto const* words = std::get_if<std::string>(&factor))
            return complain(Status::bad_usage, *words);
        plan.factors.push_back(std::get<batch::Factor>(std::move(factor)));
    }
    plan.factors.insert(plan.factors.end(), options.sets.begin(), options.sets.end());
    if (std::string const words = batch::trouble_with(plan); !words.empty())
        return complain(Status::bad_usage, words);
    if (format_for(options.format, options.output) == BatchFormat::sqlite)
        if (std::string const words = batch::sqlite_trouble(batch::columns_with(batch::parameters(plan)));
            !words.empty())
            return complain(Status::bad_usage, words);
    if (std::string const lines = batch::complaints_when_nothing_is_valid(plan); !lines.empty()) {
        say_on_stderr("{}", lines);
        return Status::bad_usage;
    }
    return plan;
}

/// Options that do not go together; empty when all do.
std::string trouble_with(BatchOptions const& options) {
    if (options.resume && options.output.empty())
        return "--resume goes on with what lies beside an output; name it with -o";
    auto const format = format_wanted(options.format, options.output);
    if (options.shard && format.value_or(BatchFormat::csv) != BatchFormat::csv)
        return "a shard is written as csv, and `mailflow merge --format` makes anything else of the shards";
    return trouble_with(options.format, options.output);
}

/// Where the rows gather: beside the output when that is, or will be, a file.
std::string spool_path(std::string const& output) {
    return is_replaced(output) ? output + ".partial" : std::string{};
}

std::variant<batch::Spool, batch::SpoolTrouble>
open_spool(BatchOptions const& options, batch::SpoolHead const& head, batch::Pieces const& pieces) {
    std::string const path = spool_path(options.output);
    std::error_code ignored;
    if (std::filesystem::is_directory(options.output, ignored))
        return batch::SpoolTrouble{batch::SpoolTrouble::Why::file,
                                   fmt::format("cannot write {}: it is a folder", options.output)};
    if (options.resume && !path.empty())
        return batch::Spool::resume(path, head, pieces);
    return batch::Spool::create(path, head);
}

std::size_t threads(BatchOptions const& options) {
    return static_cast<std::size_t>(options.jobs.value_or(std::max(1U, std::thread::hardware_concurrency())));
}

/// How far it came; the results may lie about or be written already.
void tell_of_interruption(BatchOptions const& options, std::uint64_t rows, batch::SpoolHead const& head,
                          std::string_view rest) {
    std::string const path = spool_path(options.output);
    say_on_stderr("mailflow: interrupted after {} of {} runs; {}\n", rows, head.rows,
                  path.empty()
                      ? rest
                      : fmt::format("{} keeps what was done; the same command with --resume goes on", path));
}

/// A shard's output is its spool, and a checksum.
Status write_shard(batch::SpoolRows& rows, std::string const& output) {
    return write_results(rows, output, [&rows](batch::Rows& all, PackedOutput& to) {
        Checksum sum;
        auto const write = [&](std::string_view text) {
            sum.add(text);
            to.write(text);
        };
        write(to_text(*rows.head()));
        for (auto row = all.next(); !row.empty(); row = all.next())
            write(row);
        to.write(batch::last_line(sum));
        return std::string{};
    });
}

/// What a batch comes to that is to go on with an output which is there already. Whoever starts all shards
/// again plays those that are missing; the part of another batch is left as it is, unless what lies beside
/// it shows that its place was to be taken. Nothing: it is played.
std::optional<Status> finished_before(BatchOptions const& options, batch::SpoolHead const& head) {
    std::error_code ignored;
    if (!options.resume || !std::filesystem::is_regular_file(options.output, ignored))
        return std::nullopt;
    batch::SpoolRows rows{options.output};
    bool const is_part = rows.head() || rows.is_of_other_version();
    auto const trouble = batch::trouble_with(rows, head, options.output);
    if (is_part && trouble && !std::filesystem::exists(spool_path(options.output), ignored))
        return complain(status_of(*trouble), trouble->words);
    if (rows.head() != head || !options.shard)
        return std::nullopt;
    JudgedRows judged{rows};
    std::uint64_t count = 0;
    while (!judged.next().empty())
        ++count;
    bool const whole = count == head.rows && rows.end() == batch::SpoolEnd::whole;
    return whole ? std::optional{judged.status()} : std::nullopt;
}

/// How what the spool has not got yet is played.
using Playing =
    std::function<batch::Left(batch::Plan const&, batch::Pieces const&, batch::Spool&, batch::Watch const&)>;

/// What the spool has, as results where they are wanted; what it comes to.
Status write_out(batch::Spool const& spool, BatchOptions const& options, batch::SpoolHead const& head) {
    if (!spool.trouble().empty())
        return complain(Status::file_trouble, spool.trouble());
    bool const whole = spool.row_count() == head.rows;
    if (!whole)
        tell_of_interruption(options, spool.row_count(), head, "what was done is written");
    std::string const partial = spool_path(options.output);
    if (!whole && !partial.empty())
        return Status::interrupted;
    batch::SpoolRows rows = spool.rows();
    Status const status =
        options.shard ? write_shard(rows, options.output)
                      : write_results(rows, format_for(options.format, options.output), options.output);
    if (status == Status::interrupted)
        tell_of_interruption(options, spool.row_count(), head, "not all of the results are written");
    else if (status != Status::file_trouble && !partial.empty())
        ::unlink(partial.c_str());
    return whole ? status : Status::interrupted;
}

/// The plan from its spool to its results.
Status carry_out(batch::Plan const& plan, BatchOptions const& options, Playing const& playing) {
    batch::Shard const shard = options.shard.value_or(batch::Shard{});
    batch::Pieces const pieces{plan, shard};
    batch::SpoolHead const head = head_of(plan, pieces, shard, MAILFLOW_VERSION);
    if (auto const status = finished_before(options, head))
        return *status;
    listen_for_interrupts();
    auto opened = open_spool(options, head, pieces);
    if (auto const* trouble = std::get_if<batch::SpoolTrouble>(&opened))
        return complain(status_of(*trouble), trouble->words);
    batch::Spool& spool = std::get<batch::Spool>(opened);

    batch::Left left{};
    {
        Progress progress{spool.resumed(), head.rows, "runs"};
        left = playing(plan, pieces, spool, [&](std::uint64_t done) {
            progress.show(done);
            return !interrupted();
        });
    }
    Status const status = write_out(spool, options, head);
    if (left == batch::Left::busy_threads)
        std::_Exit(static_cast<int>(status)); // under the eyes of threads that still read the plan
    return status;
}

Status play_alone(BatchOptions const& options) {
    auto made = make_plan(options);
    if (auto const* status = std::get_if<Status>(&made))
        return *status;
    return carry_out(
        std::get<batch::Plan>(made), options,
        [&](batch::Plan const& plan, batch::Pieces const& pieces, batch::Spool& spool,
            batch::Watch const& watch) { return batch::play(plan, pieces, spool, threads(options), watch); });
}

/// Rank 0, which alone complains and writes. The others hear the fingerprint of the plan when it is to be
/// played, or nothing when it is not.
Status lead_ranks(BatchOptions const& options, batch::Ranks const& ranks) {
    auto made = make_plan(options);
    bool told = false;
    Status status = Status::done;
    if (auto const* failed = std::get_if<Status>(&made))
        status = *failed;
    else
        status = carry_out(std::get<batch::Plan>(made), options,
                           [&](batch::Plan const& plan, batch::Pieces const& pieces, batch::Spool& spool,
                               batch::Watch const& watch) {
                               told = true;
                               (void)ranks.share(fingerprint(plan, MAILFLOW_VERSION));
                               batch::lead(plan, pieces, spool, ranks, watch);
                               return batch::Left::nobody;
                           });
    if (!told)
        (void)ranks.share({});
    return status;
}

Status follow_rank(BatchOptions const& options, batch::Ranks const& ranks) {
    std::string const wanted = ranks.share({});
    if (wanted.empty())
        return Status::done;
    auto made = make_plan(options);
    auto const* plan = std::get_if<batch::Plan>(&made);
    if (plan == nullptr || fingerprint(*plan, MAILFLOW_VERSION) != wanted) {
        (void)complain(Status::file_trouble,
                       fmt::format("process {} does not see the same files as process 0", ranks.rank()));
        ranks.abort(static_cast<int>(Status::file_trouble));
    }
    listen_for_interrupts();
    batch::follow(*plan, ranks, interrupted());
    return Status::done;
}

Status play_together(BatchOptions const& options) {
    if (!batch::has_mpi())
        return complain(Status::bad_usage,
                        "mpirun has started several processes, but this mailflow was built without "
                        "MPI (install libopenmpi-dev and build it again); --shard needs none");
    if (options.jobs.value_or(1) != 1)
        return complain(Status::bad_usage,
                        "under mpirun each process plays one run at a time; start more of them "
                        "instead of --jobs");
    batch::Ranks const ranks;
    return ranks.leads() ? lead_ranks(options, ranks) : follow_rank(options, ranks);
}

} // namespace

Status run_batch(BatchOptions const& options) {
    if (std::string const words = trouble_with(options); !words.empty())
        return complain(Status::bad_usage, words);
    end_at_interrupts();
    return batch::ranks_started() > 1 ? play_together(options) : play_alone(options);
}

} // namespace mailflow::cli
