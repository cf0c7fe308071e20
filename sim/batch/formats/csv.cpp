#include "base/csv.hpp"

#include "batch/formats/formats.hpp"

namespace mailflow::batch {

void write_csv(Rows& rows, PackedOutput& to) {
    std::string header;
    for (Column const& column : rows.columns())
        header += (header.empty() ? "" : ",") + csv_field(column.name);
    to.write(header + "\n");
    for (auto row = rows.next(); !row.empty(); row = rows.next())
        to.write(row);
}

} // namespace mailflow::batch
