// Comma-separated values (RFC 4180), one record at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mailflow {

/// The field, in quotes where it needs them (RFC 4180 section 2, rules 5 to 7).
[[nodiscard]] std::string csv_field(std::string_view field);

/// How many lines end in the text: in LF, CRLF, or CR alone, as some spreadsheets write them.
[[nodiscard]] std::size_t line_breaks_in(std::string_view text);

/// Takes records off a text. Lines may end in LF, CRLF, or CR alone; quoted fields may hold line breaks.
class CsvReader {
public:
    /// Borrows the text; a byte order mark at its beginning is passed over.
    explicit CsvReader(std::string_view text);

    /// The next record; false at the end, or when there is no sense in what follows (`trouble` says so).
    [[nodiscard]] bool next(std::vector<std::string>& fields);
    /// What is wrong with the text behind the last record, or empty.
    [[nodiscard]] std::string const& trouble() const { return trouble_; }
    /// The line on which the last record began, from 1.
    [[nodiscard]] std::size_t line() const { return record_line_; }
    /// Whether a field of the last record stood in quotes.
    [[nodiscard]] bool quoted() const { return quoted_; }

private:
    /// The field that begins here; false when it is none.
    bool read_quoted(std::string& field);

    std::string_view rest_;
    std::size_t line_ = 1;
    std::size_t record_line_ = 0;
    bool quoted_ = false;
    std::string trouble_;
};

} // namespace mailflow
