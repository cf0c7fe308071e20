// Reading and writing files, with the trouble as a sentence instead of an exception.
#pragma once

#include <string>
#include <string_view>
#include <variant>

namespace mailflow {

/// Why a file could not be read or written: "cannot read x.json: No such file or directory".
struct FileTrouble {
    std::string words;
};

/// The whole file; "-" is standard input.
[[nodiscard]] std::variant<std::string, FileTrouble> read_file(std::string const& path);

/// Writes the file whole or leaves what was there untouched: a new file beside it takes its place at the end.
/// What is no regular file (a pipe, a device) is written to directly. Empty when it went well.
[[nodiscard]] std::string write_file(std::string const& path, std::string_view text);

/// Writes to standard output; empty when it went well.
[[nodiscard]] std::string write_stdout(std::string_view text);

} // namespace mailflow
