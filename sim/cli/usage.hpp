// What is wrong with a command line, in words that say what was meant: CLI11 only says what it did not
// expect.
#pragma once

#include <CLI/CLI.hpp>

#include <span>
#include <string>

namespace mailflow::cli {

/// What is wrong with the words behind the program's name, before they are read: a command or an option that
/// there is none of. Empty: nothing.
[[nodiscard]] std::string unknown_words(CLI::App const& app, std::span<char const* const> words);

/// What CLI11 has found wrong, as a whole message for standard error.
[[nodiscard]] std::string complaint(CLI::App const* app, CLI::Error const& error);

} // namespace mailflow::cli
