// Writing the rows of a batch, as `batch` and `merge` do.
#pragma once

#include "base/files.hpp"
#include "batch/rows.hpp"
#include "cli/commands.hpp"

#include <functional>
#include <string>

namespace mailflow::cli {

/// What the output's name says; a table when it says nothing.
[[nodiscard]] BatchFormat format_for(std::optional<BatchFormat> wanted, std::string const& output);

/// Why that cannot be written there; or empty.
[[nodiscard]] std::string trouble_with(BatchFormat format, std::string const& output);

/// Writes the rows; comes back with a trouble, empty when it went well.
using Render = std::function<std::string(batch::Rows& rows, Output& to)>;

/// Writes them, whole or not at all; complains. The status is that of the runs: 1 when one of them did not
/// come out as expected.
[[nodiscard]] Status write_results(batch::Rows& rows, std::string const& output, Render const& render);
[[nodiscard]] Status write_results(batch::Rows& rows, BatchFormat format, std::string const& output);

} // namespace mailflow::cli
