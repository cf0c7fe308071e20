#include "base/numbers.hpp"
#include "base/text.hpp"
#include "batch/formats/formats.hpp"
#include "batch/statistics.hpp"
#include "batch/totals.hpp"
#include "batch/troubles.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <utility>

namespace mailflow::batch {

namespace {

/// More lines than this nobody reads in a block.
constexpr std::size_t most_lines = 100;

/// None of them can be less than 0, and so no interval goes there.
struct Metric {
    std::string_view column;
    std::string_view heading;
};
constexpr std::array metrics{Metric{"delivered", "delivered, recipients of a run"},
                             Metric{"refused", "refused, recipients of a run"},
                             Metric{"bounced", "bounced, recipients of a run"},
                             Metric{"queued", "queued at the end, recipients of a run"},
                             Metric{"discarded", "discarded, recipients of a run"},
                             Metric{"spam_delivered", "spam delivered, recipients of a run"},
                             Metric{"delay_mean_s", "mean delay of the delivered, s"},
                             Metric{"honest_delay_mean_s", "mean delay of the delivered, spam left out, s"}};
/// Where there is no spam it says what the one before it says, and is left out.
constexpr std::size_t honest_delay = metrics.size() - 1;

/// A longer name leaves out its middle, so that the numbers stay beside it.
constexpr std::size_t most_letters = 60;

struct GroupName {
    std::string file;
    std::string variation;
    std::string first_run;
};

/// In UTF-8 (RFC 3629).
bool begins_letter(char c) {
    return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U;
}

std::size_t letters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), begins_letter));
}

/// Where so many letters end.
std::size_t end_of_letters(std::string_view text, std::size_t letters) {
    std::size_t at = 0;
    while (at < text.size() && (letters > 0 || !begins_letter(text[at])))
        letters -= begins_letter(text[at++]) ? 1 : 0;
    return at;
}

/// The text, or its two ends and what tells it from others like it.
std::string in_one_line(std::string const& text, std::string const& mark) {
    std::size_t const letters = letters_of(text);
    if (letters <= most_letters)
        return text;
    std::size_t const kept = most_letters - 1 - letters_of(mark);
    std::size_t const tail = kept / 2;
    return fmt::format("{}…{}{}", text.substr(0, end_of_letters(text, kept - tail)),
                       text.substr(end_of_letters(text, letters - tail)), mark);
}

/// What is said of one metric: a line for each variation of each file that has a number of it, up to so many
/// that somebody reads. What all runs share is known of those that are left out, too.
struct MetricLines {
    struct Line {
        GroupName name;
        Spread spread;
    };

    std::vector<Line> shown{};
    std::size_t left_out = 0;
    std::size_t runs = 0; // that have a number
    double least = std::numeric_limits<double>::max();
    double most = std::numeric_limits<double>::lowest();

    void add(GroupName const& name, Spread const& spread) {
        least = std::min(least, spread.least);
        most = std::max(most, spread.most);
        runs += spread.count;
        if (shown.size() < most_lines)
            shown.push_back({name, spread});
        else
            ++left_out;
    }
};

/// Folds rows into groups; holds the values of one group at a time.
class Folding {
public:
    explicit Folding(std::vector<Column> const& columns) : columns_{columns} {
        for (std::size_t i = 0; i < metrics.size(); ++i)
            places_[i] = batch::place_of(columns, metrics[i].column);
        while (columns[parameters_end_].name != "seed")
            ++parameters_end_;
        totals_.emplace(columns, std::vector<std::size_t>(places_.begin(), places_.end()));
    }

    void see(std::vector<std::string> const& row) {
        std::string_view const status = row[status_];
        ++runs_;
        ++statuses_[std::string{status}];
        if (!row[trouble_].empty())
            troubles_.note(row[trouble_], row[0]);
        // All that sets groups apart stands between the number of the run and its seed.
        if (!std::equal(key_.begin(), key_.end(), row.begin() + 1,
                        row.begin() + static_cast<std::ptrdiff_t>(parameters_end_)))
            begin_group(row);
        if (status != name_of(RunStatus::met) && status != name_of(RunStatus::failed))
            return totals_->miss(row, group_count_);
        ++ended_runs_;
        for (std::size_t i = 0; i < metrics.size(); ++i)
            if (auto const number = number_in<double>(row[places_[i]]))
                values_[i].push_back(*number);
        totals_->see(row, group_count_);
    }

    void end_group() {
        if (key_.empty())
            return;
        ++group_count_;
        std::array<std::optional<Spread>, metrics.size()> spreads; // none: no run has a value
        for (std::size_t i = 0; i < metrics.size(); ++i) {
            if (values_[i].empty())
                continue;
            spreads[i] = spread_of(values_[i]);
            lines_[i].add(name_, *spreads[i]);
            values_[i].clear();
        }
        spam_delays_ = spam_delays_ || spreads[honest_delay] != spreads[honest_delay - 1];
    }

    [[nodiscard]] std::array<MetricLines, metrics.size()> const& lines() const { return lines_; }
    /// Whether spam has made a difference to the delays anywhere.
    [[nodiscard]] bool spam_delays() const { return spam_delays_; }
    /// How many have come to their end, and so have numbers.
    [[nodiscard]] std::size_t ended_runs() const { return ended_runs_; }
    [[nodiscard]] bool one_file() const { return files_ == 1; }
    /// Of so many runs, if none were missing.
    [[nodiscard]] std::string heading(std::uint64_t whole_count) const;
    [[nodiscard]] std::string troubles() const { return troubles_.text(); }
    [[nodiscard]] Totals const& totals() const { return *totals_; }

private:
    void begin_group(std::vector<std::string> const& row) {
        end_group();
        key_.assign(row.begin() + 1, row.begin() + static_cast<std::ptrdiff_t>(parameters_end_));
        name_ = {row[file_], variation_words(columns_, row), row[0]};
        files_ += files_ == 0 || last_file_ != row[file_] ? 1 : 0;
        last_file_ = row[file_];
    }

    std::vector<Column> const& columns_;
    std::array<std::size_t, metrics.size()> places_{};
    std::size_t parameters_end_ = 0;
    std::size_t file_ = batch::place_of(columns_, "file");
    std::size_t status_ = batch::place_of(columns_, "status");
    std::size_t trouble_ = batch::place_of(columns_, "trouble");
    std::vector<std::string> key_; // of the group now
    GroupName name_;
    std::array<std::vector<double>, metrics.size()> values_;
    std::optional<Totals> totals_;
    std::array<MetricLines, metrics.size()> lines_;
    bool spam_delays_ = false;
    std::size_t ended_runs_ = 0;
    std::size_t group_count_ = 0;
    std::size_t files_ = 0;
    std::string last_file_;
    std::uint64_t runs_ = 0;
    std::map<std::string, std::uint64_t> statuses_;
    Troubles troubles_;
};

std::string Folding::heading(std::uint64_t whole_count) const {
    std::string text =
        runs_ < whole_count
            ? fmt::format("Interrupted: only {} of {} runs are in this table.\n", runs_, whole_count)
            : std::string{};
    text += fmt::format("{} of {}, {}", count_of(runs_, "run", "runs"),
                        files_ == 1 ? last_file_ : count_of(files_, "file", "files"),
                        count_of(group_count_, "variation", "variations"));
    std::string_view between = ": ";
    for (RunStatus const status : {RunStatus::met, RunStatus::failed, RunStatus::limit, RunStatus::invalid}) {
        auto const found = statuses_.find(std::string{name_of(status)});
        if (found == statuses_.end())
            continue;
        constexpr std::array words{"as expected", "not as expected", "cut off by a limit",
                                   "no valid scenario"};
        text += fmt::format("{}{} {}", std::exchange(between, ", "), found->second,
                            words[static_cast<std::size_t>(status)]);
    }
    return text + "\n";
}

/// With so many digits, and never with fewer than its whole ones.
std::string with_digits(double value, int digits) {
    bool const is_large = std::abs(value) >= std::pow(10, digits) - 0.5;
    return is_large ? fmt::format("{:.0f}", value) : fmt::format("{:.{}g}", value, digits);
}

/// Whole numbers as they are, others with the digits that matter.
std::string number(double value) {
    return with_digits(value, 6);
}

std::string mean(double value) {
    return with_digits(value, 5);
}

/// One column of names and their values; all variations together, then the totals.
class Blocks {
public:
    explicit Blocks(Folding const& folding) : folding_{folding} {
        for (MetricLines const& lines : folding.lines())
            for (auto const& [name, spread] : lines.shown)
                width_ = std::max(width_, letters_of(words_of(name)));
        for (Totals::Total& total : folding.totals().all()) {
            if (totals_.size() == most_lines) {
                ++totals_left_out_;
                continue;
            }
            total.name = in_one_line("all with " + total.name, "");
            width_ = std::max(width_, letters_of(total.name));
            totals_.push_back(std::move(total));
        }
    }

    /// A line for each variation; one for all where the metric is always the same, none where it is always 0.
    [[nodiscard]] std::string of(std::size_t metric) const {
        auto const& [shown, left_out, runs, least, most] = folding_.lines()[metric];
        if (shown.empty() || (least == 0 && most == 0) || (metric == honest_delay && !folding_.spam_delays()))
            return {};
        std::string_view const heading = metrics[metric].heading;
        if (least == most)
            return fmt::format("\n{}: {} in every run{}\n", heading, number(least),
                               runs < folding_.ended_runs() ? " that has one" : "");
        std::string lines;
        for (auto const& [name, spread] : shown)
            lines += line(words_of(name), spread);
        if (left_out > 0)
            lines += fmt::format("  ... and {}; --format csv has them all\n",
                                 count_of(left_out, "more variation", "more variations"));
        for (Totals::Total const& total : totals_)
            if (auto const& spread = total.spreads[metric])
                lines += line(total.name, *spread);
        if (totals_left_out_ > 0)
            lines += fmt::format("  ... and {}\n",
                                 count_of(totals_left_out_, "more single value", "more single values"));
        return fmt::format("\n{}\n  {:<{}} {:>6} {:>9} {:>21} {:>9} {:>9} {:>9}\n{}", heading, "", width_,
                           "runs", "mean", "95 % interval", "5 %", "median", "95 %", lines);
    }

private:
    [[nodiscard]] std::string words_of(GroupName const& name) const {
        bool const one_file = folding_.one_file();
        if (name.variation.empty())
            return one_file ? "all runs"
                            : in_one_line(name.file, fmt::format(" (from run {})", name.first_run));
        return in_one_line(one_file ? name.variation : fmt::format("{}: {}", name.file, name.variation),
                           fmt::format(" (from run {})", name.first_run));
    }
    [[nodiscard]] std::string line(std::string_view name, Spread const& spread) const {
        std::string const interval =
            spread.margin ? fmt::format("{} .. {}", mean(std::max(0.0, spread.mean - *spread.margin)),
                                        mean(spread.mean + *spread.margin))
                          : "-";
        return fmt::format("  {:<{}} {:>6} {:>9} {:>21} {:>9} {:>9} {:>9}\n", name, width_, spread.count,
                           mean(spread.mean), interval, number(spread.p5), number(spread.p50),
                           number(spread.p95));
    }

    Folding const& folding_;
    std::vector<Totals::Total> totals_;
    std::size_t totals_left_out_ = 0;
    std::size_t width_ = 0;
};

} // namespace

void write_table(Rows& rows, PackedOutput& to) {
    Folding folding{rows.columns()};
    for (auto row = rows.next(); !row.empty(); row = rows.next())
        folding.see(fields_of(row));
    folding.end_group();
    Blocks const blocks{folding};
    to.write(folding.heading(rows.whole_count()));
    for (std::size_t metric = 0; metric < metrics.size(); ++metric)
        to.write(blocks.of(metric));
    if (folding.totals().overflowed())
        to.write(
            fmt::format("\nno totals of single values: there are more than {} runs\n", Totals::most_runs));
    to.write(folding.troubles());
}

} // namespace mailflow::batch
