#include "scenario/measure_hints.hpp"

#include "base/size.hpp"
#include "base/text.hpp"
#include "base/time.hpp"
#include "scenario/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace mailflow {

namespace {

/// A way in which people write a unit, in lower case, and how many of which unit of the format that is.
struct Spelling {
    std::string_view word;
    std::string_view unit;
    std::uint32_t times = 1;
};

constexpr std::array<Spelling, 23> times{{
    {"", "s"},    {"ms", "ms"},  {"msec", "ms"},   {"millisecond", "ms"}, {"milliseconds", "ms"},
    {"s", "s"},   {"sec", "s"},  {"secs", "s"},    {"second", "s"},       {"seconds", "s"},
    {"m", "m"},   {"min", "m"},  {"mins", "m"},    {"minute", "m"},       {"minutes", "m"},
    {"h", "h"},   {"hr", "h"},   {"hour", "h"},    {"hours", "h"},        {"d", "d"},
    {"day", "d"}, {"days", "d"}, {"week", "d", 7},
}};

constexpr std::array<Spelling, 19> sizes{{
    {"", "B"},          {"b", "B"},          {"byte", "B"},         {"bytes", "B"},        {"octets", "B"},
    {"k", "kB"},        {"kb", "kB"},        {"kilobyte", "kB"},    {"kilobytes", "kB"},   {"m", "MB"},
    {"mb", "MB"},       {"megabyte", "MB"},  {"megabytes", "MB"},   {"g", "GB"},           {"gb", "GB"},
    {"gigabyte", "GB"}, {"gigabytes", "GB"}, {"kib", "B", 1 << 10}, {"mib", "B", 1 << 20},
}};

std::string_view without_blanks(std::string_view text) {
    std::size_t const start = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(start);
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

/// The sum of the numbers with their units, as in "1 hour 30 min"; nothing where any of them is none.
template<auto parse>
auto meant_by(std::string_view text, std::span<Spelling const> spellings) -> decltype(parse(text)) {
    decltype(parse(text)) sum;
    for (text = without_blanks(text); !text.empty(); text = without_blanks(text)) {
        constexpr std::string_view digits = "0123456789.";
        std::string_view const number = text.substr(0, text.find_first_not_of(digits));
        text = without_blanks(text.substr(number.size()));
        std::string const word = lower_case(text.substr(0, text.find_first_of("0123456789. ")));
        text.remove_prefix(word.size());
        auto const spelling =
            std::find_if(spellings.begin(), spellings.end(),
                         [&word](Spelling const& candidate) { return candidate.word == word; });
        if (number.empty() || spelling == spellings.end())
            return std::nullopt;
        auto const part = parse(fmt::format("{}{}", number, spelling->unit));
        if (!part)
            return std::nullopt;
        sum = sum ? *sum + *part * spelling->times : *part * spelling->times;
    }
    return sum;
}

/// A number without a unit is written into a text as well as by itself.
std::string text_of(Value at) {
    if (at.kind() == Kind::text)
        return std::string{at.text()};
    return at.whole_number() ? std::to_string(*at.whole_number()) : std::string{};
}

} // namespace

std::string hint_for_duration(Value at) {
    auto const meant = meant_by<parse_duration>(text_of(at), times);
    return meant && *meant <= longest_time ? fmt::format("did you mean \"{}\"?", write_duration(*meant))
                                           : std::string{};
}

std::string hint_for_size(Value at) {
    auto const meant = meant_by<parse_size>(text_of(at), sizes);
    return meant && *meant > 0 && *meant <= largest_size_bytes
               ? fmt::format("did you mean \"{}\"?", write_size(*meant))
               : std::string{};
}

} // namespace mailflow
