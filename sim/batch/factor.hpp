// What a batch varies in its scenarios, as it is written: --set /pointer=v1,v2,v3 and a table of variations.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace mailflow::batch {

/// Values that are put in together, in several ways: of --set one pointer with a value for each level, of
/// --vary a column for each pointer and a row for each level.
struct Factor {
    using Level = std::vector<std::optional<std::string>>; // by pointer; none: what the file says

    std::vector<std::string> pointers;
    std::vector<Level> levels;
    std::string table{};              // the name of the file of --vary, in UTF-8; empty: --set
    std::vector<std::size_t> lines{}; // of it, by level
};

/// Reads "/pointer=v1,v2,v3"; or says what is wrong with it. Commas in brackets, braces and quotes belong to
/// the value. No value may be given twice: its runs would be the same, and count double.
[[nodiscard]] std::variant<Factor, std::string> parse_factor(std::string_view text);

/// Reads a table of variations, which is CSV: JSON pointers in its first line, then a line for each
/// variation; an empty cell leaves what the file says. An empty line is passed over. A line of several empty
/// cells, none of which stands in quotes, may be a variation or what a spreadsheet has left, and is refused.
/// No variation may be there twice. Or says what is wrong with it, "FILE:LINE: ...".
[[nodiscard]] std::variant<Factor, std::string> parse_variations(std::string_view csv, std::string_view file);

} // namespace mailflow::batch
