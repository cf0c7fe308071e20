// The table that a batch makes: what stands in which column. One row for each run, whatever the output.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailflow::batch {

enum class ColumnType : std::uint8_t {
    text,
    whole,    // number
    real,     // number
    parameter // JSON, or a text
};

struct Column {
    std::string name;
    ColumnType type = ColumnType::text;
};

/// How a run ended, as the column "status" has it.
enum class RunStatus : std::uint8_t {
    met,     // every expectation
    failed,  // not every expectation
    limit,   // cut off by one of the limits
    invalid, // never played: no valid scenario
};
[[nodiscard]] std::string_view name_of(RunStatus status);

/// All columns, for a batch that varies these parameters.
[[nodiscard]] std::vector<Column> columns_with(std::span<std::string const> parameters);

/// The place of the column with that name; there must be one.
[[nodiscard]] std::size_t place_of(std::span<Column const> columns, std::string_view name);

/// "greylist=5m": a value of the parameter in that column, which goes by the last part of its pointer where
/// that is clear.
[[nodiscard]] std::string parameter_words(std::span<Column const> columns, std::size_t place,
                                          std::string_view value);

} // namespace mailflow::batch
