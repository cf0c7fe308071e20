#include "batch/player.hpp"

#include "base/csv.hpp"
#include "base/text.hpp"
#include "batch/columns.hpp"
#include "report/expect.hpp"
#include "run/count.hpp"
#include "run/run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <new>
#include <set>

namespace mailflow::batch {

namespace {

/// Of a run whose expectations failed, the story is played once more for the words, unless it is longer.
constexpr std::uint64_t most_events_for_words = 100'000;

/// The complaint as a line, with what has put in the value that it is about.
std::string line_of(Diagnostic const& diagnostic, Plan const& plan, Place const& place) {
    return to_line(diagnostic, plan.files[place.file].name,
                   giver_of(plan, place.variation, diagnostic.override_pointer));
}

/// The first complaint, and how many more there are. One about a value that was put in tells more than what
/// follows from it.
std::string words_of(std::vector<Diagnostic> const& diagnostics, Plan const& plan, Place const& place) {
    auto const about_value =
        std::find_if(diagnostics.begin(), diagnostics.end(),
                     [](Diagnostic const& diagnostic) { return !diagnostic.override_pointer.empty(); });
    std::string words =
        line_of(about_value != diagnostics.end() ? *about_value : diagnostics.front(), plan, place);
    if (diagnostics.size() > 1)
        words +=
            fmt::format(" (and {})", count_of(diagnostics.size() - 1, "more complaint", "more complaints"));
    return words;
}

std::string limit_words(Numbers const& numbers) {
    switch (numbers.ended_by) {
    case EndedBy::events: return fmt::format("stopped by the limit of events, after {}", numbers.events);
    case EndedBy::simulated_time:
        return fmt::format("stopped by the limit of simulated time, at {}", say_instant(numbers.ended_at));
    case EndedBy::memory:
        return fmt::format("stopped by the limit of memory, at {}", say_instant(numbers.ended_at));
    case EndedBy::itself:
    case EndedBy::until:
    case EndedBy::stop: break;
    }
    return {};
}

/// Which expectation failed first; of long runs only how many.
std::string failure_words(World const& world, std::uint64_t seed, Numbers const& numbers) {
    if (numbers.events > most_events_for_words)
        return fmt::format("not as expected: {}",
                           count_of(numbers.expectations.failed, "expectation", "expectations"));
    Trace const trace = run(world, seed);
    auto const failed = verify(world, trace, summarize(world, trace)).failed;
    assert(!failed.empty());
    std::string words = "not as expected: " + failed.front();
    if (failed.size() > 1)
        words += fmt::format(" (and {} more)", failed.size() - 1);
    return words;
}

/// What a run came to: what stands behind the seed in its row.
struct Came {
    RunStatus status = RunStatus::invalid;
    std::optional<Numbers> numbers; // none: not played to an end
    std::string trouble;
};

Came play_world(World const& world, std::uint64_t seed, Limits const& limits) {
    try {
        Came came;
        Numbers const& numbers = came.numbers.emplace(count(world, seed, limits));
        if (numbers.ended_by == EndedBy::stop)
            return came;
        came.trouble = limit_words(numbers);
        came.status = !came.trouble.empty()             ? RunStatus::limit
                      : numbers.expectations.failed > 0 ? RunStatus::failed
                                                        : RunStatus::met;
        if (came.status == RunStatus::failed)
            came.trouble = failure_words(world, seed, numbers);
        return came;
    } catch (std::bad_alloc const&) {
        return {RunStatus::limit, std::nullopt, "the machine has no more memory for this run"};
    }
}

void add_delays(std::string& row, DurationHistogram const& delays) {
    for (auto const& delay : {delays.mean(), delays.percentile(0.5), delays.percentile(0.9),
                              delays.percentile(0.99), delays.most()})
        row += delay ? fmt::format("{},", seconds(*delay)) : ",";
}

void add_numbers(std::string& row, Numbers const& numbers) {
    Outcomes const recipients = numbers.recipients();
    std::uint64_t deferrals = 0;
    for (ServerNumbers const& server : numbers.servers)
        deferrals += server.deferred;
    auto const add = [&row](std::uint64_t number) {
        fmt::format_int const digits{number};
        row.append(digits.data(), digits.size()) += ',';
    };
    add(numbers.expectations.met);
    add(numbers.expectations.failed);
    add(numbers.messages);
    add(recipients.all());
    for (Outcome const outcome :
         {Outcome::delivered, Outcome::refused, Outcome::bounced, Outcome::queued, Outcome::discarded})
        add(recipients.of(outcome));
    add(numbers.fetched);
    add_delays(row, numbers.delays());
    add_delays(row, numbers.people_delays);
    add(deferrals);
    add(numbers.bounces.all());
    add(numbers.spam.all());
    add(numbers.spam.of(Outcome::delivered));
    add(numbers.backscatter.all());
    row += fmt::format("{},", seconds(numbers.ended_at.since_start));
    add(numbers.events);
    for (std::size_t reason = 1; reason < reason_names.size(); ++reason)
        add(recipients.of(static_cast<Reason>(reason)));
}

/// How many columns add_numbers fills.
std::size_t number_columns() {
    auto const columns = columns_with({});
    return place_of(columns, "trouble") - place_of(columns, "expectations_met");
}

} // namespace

Player::Player(Plan const& plan, Scenes& scenes, std::atomic<bool> const& stop)
    : plan_{plan}
    , scenes_{scenes}
    , limits_{plan.limits} {
    limits_.stop = &stop;
}

std::string Player::play(std::uint64_t run) {
    Place const place = place_of(plan_, run);
    if (!scene_ || scene_->file != place.file || scene_->variation != place.variation) {
        scene_.reset(); // before there are two
        scene_ = scenes_.take(place);
    }
    auto const* const world = std::get_if<World>(&scene_->loaded);
    std::optional<std::uint64_t> seed;
    if (!plan_.seeds.empty())
        seed = plan_.seeds.at(place.seed);
    else if (world != nullptr)
        seed = world->seed;
    Came came;
    if (world != nullptr)
        came = play_world(*world, *seed, limits_);
    else
        came.trouble = words_of(std::get<std::vector<Diagnostic>>(scene_->loaded), plan_, place);

    if (came.numbers && came.numbers->ended_by == EndedBy::stop)
        return {};

    std::string row = fmt::format("{},{}{},{},", run + 1, scene_->row_beginning,
                                  seed ? std::to_string(*seed) : "", name_of(came.status));
    if (came.numbers)
        add_numbers(row, *came.numbers);
    else
        row.append(number_columns(), ',');
    return row + csv_field(printable(came.trouble)) + "\n";
}

std::string Player::play(Piece const& piece) {
    std::string rows;
    for (std::uint64_t i = 0; i < piece.count; ++i) {
        std::string const row = *limits_.stop ? std::string{} : play(piece.first + i);
        if (row.empty())
            break;
        rows += row;
    }
    return rows;
}

std::string complaints_when_nothing_is_valid(Plan const& plan) {
    constexpr std::size_t most_lines = 50;
    std::set<std::string> seen; // whichever line of a table has said it
    std::string lines;
    bool more = false;
    std::uint64_t const each = seeds_each(plan);
    for (std::uint64_t run = 0; run < runs(plan); run += each) {
        Place const place = place_of(plan, run);
        Loaded const loaded = load_variation(plan, place);
        if (std::holds_alternative<World>(loaded))
            return {};
        std::string const& file = plan.files[place.file].name;
        for (Diagnostic const& diagnostic : std::get<std::vector<Diagnostic>>(loaded)) {
            bool const names_no_file = plan.files.size() > 1 && !diagnostic.override_pointer.empty();
            std::string const which = names_no_file ? file + ": " : std::string{};
            std::string said = which + to_line(diagnostic, file);
            if (seen.contains(said))
                continue;
            more = seen.size() == most_lines;
            if (more)
                continue;
            seen.insert(std::move(said));
            lines += which + line_of(diagnostic, plan, place) + "\n";
        }
    }
    return more ? lines + "... and more of the kind\n" : lines;
}

} // namespace mailflow::batch
