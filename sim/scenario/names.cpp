#include "scenario/names.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow {

namespace {

constexpr std::size_t most_candidates = 500;

} // namespace

std::string_view Names::name(std::uint32_t number) const {
    std::size_t const begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view{names_}.substr(begin, ends_[number] - begin);
}

bool Names::add(std::string_view name) {
    bool const is_new = number(name);
    if (is_new && candidates_.size() < most_candidates)
        candidates_.emplace_back(name);
    return is_new;
}

bool Names::add_refused(std::string_view name) {
    bool const is_new = number(name);
    if (is_new && refused_.size() < most_candidates)
        refused_.emplace_back(name);
    return is_new;
}

bool Names::mends_refused(std::string_view name) const {
    std::vector<std::string> all = candidates_;
    all.insert(all.end(), refused_.begin(), refused_.end());
    std::string_view const meant = nearest(name, all);
    return std::find(refused_.begin(), refused_.end(), meant) != refused_.end();
}

bool Names::number(std::string_view name) {
    std::string const lowered = case_ == NameCase::ignored ? lower_case(name) : std::string{};
    std::string_view const key = case_ == NameCase::ignored ? lowered : name;
    std::uint32_t const fresh = size();
    if (numbers_.find_or_add(key, fresh, [this](std::uint32_t n) { return this->name(n); }) != fresh)
        return false;
    names_ += key;
    ends_.push_back(static_cast<std::uint32_t>(names_.size()));
    return true;
}

std::optional<std::uint32_t> Names::find(std::string_view name) const {
    auto const text_of = [this](std::uint32_t n) { return this->name(n); };
    return case_ == NameCase::ignored ? numbers_.find(lower_case(name), text_of)
                                      : numbers_.find(name, text_of);
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
