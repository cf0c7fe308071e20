#include "cli/batch_results.hpp"

#include "base/standard_error.hpp"
#include "base/text.hpp"
#include "batch/formats/formats.hpp"
#include "cli/interrupts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <unistd.h>

namespace mailflow::cli {

namespace {

std::string render(batch::Rows& rows, BatchFormat format, PackedOutput& to) {
    switch (format) {
    case BatchFormat::table: batch::write_table(rows, to); break;
    case BatchFormat::csv: batch::write_csv(rows, to); break;
    case BatchFormat::json: batch::write_json(rows, to); break;
    case BatchFormat::junit: batch::write_junit(rows, to); break;
    case BatchFormat::sqlite: return batch::write_sqlite(rows, to);
    }
    return {};
}

/// The end of a name that says what the file holds: ".csv" of "runs.csv.zst".
std::string extension_of(std::string const& output) {
    std::filesystem::path const path{output};
    bool const packed = compression_by_name(output) == Compression::zstd;
    return lower_case((packed ? path.stem() : path).extension().string());
}

struct Extension {
    std::string_view name;
    BatchFormat format;
};
constexpr std::array extensions{
    Extension{".txt", BatchFormat::table},     Extension{".csv", BatchFormat::csv},
    Extension{".json", BatchFormat::json},     Extension{".xml", BatchFormat::junit},
    Extension{".sqlite", BatchFormat::sqlite}, Extension{".sqlite3", BatchFormat::sqlite},
    Extension{".db", BatchFormat::sqlite}};

} // namespace

Status status_of(batch::SpoolTrouble const& trouble) {
    return trouble.why == batch::SpoolTrouble::Why::usage ? Status::bad_usage : Status::file_trouble;
}

JudgedRows::JudgedRows(batch::Rows& rows)
    : rows_{rows}
    , place_{batch::place_of(rows.columns(), "status")}
    , heeds_interrupts_{!interrupted()} {}

std::string_view JudgedRows::next() {
    if (heeds_interrupts_ && interrupted())
        status_ = Status::interrupted;
    if (status_ == Status::interrupted)
        return {};
    std::string_view const row = rows_.next();
    if (status_ == Status::done && !row.empty() &&
        batch::plain_field(row, place_) != batch::name_of(batch::RunStatus::met))
        status_ = Status::expectation_failed;
    return row;
}

std::optional<BatchFormat> format_wanted(std::optional<BatchFormat> option, std::string const& output) {
    std::string const extension = extension_of(output);
    auto const known = std::find_if(extensions.begin(), extensions.end(),
                                    [&](Extension const& one) { return one.name == extension; });
    return option || known == extensions.end() ? option : known->format;
}

BatchFormat format_for(std::optional<BatchFormat> option, std::string const& output) {
    return format_wanted(option, output).value_or(BatchFormat::table);
}

std::string trouble_with(std::optional<BatchFormat> option, std::string const& output) {
    if (std::string const extension = extension_of(output);
        !extension.empty() && !format_wanted(option, output))
        return fmt::format(
            "nothing is written as {} here; name the output .csv, .json, .xml or .sqlite, or .txt for the "
            "table, each with .zst behind it if it is to be packed, or say --format",
            extension);
    if (compression_by_name(output) == Compression::zstd && !can_compress())
        return "this mailflow was built without libzstd (install libzstd-dev and build it again); leave out "
               ".zst";
    if (format_for(option, output) != BatchFormat::sqlite)
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
    PackedOutput to{output, compression_by_name(output)};
    JudgedRows judged{rows};
    std::string trouble = render(judged, to);
    if (trouble.empty())
        trouble = judged.trouble();
    if (trouble.empty() && judged.status() == Status::interrupted)
        return Status::interrupted;
    if (trouble.empty())
        trouble = to.commit();
    if (trouble.empty())
        return judged.status();
    say_on_stderr("mailflow: {}\n", trouble);
    return Status::file_trouble;
}

Status write_results(batch::Rows& rows, BatchFormat format, std::string const& output) {
    return write_results(rows, output,
                         [format](batch::Rows& all, PackedOutput& to) { return render(all, format, to); });
}

} // namespace mailflow::cli
