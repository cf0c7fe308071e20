#include "batch/totals.hpp"

#include "batch/columns.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

namespace mailflow::batch {

Totals::Totals(std::vector<Column> const& columns, std::vector<std::size_t> metrics)
    : columns_{columns}
    , metrics_{std::move(metrics)} {
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].type == ColumnType::parameter)
            parameters_.push_back({i});
    if (parameters_.size() < 2)
        parameters_.clear();
}

void Totals::see(std::vector<std::string> const& row) {
    if (parameters_.empty() || overflowed_)
        return;
    if (runs_ == most_runs) {
        overflowed_ = true;
        numbers_ = {};
        return;
    }
    ++runs_;
    for (Parameter& parameter : parameters_) {
        auto const [known, is_new] = parameter.numbers.try_emplace(
            row[parameter.column], static_cast<std::uint32_t>(parameter.names.size()));
        if (is_new)
            parameter.names.push_back(parameter_words(columns_, parameter.column, row[parameter.column]));
        parameter.of_run.push_back(known->second);
    }
    for (std::size_t const place : metrics_)
        numbers_.push_back(number_in(row[place]).value_or(std::numeric_limits<double>::quiet_NaN()));
}

Totals::Total Totals::total_of(Parameter const& parameter, std::uint32_t value) const {
    Total total{parameter.names[value], {}};
    for (std::size_t metric = 0; metric < metrics_.size(); ++metric) {
        std::vector<double> values;
        for (std::size_t run = 0; run < runs_; ++run)
            if (double const number = numbers_[run * metrics_.size() + metric];
                parameter.of_run[run] == value && !std::isnan(number))
                values.push_back(number);
        total.spreads.push_back(values.empty() ? std::nullopt : std::optional{spread_of(values)});
    }
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
