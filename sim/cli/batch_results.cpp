#include "cli/batch_results.hpp"

#include "batch/formats/formats.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <unistd.h>

namespace mailflow::cli {

namespace {

std::string render(batch::Rows& rows, BatchFormat format, Output& to) {
    switch (format) {
    case BatchFormat::table: batch::write_table(rows, to); break;
    case BatchFormat::csv: batch::write_csv(rows, to); break;
    case BatchFormat::json: batch::write_json(rows, to); break;
    case BatchFormat::junit: batch::write_junit(rows, to); break;
    case BatchFormat::sqlite: return batch::write_sqlite(rows, to);
    }
    return {};
}

} // namespace

BatchFormat format_for(std::optional<BatchFormat> wanted, std::string const& output) {
    std::string const extension = lower_case(std::filesystem::path{output}.extension().string());
    if (wanted)
        return *wanted;
    if (extension == ".csv")
        return BatchFormat::csv;
    if (extension == ".json")
        return BatchFormat::json;
    if (extension == ".xml")
        return BatchFormat::junit;
    if (extension == ".sqlite" || extension == ".sqlite3" || extension == ".db")
        return BatchFormat::sqlite;
    return BatchFormat::table;
}

std::string trouble_with(BatchFormat format, std::string const& output) {
    if (format != BatchFormat::sqlite)
        return {};
    if (!batch::has_sqlite())
        return "this mailflow was built without SQLite (install libsqlite3-dev and build it again); csv and "
               "json are "
               "there";
    if (output.empty() && ::isatty(STDOUT_FILENO) == 1)
        return "a database is nothing for a terminal; name a file with -o";
    return {};
}

Status write_results(batch::Rows& rows, BatchFormat format, std::string const& output) {
    auto opened = Output::open(output);
    std::string trouble;
    if (auto const* words = std::get_if<FileTrouble>(&opened))
        trouble = words->words;
    else
        trouble = render(rows, format, std::get<Output>(opened));
    if (trouble.empty())
        trouble = rows.trouble();
    if (trouble.empty())
        trouble = std::get<Output>(opened).commit();
    if (trouble.empty())
        return status_of(rows);
    fmt::print(stderr, "mailflow: {}\n", trouble);
    return Status::file_trouble;
}

Status status_of(batch::Rows& rows) {
    std::size_t const status = batch::place_of(rows.columns(), "status");
    rows.rewind();
    for (auto row = rows.next(); !row.empty(); row = rows.next())
        if (batch::plain_field(row, status) != batch::name_of(batch::RunStatus::met))
            return Status::expectation_failed;
    return Status::done;
}

} // namespace mailflow::cli
