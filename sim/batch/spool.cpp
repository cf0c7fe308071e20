#include "batch/spool.hpp"

#include "base/sink.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace mailflow::batch {

namespace {

SpoolTrouble of_file(FileTrouble trouble) {
    return {SpoolTrouble::Why::file, std::move(trouble.words)};
}
SpoolTrouble of_usage(std::string words) {
    return {SpoolTrouble::Why::usage, std::move(words)};
}

/// Two batches that write the same file would spoil each other's. Where there are no locks there is no help.
bool is_in_use(int file) {
    return ::flock(file, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

/// The file of that name, for this process alone.
std::variant<Descriptor, FileTrouble> taken_file(std::string const& path) {
    Descriptor file{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666)};
    if (!file.open())
        return file_trouble("write", path);
    if (is_in_use(file.number()))
        return FileTrouble{fmt::format("{} is being written by another batch", path)};
    return file;
}

/// How many whole rows, each the one that belongs there, and where they end.
struct Kept {
    std::uint64_t rows = 0;
    std::uint64_t end = 0;
};

Kept rows_to_keep(SpoolRows& rows, Pieces const& pieces) {
    Kept kept{0, rows.offset()};
    for (std::uint64_t place = 0; place < pieces.size(); ++place) {
        Piece const piece = pieces.at(place);
        for (std::uint64_t i = 0; i < piece.count; ++i) {
            std::string_view const row = rows.next();
            if (row.empty() || run_of(row) != piece.first + i + 1 ||
                fields_of(row).size() != rows.columns().size())
                return kept;
            kept = {kept.rows + 1, rows.offset()};
        }
    }
    return kept;
}

} // namespace

std::optional<SpoolTrouble> trouble_with(SpoolRows const& rows, SpoolHead const& head,
                                         std::string const& path) {
    if (!rows.trouble().empty())
        return of_file({rows.trouble()});
    if (rows.is_of_other_version())
        return of_file(
            {fmt::format("{} was left by another version of mailflow; delete it to start again", path)});
    if (!rows.head())
        return of_usage(fmt::format("{} is not what an interrupted batch leaves", path));
    SpoolHead other_shard = head;
    other_shard.shard = rows.head()->shard;
    other_shard.rows = rows.head()->rows;
    if (*rows.head() == other_shard && *rows.head() != head)
        return of_usage(fmt::format("{} is shard {}/{} of this batch; name another file with -o", path,
                                    rows.head()->shard.number, rows.head()->shard.of));
    if (*rows.head() != head)
        return of_usage(fmt::format("{} was left by another batch: a file, a parameter, the seeds, a limit "
                                    "or the version of mailflow has changed since; delete it to start again",
                                    path));
    return std::nullopt;
}

std::variant<Spool, SpoolTrouble> Spool::begin(Descriptor file, std::string const& path,
                                               SpoolHead const& head) {
    if (::ftruncate(file.number(), 0) != 0)
        return of_file(file_trouble("write", path));
    Spool spool{std::move(file), path};
    spool.buffer_ = to_text(head);
    spool.flush();
    if (!spool.trouble_.empty())
        return of_file({spool.trouble_});
    return spool;
}

std::variant<Spool, SpoolTrouble> Spool::create(std::string const& path, SpoolHead const& head) {
    if (path.empty()) {
        auto made = temporary_file(TemporaryName::none);
        if (auto* trouble = std::get_if<FileTrouble>(&made))
            return of_file(std::move(*trouble));
        return begin(std::get<TemporaryFile>(std::move(made)).file, path, head);
    }
    auto taken = taken_file(path);
    if (auto* trouble = std::get_if<FileTrouble>(&taken))
        return of_file(std::move(*trouble));
    auto& file = std::get<Descriptor>(taken);
    SpoolRows const rows{file.number()};
    if (rows.is_barely_begun())
        return begin(std::move(file), path, head);
    if (auto trouble = trouble_with(rows, head, path))
        return std::move(*trouble);
    return of_usage(
        fmt::format("{} is what an interrupted batch left; --resume goes on with it; delete it to "
                    "start again",
                    path));
}

std::variant<Spool, SpoolTrouble> Spool::resume(std::string const& path, SpoolHead const& head,
                                                Pieces const& pieces) {
    auto taken = taken_file(path);
    if (auto* trouble = std::get_if<FileTrouble>(&taken))
        return of_file(std::move(*trouble));
    auto& file = std::get<Descriptor>(taken);
    SpoolRows rows{file.number()};
    if (rows.is_barely_begun())
        return begin(std::move(file), path, head);
    if (auto trouble = trouble_with(rows, head, path))
        return std::move(*trouble);
    Kept const kept = rows_to_keep(rows, pieces);
    if (::ftruncate(file.number(), static_cast<off_t>(kept.end)) != 0 ||
        ::lseek(file.number(), 0, SEEK_END) < 0)
        return of_file(file_trouble("write", path));
    Spool spool{std::move(file), path};
    spool.resumed_ = spool.row_count_ = kept.rows;
    return spool;
}

void Spool::append(std::string_view rows) {
    buffer_ += rows;
    row_count_ += static_cast<std::uint64_t>(std::count(rows.begin(), rows.end(), '\n'));
    if (buffer_.size() >= io_chunk_bytes)
        flush();
}

void Spool::flush() {
    if (trouble_.empty() && !write_all(file_.number(), buffer_))
        trouble_ = file_trouble("write", path_.empty() ? to_temporary_files : std::string_view{path_}).words;
    buffer_.clear();
}

} // namespace mailflow::batch
