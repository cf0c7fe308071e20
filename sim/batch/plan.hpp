// What a batch plays: files x variations x seeds, as plain values, with a number for each run that never
// changes. The seeds of one variation stand together, then come the next variation and the next file.
#pragma once

#include "batch/factor.hpp"
#include "batch/seeds.hpp"
#include "scenario/load.hpp"
#include "trace/limits.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mailflow::batch {

/// A batch has no more runs than this.
inline constexpr std::uint64_t most_runs = 1'000'000'000;

struct ScenarioFile {
    std::string name; // as rows have it, in UTF-8
    std::string text;
    std::string trouble{}; // why it could not be read
};

struct Plan {
    std::vector<ScenarioFile> files;
    std::vector<Factor> factors; // their product; the last one changes fastest
    SeedList seeds;              // empty: the one of each scenario
    std::optional<Duration> until{};
    Limits limits{};
};

/// Where a run stands in its plan.
struct Place {
    std::size_t file = 0;
    std::uint64_t variation = 0;
    std::uint64_t seed = 0; // its place among the seeds
};

/// Why the plan is none: too many runs, the same value set by two options, or one within the other; or empty.
[[nodiscard]] std::string trouble_with(Plan const& plan);

[[nodiscard]] std::uint64_t variations(Plan const& plan);
/// For each variation of each file, one at least.
[[nodiscard]] std::uint64_t seeds_each(Plan const& plan);
[[nodiscard]] std::uint64_t runs(Plan const& plan);

/// The place of a run, by its number from 0.
[[nodiscard]] Place place_of(Plan const& plan, std::uint64_t run);

/// All pointers, in the order of the factors.
[[nodiscard]] std::vector<std::string> parameters(Plan const& plan);
/// The value of each of the parameters in that variation; none: what the file says.
[[nodiscard]] Factor::Level values_of(Plan const& plan, std::uint64_t variation);
/// The same, ready to be put in.
[[nodiscard]] std::vector<Override> overrides_of(Plan const& plan, std::uint64_t variation);

/// What has put the value of that parameter in, for complaints: "--set", or "v.csv, line 3:" of --vary.
[[nodiscard]] std::string giver_of(Plan const& plan, std::uint64_t variation, std::string_view pointer);

/// 32 hexadecimal digits that two plans share when they give the same rows: made of everything in the plan,
/// the texts of the files too, and of the program's version.
[[nodiscard]] std::string fingerprint(Plan const& plan, std::string_view version);

} // namespace mailflow::batch
