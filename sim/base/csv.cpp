#include "base/csv.hpp"

#include <algorithm>

namespace mailflow {

std::size_t line_breaks_in(std::string_view text) {
    auto breaks = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    for (std::size_t at = 0; (at = text.find('\r', at)) != std::string_view::npos; ++at)
        breaks += text.substr(at).starts_with("\r\n") ? 0 : 1;
    return breaks;
}

std::string csv_field(std::string_view field) {
    if (field.find_first_of(",\"\r\n") == std::string_view::npos)
        return std::string{field};
    std::string text = "\"";
    for (char const c : field) {
        text += c;
        if (c == '"')
            text += c;
    }
    return text + '"';
}

CsvReader::CsvReader(std::string_view text) : rest_{text} {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (rest_.starts_with(byte_order_mark))
        rest_.remove_prefix(byte_order_mark.size());
}

bool CsvReader::read_quoted(std::string& field) {
    rest_.remove_prefix(1);
    for (;;) {
        std::size_t const quote = rest_.find('"');
        if (quote == std::string_view::npos) {
            trouble_ = "a quote that opens a field is never closed";
            return false;
        }
        field += rest_.substr(0, quote);
        line_ += line_breaks_in(rest_.substr(0, quote));
        rest_.remove_prefix(quote + 1);
        if (!rest_.starts_with('"'))
            break;
        field += '"';
        rest_.remove_prefix(1);
    }
    if (rest_.empty() || rest_.starts_with(',') || rest_.starts_with('\n') || rest_.starts_with('\r'))
        return true;
    trouble_ = "something stands between the closing quote of a field and the next comma";
    return false;
}

bool CsvReader::next(std::vector<std::string>& fields) {
    fields.clear();
    if (rest_.empty() || !trouble_.empty())
        return false;
    record_line_ = line_;
    quoted_ = false;
    for (;;) {
        std::string field;
        if (rest_.starts_with('"')) {
            quoted_ = true;
            if (!read_quoted(field))
                return false;
        } else {
            std::size_t const end = std::min(rest_.find_first_of(",\r\n"), rest_.size());
            field = rest_.substr(0, end);
            rest_.remove_prefix(end);
        }
        fields.push_back(std::move(field));
        if (!rest_.starts_with(','))
            break;
        rest_.remove_prefix(1);
    }
    if (!rest_.empty()) {
        rest_.remove_prefix(rest_.starts_with("\r\n") ? 2 : 1);
        ++line_;
    }
    return true;
}

} // namespace mailflow
