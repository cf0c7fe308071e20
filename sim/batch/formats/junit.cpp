#include "batch/formats/formats.hpp"

#include <fmt/format.h>

namespace mailflow::batch {

namespace {

/// As the value of an attribute (XML 1.0 section 2.4). Control characters, U+FFFE and U+FFFF have no place in
/// it (section 2.2).
std::string escaped(std::string_view text) {
    std::string safe;
    for (std::size_t at = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (std::string_view const letter = text.substr(at, 3);
            letter == "\xef\xbf\xbe" || letter == "\xef\xbf\xbf") {
            safe += '?';
            at += 2;
            continue;
        }
        switch (c) {
        case '&': safe += "&amp;"; break;
        case '<': safe += "&lt;"; break;
        case '>': safe += "&gt;"; break;
        case '"': safe += "&quot;"; break;
        default: safe += static_cast<unsigned char>(c) < 0x20 ? '?' : c;
        }
    }
    return safe;
}

struct Counts {
    std::uint64_t tests = 0;
    std::uint64_t failures = 0;
    std::uint64_t errors = 0;

    void add(Counts const& other) {
        tests += other.tests;
        failures += other.failures;
        errors += other.errors;
    }
};

struct Suite {
    std::string file;
    Counts counts;
};

/// Where what a case needs stands in a row.
struct Places {
    explicit Places(std::vector<Column> const& columns)
        : file{place_of(columns, "file")}
        , seed{place_of(columns, "seed")}
        , status{place_of(columns, "status")}
        , trouble{place_of(columns, "trouble")} {}

    std::size_t file;
    std::size_t seed;
    std::size_t status;
    std::size_t trouble;
};

Counts counts_of(std::string_view status) {
    bool const failed = status == name_of(RunStatus::failed);
    bool const met = status == name_of(RunStatus::met);
    return {1, failed ? 1U : 0U, failed || met ? 0U : 1U};
}

/// The suites in the order of their rows, which stand together.
std::vector<Suite> suites_in(Rows& rows, Places const& places) {
    std::vector<Suite> suites;
    for (auto row = rows.next(); !row.empty(); row = rows.next()) {
        auto const fields = fields_of(row);
        if (suites.empty() || suites.back().file != fields[places.file])
            suites.push_back({fields[places.file], {}});
        suites.back().counts.add(counts_of(fields[places.status]));
    }
    return suites;
}

std::string opening(std::string_view tag, std::string_view name, Counts const& counts) {
    return fmt::format("<{} name=\"{}\" tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"0\">\n", tag,
                       escaped(name), counts.tests, counts.failures, counts.errors);
}

std::string test_case(std::vector<Column> const& columns, std::vector<std::string> const& fields,
                      Places const& places) {
    std::string const variation = variation_words(columns, fields);
    std::string const text = fmt::format("    <testcase classname=\"{}\" name=\"run {}: {}{}seed {}\"",
                                         escaped(fields[places.file]), fields[0], escaped(variation),
                                         variation.empty() ? "" : ", ",
                                         fields[places.seed].empty() ? "unknown" : fields[places.seed]);
    Counts const counts = counts_of(fields[places.status]);
    if (counts.failures + counts.errors == 0)
        return text + "/>\n";
    return text + fmt::format(">\n      <{} type=\"{}\" message=\"{}\"/>\n    </testcase>\n",
                              counts.failures > 0 ? "failure" : "error", escaped(fields[places.status]),
                              escaped(fields[places.trouble]));
}

} // namespace

void write_junit(Rows& rows, PackedOutput& to) {
    auto const& columns = rows.columns();
    Places const places{columns};
    std::vector<Suite> const suites = suites_in(rows, places);
    rows.rewind();
    Counts all;
    for (Suite const& suite : suites)
        all.add(suite.counts);
    to.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + opening("testsuites", "mailflow batch", all));
    for (Suite const& suite : suites) {
        to.write("  " + opening("testsuite", suite.file, suite.counts));
        for (std::uint64_t i = 0; i < suite.counts.tests; ++i)
            to.write(test_case(columns, fields_of(rows.next()), places));
        to.write("  </testsuite>\n");
    }
    to.write("</testsuites>\n");
}

} // namespace mailflow::batch
