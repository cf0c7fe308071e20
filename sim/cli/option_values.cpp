#include "cli/option_values.hpp"

#include "scenario/long_time.hpp"
#include "scenario/reader.hpp"

#include <charconv>

namespace mailflow::cli {

std::string read_until(std::string const& text, std::optional<Duration>& until) {
    if (is_too_long_time(text))
        return fmt::format("{} is too long; a run lasts at most {}", text, write_duration(longest_time));
    until = parse_duration(text);
    return until ? std::string{}
                 : fmt::format("{} is no time; write for example 250ms, 90s, 5m, 2h or 5d", text);
}

std::string read_whole_number(std::string const& text, std::optional<std::uint64_t>& number) {
    std::uint64_t value = 0;
    auto const [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (trouble != std::errc{} || end != text.data() + text.size())
        return fmt::format("{} is no whole number from 0 to 18446744073709551615", text);
    number = value;
    return {};
}

void add_output_file(CLI::App& command, std::string& output, std::string const& help) {
    add_value(command, "-o,--output", "FILE", help, [&output](std::string const& name) {
        output = name == "-" ? "" : name;
        return name.empty() ? "the name of the file is empty" : "";
    });
}

} // namespace mailflow::cli
