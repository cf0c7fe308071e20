// Reading a spool.
#include "base/csv.hpp"
#include "base/numbers.hpp"
#include "base/sink.hpp"
#include "batch/spool.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <sys/stat.h>
#include <unistd.h>

namespace mailflow::batch {

namespace {

/// Values that were put in stand in a row, and no file with such values is longer than half of this.
constexpr std::size_t longest_line_bytes = 200'000'000;

constexpr std::string_view kind = "# mailflow batch ";
constexpr std::string_view beginning = "# mailflow batch 3"; // its form: another one has another number
constexpr std::string_view ending = "# the end, checksum ";

/// What follows the word in the first line, up to the next comma.
std::string_view value_of(std::string_view line, std::string_view word) {
    std::string const key = fmt::format(", {} ", word);
    std::size_t const at = line.find(key);
    if (at == std::string_view::npos)
        return {};
    std::string_view const rest = line.substr(at + key.size());
    return rest.substr(0, rest.find(','));
}

std::optional<std::uint64_t> number_of(std::string_view line, std::string_view word) {
    return number_in<std::uint64_t>(value_of(line, word));
}

std::optional<SpoolHead> parse_head(std::string_view first, std::string_view second) {
    if (!first.starts_with(fmt::format("{},", beginning)) || !first.ends_with('\n') ||
        !second.ends_with('\n'))
        return std::nullopt;
    first.remove_suffix(1);
    auto const runs = number_of(first, "runs");
    auto const rows = number_of(first, "rows");
    auto const shard = parse_shard(value_of(first, "shard"));
    if (!runs || !rows || !std::holds_alternative<Shard>(shard))
        return std::nullopt;
    SpoolHead head{std::string{value_of(first, "plan")}, *runs, std::get<Shard>(shard), *rows, {}};
    for (std::string& name : fields_of(second))
        if (name.starts_with('/'))
            head.parameters.push_back(std::move(name));
    return to_text(head) == fmt::format("{}\n{}", first, second) ? std::optional{head} : std::nullopt;
}

} // namespace

SpoolHead head_of(Plan const& plan, Pieces const& pieces, Shard shard, std::string_view version) {
    return {fingerprint(plan, version), runs(plan), shard, pieces.run_count(), parameters(plan)};
}

std::string to_text(SpoolHead const& head) {
    std::vector<std::string> names;
    for (Column const& column : columns_with(head.parameters))
        names.push_back(csv_field(column.name));
    return fmt::format("{}, plan {}, runs {}, shard {}/{}, rows {}\n{}\n", beginning, head.plan, head.runs,
                       head.shard.number, head.shard.of, head.rows, fmt::join(names, ","));
}

std::string last_line(Checksum const& sum) {
    return fmt::format("{}{:016x}\n", ending, sum.value());
}

SpoolRows::SpoolRows(int descriptor) : descriptor_{descriptor} {
    read_head();
}

SpoolRows::SpoolRows(std::string path) : path_{std::move(path)} {
    copy_what_flows();
    if (trouble_.empty())
        read_head();
}

void SpoolRows::copy_what_flows() {
    struct stat there {};
    bool const is_input = path_ == "-";
    bool const flows =
        is_input || (::stat(path_.c_str(), &there) == 0 &&
                     (S_ISFIFO(there.st_mode) || S_ISCHR(there.st_mode) || S_ISSOCK(there.st_mode)));
    if (!flows)
        return;
    Descriptor const source = is_input ? Descriptor{STDIN_FILENO} : open_to_read(path_);
    if (is_input)
        path_ = "standard input";
    if (!source.open()) {
        trouble_ = file_trouble("read", path_).words;
        return;
    }
    auto made = temporary_file(TemporaryName::none);
    if (auto const* trouble = std::get_if<FileTrouble>(&made)) {
        trouble_ = trouble->words;
        return;
    }
    copy_ = std::get<TemporaryFile>(std::move(made)).file;
    descriptor_ = copy_.number();
    std::string chunk(io_chunk_bytes, '\0');
    for (;;) {
        ssize_t const got = ::read(source.number(), chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            trouble_ = file_trouble("read", path_).words;
        else if (!write_all(descriptor_, std::string_view{chunk}.substr(0, static_cast<std::size_t>(got))))
            trouble_ = file_trouble("write", "a copy of it").words;
        if (got <= 0 || !trouble_.empty())
            return;
    }
}

void SpoolRows::read_head() {
    std::string const first{line()};
    std::string_view const second = line();
    head_ = parse_head(first, second);
    std::string_view const rest = std::string_view{buffer_}.substr(taken_); // no whole line
    std::string_view const begun = first.empty() ? rest : std::string_view{first};
    is_barely_begun_ = second.empty() && (begun.starts_with(kind) || kind.starts_with(begun));
    has_foreign_lines_ = first.starts_with(kind) && first.ends_with("\r\n");
    is_of_other_version_ =
        !has_foreign_lines_ && first.starts_with(kind) && !first.starts_with(fmt::format("{},", beginning));
    if (head_)
        columns_ = columns_with(head_->parameters);
    sum_of_head_.add(first);
    sum_of_head_.add(second);
    sum_ = sum_of_head_;
}

bool SpoolRows::fill() {
    bool const is_open = descriptor_ >= 0;
    Descriptor const opened = is_open ? Descriptor{} : open_to_read(path_);
    if (!is_open && !opened.open()) {
        trouble_ = file_trouble("read", path_).words;
        return false;
    }
    buffer_.erase(0, taken_);
    buffer_offset_ += std::exchange(taken_, 0);
    std::string chunk(io_chunk_bytes, '\0');
    ssize_t got = 0;
    do
        got = ::pread(is_open ? descriptor_ : opened.number(), chunk.data(), chunk.size(),
                      static_cast<off_t>(read_));
    while (got < 0 && errno == EINTR);
    if (got < 0)
        trouble_ = file_trouble("read", path_.empty() ? "the rows so far" : path_).words;
    chunk.resize(static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (read_ == 0 && !path_.empty() && is_zstd(chunk))
        unpacker_.emplace();
    read_ += chunk.size();
    if (!unpacker_)
        buffer_ += chunk;
    else if (std::string const words = unpacker_->unpack(chunk, buffer_); !words.empty())
        trouble_ = fmt::format("cannot read {}: {}", path_, words);
    return got > 0 && trouble_.empty();
}

std::string_view SpoolRows::line() {
    std::size_t searched = 0;
    for (;;) {
        std::size_t const end = buffer_.find('\n', taken_ + searched);
        if (end != std::string::npos) {
            std::string_view const found{buffer_.data() + taken_, end + 1 - taken_};
            taken_ = end + 1;
            return found;
        }
        searched = buffer_.size() - taken_;
        if (searched > longest_line_bytes && head_)
            trouble_ = fmt::format("{} is damaged: it has a line that none of its rows can have", path_);
        if (searched > longest_line_bytes || !fill())
            return {};
    }
}

std::string_view SpoolRows::next() {
    std::string_view const row = head_ && end_ == SpoolEnd::open ? line() : std::string_view{};
    if (row.starts_with(ending)) {
        bool const is_right = row == last_line(sum_);
        end_ = is_right && line().empty() && taken_ == buffer_.size() ? SpoolEnd::whole : SpoolEnd::damaged;
        return {};
    }
    sum_.add(row);
    return row;
}

void SpoolRows::rewind() {
    read_ = 0;
    unpacker_.reset();
    buffer_.clear();
    taken_ = 0;
    buffer_offset_ = 0;
    (void)line(); // the head
    (void)line();
    sum_ = sum_of_head_;
    end_ = SpoolEnd::open;
}

} // namespace mailflow::batch
