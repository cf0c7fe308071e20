#include "batch/rows.hpp"

#include "base/csv.hpp"

#include <charconv>

namespace mailflow::batch {

std::vector<std::string> fields_of(std::string_view row) {
    std::vector<std::string> fields;
    CsvReader reader{row};
    (void)reader.next(fields); // a row that is none has too few fields
    return fields;
}

std::string_view plain_field(std::string_view row, std::size_t place) {
    bool quoted = false;
    std::size_t begin = 0;
    for (std::size_t at = 0; at < row.size(); ++at) {
        if (row[at] == '"')
            quoted = !quoted;
        if (quoted || (row[at] != ',' && row[at] != '\n'))
            continue;
        if (place-- == 0)
            return row.substr(begin, at - begin);
        begin = at + 1;
    }
    return {};
}

std::uint64_t run_of(std::string_view row) {
    std::uint64_t number = 0;
    auto const [end, trouble] = std::from_chars(row.data(), row.data() + row.size(), number);
    return trouble == std::errc{} && end != row.data() + row.size() && *end == ',' ? number : 0;
}

} // namespace mailflow::batch
