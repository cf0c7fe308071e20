// The runs that share one value of one parameter, whatever the other parameters are: what that value alone
// does. Not the runs of one variation, which has a value of every parameter.
#pragma once

#include "batch/columns.hpp"
#include "batch/statistics.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace mailflow::batch {

class Totals {
public:
    /// The numbers of more runs than this are not kept, and there are no totals.
    static constexpr std::size_t most_runs = 1'000'000;

    /// Borrows the columns. `metrics` are the places of those that are to be totalled.
    Totals(std::vector<Column> const& columns, std::vector<std::size_t> metrics);

    /// A row whose run has come to its end, and which variation of which file it is of, by any number: the
    /// rows of one come together.
    void see(std::vector<std::string> const& row, std::size_t variation);
    /// The same of a run that has no numbers which count: it was cut off, or never played.
    void miss(std::vector<std::string> const& row, std::size_t variation);

    /// Of one value: a spread for each metric, none where no run has a number. Chance is in the seeds alone,
    /// which all variations share, so the margin is that of the means which the seeds have over all
    /// variations; there is none where one of these lacks a number.
    struct Total {
        std::string name; // "greylist=5m"
        std::vector<std::optional<Spread>> spreads;
    };
    /// By parameter, then in the order in which the values came. Empty unless there are several parameters,
    /// of which each has several values; a parameter that has one value is left out.
    [[nodiscard]] std::vector<Total> all() const;
    /// Whether there were too many runs.
    [[nodiscard]] bool overflowed() const { return overflowed_; }

private:
    struct Parameter {
        std::size_t column = 0;
        std::map<std::string, std::uint32_t> numbers{}; // of the values
        std::vector<std::string> names{};               // by number
        std::vector<std::uint32_t> of_run{};
    };

    /// Whether there is room for the numbers of that run.
    [[nodiscard]] bool note(std::vector<std::string> const& row, std::size_t variation);
    [[nodiscard]] Total total_of(Parameter const& parameter, std::uint32_t value) const;
    [[nodiscard]] std::optional<Spread> spread_over(std::vector<std::size_t> const& runs,
                                                    std::size_t metric) const;

    std::vector<Column> const& columns_;
    std::vector<std::size_t> metrics_;
    std::size_t seed_; // its column
    std::vector<Parameter> parameters_;
    std::map<std::string, std::uint32_t> seeds_;
    std::vector<std::uint32_t> seed_of_run_;
    std::vector<std::size_t> variation_of_run_;
    std::vector<double> numbers_; // by run, then by metric; NaN: none
    std::size_t runs_ = 0;
    bool overflowed_ = false;
};

} // namespace mailflow::batch
