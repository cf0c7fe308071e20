#include "catch.hpp"

#include "base/csv.hpp"

using namespace mailflow;

namespace {

using Fields = std::vector<std::string>;

std::vector<Fields> records(std::string_view text) {
    CsvReader reader{text};
    std::vector<Fields> records;
    Fields fields;
    while (reader.next(fields))
        records.push_back(fields);
    CHECK(reader.trouble().empty());
    return records;
}

} // namespace

TEST_CASE("fields are quoted where they need it, and read back as they were") {
    Fields const odd{"plain", "", "a,b", "say \"hi\"", "two\nlines", "\r", "\"", "end "};
    std::string line;
    for (std::string const& field : odd)
        line += (line.empty() ? "" : ",") + csv_field(field);
    CHECK(csv_field("plain") == "plain");
    CHECK(csv_field("a,b") == "\"a,b\"");
    CHECK(records(line + "\n") == std::vector<Fields>{odd});
}

TEST_CASE("records end at line feeds, with a carriage return or without, and at the end") {
    CHECK(records("a,b\r\nc,d\n\ne") == std::vector<Fields>{{"a", "b"}, {"c", "d"}, {""}, {"e"}});
    CHECK(records("\xef\xbb\xbf"
                  "a\n") == std::vector<Fields>{{"a"}});
    CHECK(records("a,\n,b\n") == std::vector<Fields>{{"a", ""}, {"", "b"}});
    CHECK(records("a,b\rc,\"d\"\r\re\r") == std::vector<Fields>{{"a", "b"}, {"c", "d"}, {""}, {"e"}});
    CHECK(records("").empty());
}

TEST_CASE("a reader knows on which line a record began") {
    CsvReader reader{"a\n\"b\nb\"\nc\n"};
    Fields fields;
    std::vector<std::size_t> lines;
    while (reader.next(fields))
        lines.push_back(reader.line());
    CHECK(lines == std::vector<std::size_t>{1, 2, 4});
    CHECK(line_breaks_in("a\rb\r\nc\n\r") == 4);
}
