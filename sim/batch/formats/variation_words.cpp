#include "batch/formats/formats.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace mailflow::batch {

namespace {

std::string_view last_token(std::string_view pointer) {
    return pointer.substr(pointer.rfind('/') + 1);
}

} // namespace

std::string variation_words(std::vector<Column> const& columns, std::vector<std::string> const& row) {
    std::string words;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (columns[i].type != ColumnType::parameter)
            continue;
        std::string_view const token = last_token(columns[i].name);
        bool const is_clear =
            std::count_if(columns.begin(), columns.end(), [token](Column const& column) {
                return column.type == ColumnType::parameter && last_token(column.name) == token;
            }) == 1;
        words += fmt::format("{}{}={}", words.empty() ? "" : ", ", is_clear ? token : columns[i].name,
                             row[i].empty() ? "as in the file" : row[i]);
    }
    return words;
}

} // namespace mailflow::batch
