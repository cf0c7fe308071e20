#include "cli/batch_results.hpp"

#include "base/text.hpp"
#include "batch/formats/formats.hpp"

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

std::string_view JudgedRows::next() {
    std::string_view const row = rows_.next();
    if (status_ == Status::done && !row.empty() &&
        batch::plain_field(row, place_) != batch::name_of(batch::RunStatus::met))
        status_ = Status::expectation_failed;
    return row;
}

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

Status write_results(batch::Rows& rows, std::string const& output, Render const& render) {
    auto opened = Output::open(output);
    JudgedRows judged{rows};
    std::string trouble;
    if (auto const* words = std::get_if<FileTrouble>(&opened))
        trouble = words->words;
    else
        trouble = render(judged, std::get<Output>(opened));
    if (trouble.empty())
        trouble = judged.trouble();
    if (trouble.empty())
        trouble = std::get<Output>(opened).commit();
    if (trouble.empty())
        return judged.status();
    fmt::print(stderr, "mailflow: {}\n", trouble);
    return Status::file_trouble;
}

Status write_results(batch::Rows& rows, BatchFormat format, std::string const& output) {
    return write_results(rows, output,
                         [format](batch::Rows& all, Output& to) { return render(all, format, to); });
}

} // namespace mailflow::cli
