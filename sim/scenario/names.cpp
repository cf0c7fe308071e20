#include "scenario/names.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

namespace mailflow {

namespace {

constexpr std::size_t most_candidates = 500;

} // namespace

bool Names::add(std::string_view name) {
    bool const is_new =
        numbers_.try_emplace(case_ == NameCase::ignored ? lower_case(name) : std::string{name}, size())
            .second;
    if (is_new && candidates_.size() < most_candidates)
        candidates_.emplace_back(name);
    return is_new;
}

std::optional<std::uint32_t> Names::find(std::string_view name) const {
    auto const known = numbers_.find(case_ == NameCase::ignored ? lower_case(name) : std::string{name});
    return known == numbers_.end() ? std::nullopt : std::optional{known->second};
}

std::string Names::hint(std::string_view name) const {
    return hint_among(name, candidates_);
}

std::string hint_among(std::string_view name, std::vector<std::string> const& candidates,
                       std::size_t most_listed) {
    if (std::string_view const meant = nearest(name, candidates); !meant.empty())
        return fmt::format("did you mean \"{}\"?", meant);
    if (candidates.empty() || candidates.size() > most_listed)
        return {};
    std::vector<std::string> quoted;
    for (std::string const& candidate : candidates)
        quoted.push_back(fmt::format("\"{}\"", candidate));
    return fmt::format("there {} {}", quoted.size() == 1 ? "is only" : "are", join_words(quoted));
}

} // namespace mailflow
