#include "cli/option_values.hpp"

#include "base/numbers.hpp"
#include "scenario/long_time.hpp"
#include "scenario/reader.hpp"

#include <algorithm>

namespace mailflow::cli {

std::string read_until(std::string const& text, std::optional<Duration>& until) {
    if (is_too_long_time(text))
        return fmt::format("{} is too long; a run lasts at most {}", text, write_duration(longest_time));
    until = parse_duration(text);
    return until ? std::string{}
                 : fmt::format("{} is no time; write for example 250ms, 90s, 5m, 2h or 5d", text);
}

std::string read_whole_number(std::string const& text, std::optional<std::uint64_t>& number) {
    auto const value = number_in<std::uint64_t>(text);
    if (!value)
        return fmt::format("{} is no whole number from 0 to 18446744073709551615", text);
    number = value;
    return {};
}

std::optional<std::uint64_t> count_in(std::string_view text) {
    constexpr std::size_t most_zeros = 19;
    std::size_t const end = std::min(text.find_first_not_of("0123456789."), text.size());
    if (end == 0)
        return std::nullopt;
    std::string digits{text.substr(0, end)};
    std::string_view scale = text.substr(end);
    std::size_t zeros = scale == "k" ? 3 : scale == "M" ? 6 : scale == "G" ? 9 : 0;
    if (scale.starts_with('e') || scale.starts_with('E')) {
        scale.remove_prefix(scale.substr(1).starts_with('+') ? 2 : 1);
        auto const exponent = number_in<std::size_t>(scale);
        if (!exponent || *exponent > most_zeros)
            return std::nullopt;
        zeros = *exponent;
    } else if (zeros == 0 && !scale.empty()) {
        return std::nullopt;
    }
    if (std::size_t const point = digits.find('.'); point != std::string::npos) {
        std::size_t const places = digits.size() - point - 1;
        if (point == 0 || places == 0 || places > zeros)
            return std::nullopt;
        digits.erase(point, 1);
        zeros -= places;
    }
    digits.append(zeros, '0');
    return number_in<std::uint64_t>(digits);
}

void add_output_file(CLI::App& command, std::string& output, std::string const& help) {
    add_value(command, "-o,--output", "FILE", help, [&output](std::string const& name) {
        output = name == "-" ? "" : name;
        return name.empty() ? "the name of the file is empty" : "";
    });
}

} // namespace mailflow::cli
