#include "viz/telling.hpp"

#include "viz/draw/brush.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <utility>

namespace mailflow::viz {

namespace {

constexpr std::string_view left_out = "…";

/// How many letters both end with.
std::size_t common_end(std::string_view a, std::string_view b) {
    auto const differ = std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend());
    return static_cast<std::size_t>(differ.first - a.rbegin());
}

bool is_figure(char c) {
    return c >= '0' && c <= '9';
}

/// What all names that have one end with, from a dot on: ".example". Empty where there are less than two.
std::string shared_domain(std::vector<std::string> const& names) {
    std::optional<std::string> shared;
    std::size_t with_domain = 0;
    for (std::string const& name : names) {
        if (name.find('.') == std::string::npos)
            continue;
        ++with_domain;
        if (shared)
            shared = shared->substr(shared->size() - common_end(*shared, name));
        else
            shared = name.substr(name.find('.'));
    }
    std::size_t const dot = shared ? shared->find('.') : std::string::npos;
    return dot == std::string::npos || with_domain < 2 ? std::string{} : shared->substr(dot);
}

bool is_plain(std::string_view name) {
    return std::none_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) > 127; });
}

bool stands_in_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_';
}

} // namespace

std::vector<TellingPart> telling_parts(std::vector<std::string> const& names) {
    constexpr std::size_t least_letters = 4; // of a word fewer say little
    std::string const domain = shared_domain(names);
    std::vector<std::string_view> heads;
    for (std::string const& name : names)
        heads.push_back(
            std::string_view{name}.substr(0, name.size() - (name.ends_with(domain) ? domain.size() : 0)));
    // Names that end alike stand beside each other when they are sorted by their ends.
    std::vector<std::size_t> by_end(names.size());
    std::iota(by_end.begin(), by_end.end(), std::size_t{0});
    std::sort(by_end.begin(), by_end.end(), [&](std::size_t a, std::size_t b) {
        return std::lexicographical_compare(heads[a].rbegin(), heads[a].rend(), heads[b].rbegin(),
                                            heads[b].rend());
    });
    std::vector<TellingPart> parts(names.size());
    for (std::size_t i = 0; i < by_end.size(); ++i) {
        std::string_view const head = heads[by_end[i]];
        std::size_t alike = 0;
        if (i > 0)
            alike = common_end(head, heads[by_end[i - 1]]);
        if (i + 1 < by_end.size())
            alike = std::max(alike, common_end(head, heads[by_end[i + 1]]));
        std::size_t from = head.size() - std::min(alike + 1, head.size());
        while (from > 0 && is_figure(head[from]) && is_figure(head[from - 1]))
            --from;
        bool const is_number = from < head.size() && is_figure(head[from]);
        if (!is_number)
            from = std::min(from, head.size() - std::min(least_letters, head.size()));
        parts[by_end[i]] = {from, head.size()};
    }
    return parts;
}

std::string shortened(Face font, std::string_view name, TellingPart tells, float width) {
    std::string whole{name};
    if (width_of(font, whole) <= width || !is_plain(name))
        return whole;
    std::string const head = whole.substr(0, tells.to);
    if (width_of(font, head) <= width)
        return head;
    std::string const end = std::string{left_out} + head.substr(tells.from);
    for (std::size_t letters = tells.from; letters > 0; --letters)
        if (std::string said = head.substr(0, letters - 1) + end; width_of(font, said) <= width)
            return said;
    return whole;
}

BriefNames::BriefNames(std::vector<std::string> names) {
    std::vector<TellingPart> const parts = telling_parts(names);
    for (std::size_t i = 0; i < names.size(); ++i)
        known_.push_back({std::move(names[i]), parts[i]});
    std::sort(known_.begin(), known_.end(), [](Known const& a, Known const& b) { return a.name < b.name; });
}

std::string BriefNames::in(std::string_view sentence, Face font, float widest) const {
    std::string brief;
    while (!sentence.empty()) {
        std::size_t end = 0;
        while (end < sentence.size() && stands_in_name(sentence[end]))
            ++end;
        std::size_t name_end = end;
        while (name_end > 0 && sentence[name_end - 1] == '.') // which ends the sentence
            --name_end;
        std::string_view const word = sentence.substr(0, name_end);
        auto const found =
            std::lower_bound(known_.begin(), known_.end(), word,
                             [](Known const& one, std::string_view name) { return one.name < name; });
        bool const is_known = !word.empty() && found != known_.end() && found->name == word;
        brief += is_known ? shortened(font, word, found->tells, widest) : std::string{word};
        brief += sentence.substr(name_end, std::max<std::size_t>(end - name_end, end == 0 ? 1 : 0));
        sentence.remove_prefix(std::max<std::size_t>(end, 1));
    }
    return brief;
}

} // namespace mailflow::viz
