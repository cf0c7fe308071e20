#include "batch/formats/formats.hpp"

namespace mailflow::batch {

std::string variation_words(std::vector<Column> const& columns, std::vector<std::string> const& row) {
    std::string words;
    for (std::size_t i = 0; i < columns.size(); ++i)
        if (columns[i].type == ColumnType::parameter)
            words += (words.empty() ? "" : ", ") + parameter_words(columns, i, row[i]);
    return words;
}

} // namespace mailflow::batch
