#include "batch/troubles.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

namespace mailflow::batch {

namespace {

/// 12, 0.5, 2%: no more than one point, so that an address is none.
bool is_number(std::string_view word) {
    if (word.ends_with('%'))
        word.remove_suffix(1);
    return !word.empty() && word.front() != '.' &&
           word.find_first_not_of("0123456789.") == std::string::npos &&
           std::count(word.begin(), word.end(), '.') <= 1;
}

bool is_unit_of_time(std::string_view word) {
    constexpr std::array<std::string_view, 5> units{"ms", "s", "min", "h", "d"};
    return std::find(units.begin(), units.end(), word) != units.end();
}

} // namespace

std::string without_numbers(std::string_view words) {
    constexpr std::string_view opening = "(";
    constexpr std::string_view closing = ",.;:)";
    std::string kind;
    bool behind_number = false;
    while (!words.empty()) {
        std::string_view const word = words.substr(0, words.find(' '));
        words.remove_prefix(std::min(word.size() + 1, words.size()));
        std::size_t const begin = std::min(word.find_first_not_of(opening), word.size());
        std::size_t const last = word.find_last_not_of(closing);
        std::size_t const end = last == std::string_view::npos ? begin : std::max(begin, last + 1);
        std::string_view const core = word.substr(begin, end - begin);
        bool const is_time_goes_on =
            behind_number && begin == 0 && (is_number(core) || is_unit_of_time(core));
        bool const counts = is_time_goes_on || is_number(core);
        if (is_time_goes_on)
            kind += word.substr(end);
        else
            kind += fmt::format("{}{}{}{}", kind.empty() ? "" : " ", word.substr(0, begin),
                                counts ? std::string_view{"#"} : core, word.substr(end));
        behind_number = counts && end == word.size();
    }
    return kind;
}

void Troubles::note(std::string_view words, std::string_view run) {
    std::string const kind = without_numbers(words);
    auto known = kinds_.find(kind);
    if (known == kinds_.end() && kinds_.size() == most_kinds) {
        ++others_;
        return;
    }
    if (known == kinds_.end())
        known = kinds_.emplace(kind, Kind{kinds_.size(), 0, std::string{words}, std::string{run}}).first;
    ++known->second.count;
    known->second.differs = known->second.differs || known->second.words != words;
}

std::string Troubles::text() const {
    std::vector<Kind> kinds(kinds_.size());
    for (auto const& [words, kind] : kinds_)
        kinds[kind.place] = kind;
    std::string text;
    for (Kind const& kind : kinds)
        text += fmt::format("{}, first run {}: {}{}\n", count_of(kind.count, "run", "runs"), kind.first_run,
                            kind.words, kind.differs ? " (and other numbers)" : "");
    if (others_ > 0)
        text +=
            fmt::format("{} with other words; --format csv has them all\n", count_of(others_, "run", "runs"));
    return text.empty() ? text : "\n" + text;
}

} // namespace mailflow::batch
