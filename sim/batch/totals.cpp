#include "batch/totals.hpp"

#include "base/numbers.hpp"
#include "batch/columns.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace mailflow::batch {

namespace {

constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

} // namespace

Totals::Totals(std::vector<Column> const& columns, std::vector<std::size_t> metrics)
    : columns_{columns}
    , metrics_{std::move(metrics)}
    , seed_{place_of(columns, "seed")} {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].type == ColumnType::parameter)
            parameters_.push_back({i});
    if (parameters_.size() < 2)
        parameters_.clear();
}

bool Totals::note(std::vector<std::string> const& row, std::size_t variation) {
    if (parameters_.empty() || overflowed_)
        return false;
    if (runs_ == most_runs) {
        overflowed_ = true;
        numbers_ = {};
        return false;
    }
    ++runs_;
    seed_of_run_.push_back(
        seeds_.try_emplace(row[seed_], static_cast<std::uint32_t>(seeds_.size())).first->second);
    variation_of_run_.push_back(variation);
    for (Parameter& parameter : parameters_) {
        auto const [known, is_new] = parameter.numbers.try_emplace(
            row[parameter.column], static_cast<std::uint32_t>(parameter.names.size()));
        if (is_new)
            parameter.names.push_back(parameter_words(columns_, parameter.column, row[parameter.column]));
        parameter.of_run.push_back(known->second);
    }
    return true;
}

void Totals::see(std::vector<std::string> const& row, std::size_t variation) {
    if (note(row, variation))
        for (std::size_t const place : metrics_)
            numbers_.push_back(number_in<double>(row[place]).value_or(no_number));
}

void Totals::miss(std::vector<std::string> const& row, std::size_t variation) {
    if (note(row, variation))
        numbers_.resize(numbers_.size() + metrics_.size(), no_number);
}

std::optional<Spread> Totals::spread_over(std::vector<std::size_t> const& runs, std::size_t metric) const {
    struct OfSeed {
        double sum = 0;
        std::size_t count = 0;
        bool was_played = false; // with that value
    };
    std::vector<double> values;
    std::vector<OfSeed> of_seed(seeds_.size());
    std::size_t variations = 0;
    std::optional<std::size_t> last_variation;
    for (std::size_t const run : runs) {
        variations += std::exchange(last_variation, variation_of_run_[run]) != variation_of_run_[run] ? 1 : 0;
        OfSeed& its_seed = of_seed[seed_of_run_[run]];
        its_seed.was_played = true;
        double const number = numbers_[run * metrics_.size() + metric];
        if (std::isnan(number))
            continue;
        values.push_back(number);
        its_seed.sum += number;
        ++its_seed.count;
    }
    if (values.empty())
        return std::nullopt;
    Spread spread = spread_of(values);
    std::vector<double> means;
    bool all_there = true;
    for (auto const& [sum, count, was_played] : of_seed) {
        if (count > 0)
            means.push_back(sum / static_cast<double>(count));
        all_there = all_there && (!was_played || count == variations);
    }
    spread.margin = all_there ? spread_of(means).margin : std::nullopt;
    return spread;
}

Totals::Total Totals::total_of(Parameter const& parameter, std::uint32_t value) const {
    Total total{parameter.names[value], {}};
    std::vector<std::size_t> runs;
    for (std::size_t run = 0; run < runs_; ++run)
        if (parameter.of_run[run] == value)
            runs.push_back(run);
    for (std::size_t metric = 0; metric < metrics_.size(); ++metric)
        total.spreads.push_back(spread_over(runs, metric));
    return total;
}

std::vector<Totals::Total> Totals::all() const {
    auto const varies = [](Parameter const& parameter) { return parameter.names.size() > 1; };
    std::vector<Total> totals;
    if (overflowed_ || std::count_if(parameters_.begin(), parameters_.end(), varies) < 2)
        return totals;
    for (Parameter const& parameter : parameters_)
        for (std::uint32_t value = 0; varies(parameter) && value < parameter.names.size(); ++value)
            totals.push_back(total_of(parameter, value));
    return totals;
}

} // namespace mailflow::batch
