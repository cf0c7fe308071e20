// Writing the rows of a batch, as `batch` and `merge` do.
#pragma once

#include "batch/rows.hpp"

#include "cli/commands.hpp"

namespace mailflow::cli {

/// What the output's name says; a table when it says nothing.
[[nodiscard]] BatchFormat format_for(std::optional<BatchFormat> wanted, std::string const& output);

/// Why that cannot be written there; or empty.
[[nodiscard]] std::string trouble_with(BatchFormat format, std::string const& output);

/// Writes them, whole or not at all; complains. The status is that of the runs.
[[nodiscard]] Status write_results(batch::Rows& rows, BatchFormat format, std::string const& output);

/// 1 when one of the runs did not come out as expected.
[[nodiscard]] Status status_of(batch::Rows& rows);

} // namespace mailflow::cli
