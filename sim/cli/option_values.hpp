// The values of options: how they are read, and complained about. Shared by the commands whose options are
// many.
#pragma once

#include "base/text.hpp"
#include "base/time.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::cli {

template<class Value>
struct Choice {
    std::string_view word;
    Value value;
};

/// "; did you mean run?", or nothing when no candidate is near.
[[nodiscard]] inline std::string did_you_mean(std::string_view text,
                                              std::vector<std::string> const& candidates) {
    std::string_view const meant = nearest(text, candidates);
    return meant.empty() ? "" : fmt::format("; did you mean {}?", meant);
}

/// Reads one of a few words. Comes back with a complaint, empty when it went well.
template<class Value, std::size_t count>
[[nodiscard]] std::string choose(std::string const& text, std::array<Choice<Value>, count> const& choices,
                                 Value& value) {
    std::vector<std::string> words;
    for (Choice<Value> const& choice : choices) {
        if (choice.word == text) {
            value = choice.value;
            return {};
        }
        words.emplace_back(choice.word);
    }
    return fmt::format("{} is none of {}{}", text, join_words(words), did_you_mean(text, words));
}

/// Read a moment of a run, and a whole number. Come back with a complaint, empty when it went well.
[[nodiscard]] std::string read_until(std::string const& text, std::optional<Duration>& until);
[[nodiscard]] std::string read_whole_number(std::string const& text, std::optional<std::uint64_t>& number);

/// How many, exactly: 1000000, or shorter 1e6, 2.5e6, 1M, 500k. None when it is no whole number, or too many.
[[nodiscard]] std::optional<std::uint64_t> count_in(std::string_view text);

/// An option with one value that `read` takes or complains about.
template<class Read>
CLI::Option* add_value(CLI::App& command, std::string const& name, std::string const& value_name,
                       std::string const& help, Read read) {
    return command
        .add_option_function<std::string>(
            name,
            [name, read](std::string const& text) {
                if (std::string const words = read(text); !words.empty())
                    throw CLI::ValidationError(name, words); // how CLI11 wants to hear of it
            },
            help)
        ->option_text(value_name);
}

/// The option -o, which names the file that is written: "-" is standard output, as without the option. An
/// empty name, as of an unset variable of a shell, is complained about.
void add_output_file(CLI::App& command, std::string& output, std::string const& help);

} // namespace mailflow::cli
