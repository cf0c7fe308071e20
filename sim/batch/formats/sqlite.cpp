#include "base/files.hpp"
#include "base/sink.hpp"
#include "base/text.hpp"
#include "batch/formats/formats.hpp"

#include <fmt/format.h>

#include <limits>
#include <map>

#ifdef MAILFLOW_SQLITE
#include <charconv>
#include <sqlite3.h>
#include <unistd.h>
#endif

namespace mailflow::batch {

namespace {

/// Of a table, as SQLite was built here.
std::size_t most_columns() {
#ifdef MAILFLOW_SQLITE
    sqlite3* connection = nullptr;
    int const most = ::sqlite3_open(":memory:", &connection) == SQLITE_OK
                         ? ::sqlite3_limit(connection, SQLITE_LIMIT_COLUMN, -1)
                         : 0;
    ::sqlite3_close(connection);
    if (most > 0)
        return static_cast<std::size_t>(most);
#endif
    return std::numeric_limits<std::size_t>::max();
}

} // namespace

std::string sqlite_trouble(std::span<Column const> columns) {
    if (std::size_t const most = most_columns(); columns.size() > most)
        return fmt::format("SQLite takes {} columns, and a row has {}; write csv or json", most,
                           columns.size());
    std::map<std::string, std::string_view> known;
    for (Column const& column : columns)
        if (auto const [same, fresh] = known.emplace(lower_case(column.name), column.name); !fresh)
            return fmt::format("SQLite takes {} and {} for one name; write csv or json", same->second,
                               column.name);
    return {};
}

#ifdef MAILFLOW_SQLITE

namespace {

/// The database while it is made, in the folder for temporary files.
class Database {
public:
    Database() {
        auto made = temporary_file(TemporaryName::kept);
        if (auto const* trouble = std::get_if<FileTrouble>(&made)) {
            trouble_ = trouble->words;
        } else {
            path_ = std::get<TemporaryFile>(made).path;
            hold(::sqlite3_open(path_.c_str(), &connection_));
        }
        run("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; BEGIN");
    }
    ~Database() {
        ::sqlite3_finalize(statement_);
        ::sqlite3_close(connection_);
        if (!path_.empty())
            ::unlink(path_.c_str());
    }
    Database(Database const&) = delete;
    Database& operator=(Database const&) = delete;

    [[nodiscard]] std::string const& path() const { return path_; }
    [[nodiscard]] std::string const& trouble() const { return trouble_; }

    void run(std::string const& sql) {
        if (trouble_.empty())
            hold(::sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr));
    }
    void prepare(std::string const& sql) {
        if (trouble_.empty())
            hold(::sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement_, nullptr));
    }
    void bind(int place, Column const& column, std::string const& field) {
        bool const number = column.type == ColumnType::whole || column.type == ColumnType::real ||
                            (column.type == ColumnType::parameter && is_json_number(field));
        if (field.empty())
            hold(::sqlite3_bind_null(statement_, place));
        else if (number)
            bind_number(place, field);
        else
            bind_text(place, field);
    }
    void step() {
        if (!trouble_.empty())
            return;
        if (::sqlite3_step(statement_) != SQLITE_DONE)
            hold(SQLITE_ERROR);
        hold(::sqlite3_reset(statement_));
    }

private:
    void bind_text(int place, std::string const& field) {
        hold(::sqlite3_bind_text(statement_, place, field.data(), static_cast<int>(field.size()),
                                 SQLITE_TRANSIENT));
    }
    void bind_number(int place, std::string const& field) {
        std::int64_t whole = 0;
        auto const [end, trouble] = std::from_chars(field.data(), field.data() + field.size(), whole);
        bool const is_whole = end == field.data() + field.size();
        if (is_whole && trouble == std::errc{})
            return hold(::sqlite3_bind_int64(statement_, place, whole));
        if (is_whole) // SQLite has no whole number so large: exact as a text
            return bind_text(place, field);
        double real = 0;
        if (std::from_chars(field.data(), field.data() + field.size(), real).ec != std::errc{})
            return bind_text(place, field); // beyond what a double can be
        hold(::sqlite3_bind_double(statement_, place, real));
    }
    void hold(int result) {
        if (result != SQLITE_OK && trouble_.empty())
            trouble_ = fmt::format("cannot make the database: {}", ::sqlite3_errmsg(connection_));
    }

    std::string path_;
    sqlite3* connection_ = nullptr;
    sqlite3_stmt* statement_ = nullptr;
    std::string trouble_;
};

std::string quoted_name(std::string_view name) {
    std::string quoted = "\"";
    for (char const c : name)
        quoted += c == '"' ? std::string{"\"\""} : std::string(1, c);
    return quoted + '"';
}

std::string definition(Column const& column) {
    switch (column.type) {
    case ColumnType::text: return quoted_name(column.name) + " TEXT";
    case ColumnType::whole:
        if (column.name == "seed") // one of 2^63 or more is a text, which INTEGER would round
            break;
        return quoted_name(column.name) + (column.name == "run" ? " INTEGER PRIMARY KEY" : " INTEGER");
    case ColumnType::real: return quoted_name(column.name) + " REAL";
    case ColumnType::parameter: break; // whatever its values are
    }
    return quoted_name(column.name);
}

/// Hands the finished file on.
std::string copy(std::string const& path, PackedOutput& to) {
    Descriptor const file = open_to_read(path);
    std::string chunk(io_chunk_bytes, '\0');
    for (;;) {
        ssize_t const got = file.open() ? ::read(file.number(), chunk.data(), chunk.size()) : -1;
        if (got < 0)
            return file_trouble("read", path).words;
        if (got == 0)
            return {};
        to.write(std::string_view{chunk}.substr(0, static_cast<std::size_t>(got)));
    }
}

} // namespace

bool has_sqlite() {
    return true;
}

std::string write_sqlite(Rows& rows, PackedOutput& to) {
    auto const& columns = rows.columns();
    std::vector<std::string> definitions;
    for (Column const& column : columns)
        definitions.push_back(definition(column));
    if (std::string words = sqlite_trouble(columns); !words.empty())
        return words;
    std::string const places = fmt::format("{}", fmt::join(std::vector<char>(columns.size(), '?'), ", "));
    Database database;
    database.run(fmt::format("CREATE TABLE runs ({})", fmt::join(definitions, ", ")));
    database.prepare(fmt::format("INSERT INTO runs VALUES ({})", places));
    for (auto row = rows.next(); !row.empty() && database.trouble().empty(); row = rows.next()) {
        auto const fields = fields_of(row);
        for (std::size_t i = 0; i < columns.size(); ++i)
            database.bind(static_cast<int>(i + 1), columns[i], fields[i]);
        database.step();
    }
    database.run("COMMIT");
    return database.trouble().empty() ? copy(database.path(), to) : database.trouble();
}

#else

bool has_sqlite() {
    return false;
}

std::string write_sqlite(Rows&, PackedOutput&) {
    return "this mailflow was built without SQLite";
}

#endif

} // namespace mailflow::batch
