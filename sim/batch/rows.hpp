// The rows of a batch, one at a time and in their order, wherever they lie: what every output is made of.
#pragma once

#include "batch/columns.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace mailflow::batch {

class Rows {
public:
    virtual ~Rows() = default;

    [[nodiscard]] virtual std::vector<Column> const& columns() const = 0;
    /// The next row as CSV, with its line feed; empty when there is none. Good until the next call.
    [[nodiscard]] virtual std::string_view next() = 0;
    /// Back to before the first row.
    virtual void rewind() = 0;
    /// How many rows there are when none is missing: an interrupted batch has fewer.
    [[nodiscard]] virtual std::uint64_t whole_count() const = 0;
    /// Why next() stopped too early; or empty.
    [[nodiscard]] virtual std::string const& trouble() const = 0;
};

/// The fields of a row.
[[nodiscard]] std::vector<std::string> fields_of(std::string_view row);

/// One field of a row, for one that needs no quotes: none that holds a comma, a quote or a line break.
[[nodiscard]] std::string_view plain_field(std::string_view row, std::size_t place);

/// The number of its run, from 1; 0 when it begins with none.
[[nodiscard]] std::uint64_t run_of(std::string_view row);

} // namespace mailflow::batch
