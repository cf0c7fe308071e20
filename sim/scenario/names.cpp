#include "scenario/names.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace mailflow {

namespace {

constexpr std::size_t most_candidates = 500;
constexpr std::uint32_t none = 0xffff'ffff;

} // namespace

std::string_view Names::name(std::uint32_t number) const {
    std::size_t const begin = number == 0 ? 0 : ends_[number - 1];
    return std::string_view{names_}.substr(begin, ends_[number] - begin);
}

std::size_t Names::slot_of(std::string_view name) const {
    std::size_t const mask = slots_.size() - 1;
    std::size_t slot = std::hash<std::string_view>{}(name)&mask;
    while (slots_[slot] != none && this->name(slots_[slot]) != name)
        slot = (slot + 1) & mask;
    return slot;
}

void Names::grow() {
    slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), none);
    for (std::uint32_t number = 0; number < size(); ++number)
        slots_[slot_of(name(number))] = number;
}

bool Names::add(std::string_view name) {
    if (2 * (ends_.size() + 1) > slots_.size())
        grow();
    std::string const lowered = case_ == NameCase::ignored ? lower_case(name) : std::string{};
    std::string_view const key = case_ == NameCase::ignored ? lowered : name;
    std::size_t const slot = slot_of(key);
    if (slots_[slot] != none)
        return false;
    slots_[slot] = size();
    names_ += key;
    ends_.push_back(static_cast<std::uint32_t>(names_.size()));
    if (candidates_.size() < most_candidates)
        candidates_.emplace_back(name);
    return true;
}

std::optional<std::uint32_t> Names::find(std::string_view name) const {
    if (slots_.empty())
        return std::nullopt;
    std::uint32_t const number =
        slots_[case_ == NameCase::ignored ? slot_of(lower_case(name)) : slot_of(name)];
    return number == none ? std::nullopt : std::optional{number};
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
