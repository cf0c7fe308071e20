// Writing the rows of a batch, as `batch` and `merge` do.
#pragma once

#include "base/packed_output.hpp"
#include "batch/spool.hpp"
#include "cli/commands.hpp"

#include <functional>
#include <string>

namespace mailflow::cli {

/// What --format says, else the output's name without the ".zst" of a packed one; none when neither says it.
[[nodiscard]] std::optional<BatchFormat> format_wanted(std::optional<BatchFormat> option,
                                                       std::string const& output);
/// The same; a table when neither says it.
[[nodiscard]] BatchFormat format_for(std::optional<BatchFormat> option, std::string const& output);

/// Why that cannot be written there; or empty.
[[nodiscard]] std::string trouble_with(std::optional<BatchFormat> option, std::string const& output);

/// What the program ends with over it.
[[nodiscard]] Status status_of(batch::SpoolTrouble const& trouble);

/// The rows of somebody else; sees on their way whether they are of runs that came out as expected. There are
/// no more of them once somebody wants the program to end who did not before.
class JudgedRows final : public batch::Rows {
public:
    explicit JudgedRows(batch::Rows& rows);

    [[nodiscard]] std::vector<batch::Column> const& columns() const override { return rows_.columns(); }
    [[nodiscard]] std::string_view next() override;
    void rewind() override { rows_.rewind(); }
    [[nodiscard]] std::uint64_t whole_count() const override { return rows_.whole_count(); }
    [[nodiscard]] std::string const& trouble() const override { return rows_.trouble(); }

    /// Of the runs, or that there were not all of them.
    [[nodiscard]] Status status() const { return status_; }

private:
    batch::Rows& rows_;
    std::size_t place_;
    bool heeds_interrupts_;
    Status status_ = Status::done;
};

/// Writes the rows; comes back with a trouble, empty when it went well.
using Render = std::function<std::string(batch::Rows& rows, PackedOutput& to)>;

/// Writes them, whole or not at all, and packed where the name asks for it; complains. The status is that of
/// the runs: 1 when one of them did not come out as expected; or that it was interrupted, which is not told
/// yet.
[[nodiscard]] Status write_results(batch::Rows& rows, std::string const& output, Render const& render);
[[nodiscard]] Status write_results(batch::Rows& rows, BatchFormat format, std::string const& output);

} // namespace mailflow::cli
