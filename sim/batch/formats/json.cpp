#include "batch/formats/formats.hpp"
#include "scenario/places.hpp"

#include <fmt/format.h>

namespace mailflow::batch {

namespace {

std::size_t digits_from(std::string_view text, std::size_t at) {
    std::size_t const end = text.find_first_not_of("0123456789", at);
    return (end == std::string_view::npos ? text.size() : end) - at;
}

std::string value_of(Column const& column, std::string const& field) {
    if (field.empty())
        return "null";
    switch (column.type) {
    case ColumnType::text: return json_string(field);
    case ColumnType::whole:
    case ColumnType::real: return field;
    case ColumnType::parameter: break;
    }
    return is_json_number(field) || field == "true" || field == "false" ? field : json_string(field);
}

} // namespace

bool is_json_number(std::string_view text) {
    std::size_t at = text.starts_with('-') ? 1 : 0;
    std::size_t const whole = digits_from(text, at);
    if (whole == 0 || (whole > 1 && text[at] == '0'))
        return false;
    at += whole;
    if (at < text.size() && text[at] == '.') {
        std::size_t const fraction = digits_from(text, ++at);
        if (fraction == 0)
            return false;
        at += fraction;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        at += at < text.size() && (text[at] == '+' || text[at] == '-') ? 1 : 0;
        std::size_t const exponent = digits_from(text, at);
        if (exponent == 0)
            return false;
        at += exponent;
    }
    return at == text.size();
}

void write_json(Rows& rows, PackedOutput& to) {
    auto const& columns = rows.columns();
    std::vector<std::string> keys;
    for (Column const& column : columns)
        keys.push_back(json_string(column.name));
    to.write("[");
    std::string_view between = "\n  ";
    for (auto row = rows.next(); !row.empty(); row = rows.next()) {
        auto const fields = fields_of(row);
        std::string object;
        for (std::size_t i = 0; i < columns.size(); ++i)
            object += fmt::format("{}{}: {}", i == 0 ? "{ " : ", ", keys[i], value_of(columns[i], fields[i]));
        to.write(between);
        to.write(object + " }");
        between = ",\n  ";
    }
    to.write("\n]\n");
}

} // namespace mailflow::batch
