// The command lines of `batch` and `merge`.
#pragma once

#include "cli/commands.hpp"

#include <CLI/CLI.hpp>

namespace mailflow::cli {

void add_batch(CLI::App& app, BatchOptions& options);
void add_merge(CLI::App& app, MergeOptions& options);

} // namespace mailflow::cli
