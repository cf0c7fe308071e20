// The outputs of a batch, one file each: every one takes the same rows and writes them in its way.
#pragma once

#include "base/packed_output.hpp"
#include "batch/rows.hpp"

#include <span>
#include <string>
#include <string_view>

namespace mailflow::batch {

/// A header line, then a line for each run (RFC 4180 with LF alone).
void write_csv(Rows& rows, PackedOutput& to);

/// A list with an object for each run, one a line (RFC 8259). What does not apply is null; parameters are
/// what their values are in JSON, a text where they are none.
void write_json(Rows& rows, PackedOutput& to);

/// JUnit's XML, which build servers read: a suite for each file, a case for each run. An expectation that was
/// not met is a failure, a run that could not be played to its end an error.
void write_junit(Rows& rows, PackedOutput& to);

/// For people: per file and variation the mean, its 95 % confidence interval and percentiles over the seeds.
/// And, where several parameters vary, over all runs with one value of one of them. Keeps the numbers of one
/// variation at a time, and for the latter (batch/totals.hpp) those of all runs.
void write_table(Rows& rows, PackedOutput& to);

/// An SQLite database with the table `runs`. Comes back with a trouble, empty when it went well.
[[nodiscard]] std::string write_sqlite(Rows& rows, PackedOutput& to);
/// Why it has no room for these columns: there are too many, or two that it could not tell apart, as it knows
/// no case in their names; or empty.
[[nodiscard]] std::string sqlite_trouble(std::span<Column const> columns);
/// Whether this program was built with SQLite.
[[nodiscard]] bool has_sqlite();

/// Whether the text is a number in JSON (RFC 8259 section 6).
[[nodiscard]] bool is_json_number(std::string_view text);

/// "greylist=5m, up=false": what sets the variation of a row apart; parameters go by the last part of their
/// pointers where that is clear. Empty without parameters.
[[nodiscard]] std::string variation_words(std::vector<Column> const& columns,
                                          std::vector<std::string> const& row);

} // namespace mailflow::batch
