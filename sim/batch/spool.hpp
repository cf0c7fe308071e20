// The file in which the rows of a batch gather while it runs: a line that says of which batch and of which
// shard they are, then CSV. It is what an interrupted batch leaves and --resume goes on with. With a last
// line that holds a checksum over all before it, it is the output of a shard, which `merge` reads.
#pragma once

#include "base/checksum.hpp"
#include "base/files.hpp"
#include "base/zstd_stream.hpp"
#include "batch/pieces.hpp"
#include "batch/rows.hpp"

#include <optional>

namespace mailflow::batch {

/// Why the rows of a file cannot be taken, or none put into it.
struct SpoolTrouble {
    enum class Why : std::uint8_t {
        file,  // it cannot be read or written, or has come to harm
        usage, // it is sound, but not what was asked for goes with
    };
    Why why = Why::file;
    std::string words;
};

/// Of which rows a spool is made.
struct SpoolHead {
    std::string plan; // its fingerprint
    std::uint64_t runs = 0;
    Shard shard;
    std::uint64_t rows = 0; // when it is complete
    std::vector<std::string> parameters;

    bool operator==(SpoolHead const&) const = default;
};

[[nodiscard]] SpoolHead head_of(Plan const& plan, Pieces const& pieces, Shard shard,
                                std::string_view version);

/// The first two lines.
[[nodiscard]] std::string to_text(SpoolHead const& head);
/// The last line of a shard's output.
[[nodiscard]] std::string last_line(Checksum const& sum);

/// What stands behind the last row of a spool.
enum class SpoolEnd : std::uint8_t {
    open,    // nothing: rows may still come
    whole,   // the last line, with the right checksum
    damaged, // it tells of other bytes, or something stands behind it
};

/// The rows of a spool. Reads it piecewise; a file that has no complete first two lines has no head.
class SpoolRows final : public Rows {
public:
    /// Of an open file, which is borrowed.
    explicit SpoolRows(int descriptor);
    /// Of a file that is opened anew for each piece: a merge may have more files than a process may open. It
    /// may be packed with zstd. Of what can be read only once, a pipe or "-", which is standard input, a copy
    /// is made.
    explicit SpoolRows(std::string path);

    [[nodiscard]] std::optional<SpoolHead> const& head() const { return head_; }
    [[nodiscard]] std::vector<Column> const& columns() const override { return columns_; }
    [[nodiscard]] std::string_view next() override;
    void rewind() override;
    [[nodiscard]] std::uint64_t whole_count() const override { return head_ ? head_->rows : 0; }
    [[nodiscard]] std::string const& trouble() const override { return trouble_; }
    /// How the spool ends, once `next` has come to its end.
    [[nodiscard]] SpoolEnd end() const { return end_; }
    /// Whether it ends before the end of its first two lines: not one row was done.
    [[nodiscard]] bool is_barely_begun() const { return is_barely_begun_; }
    /// Whether it is a spool, but of a program that writes them in another way.
    [[nodiscard]] bool is_of_other_version() const { return is_of_other_version_; }
    /// Whether it is a spool whose lines were made to end in CRLF, which spoils its checksum.
    [[nodiscard]] bool has_foreign_lines() const { return has_foreign_lines_; }
    /// Behind the last row that was taken, in bytes from the beginning of the spool.
    [[nodiscard]] std::uint64_t offset() const { return buffer_offset_ + taken_; }

private:
    void copy_what_flows();
    void read_head();
    [[nodiscard]] bool fill();
    [[nodiscard]] std::string_view line();

    int descriptor_ = -1; // of an open file; none: it is opened anew
    std::string path_;
    Descriptor copy_;                      // of what can be read only once
    std::uint64_t read_ = 0;               // bytes of the file so far
    std::optional<ZstdUnpacker> unpacker_; // of a file that is packed
    std::string buffer_;
    std::uint64_t buffer_offset_ = 0; // in the text of the spool
    std::size_t taken_ = 0;           // of the buffer
    Checksum sum_of_head_;
    Checksum sum_; // of what was taken
    SpoolEnd end_ = SpoolEnd::open;
    bool is_barely_begun_ = false;
    bool is_of_other_version_ = false;
    bool has_foreign_lines_ = false;
    std::optional<SpoolHead> head_;
    std::vector<Column> columns_;
    std::string trouble_;
};

/// Why these, of the file with that name, are not rows of that batch and that shard, if they are not.
[[nodiscard]] std::optional<SpoolTrouble> trouble_with(SpoolRows const& rows, SpoolHead const& head,
                                                       std::string const& path);

/// A spool that is being written.
class Spool {
public:
    /// A new one with that name; one in which there are rows is not overwritten. An empty name: one without
    /// a name, which is gone when the program ends.
    [[nodiscard]] static std::variant<Spool, SpoolTrouble> create(std::string const& path,
                                                                  SpoolHead const& head);
    /// Goes on with the one of that name, or starts it where there is none. It must be of the same batch.
    [[nodiscard]] static std::variant<Spool, SpoolTrouble>
    resume(std::string const& path, SpoolHead const& head, Pieces const& pieces);

    /// How many rows it had when it was opened.
    [[nodiscard]] std::uint64_t resumed() const { return resumed_; }
    /// How many it has now.
    [[nodiscard]] std::uint64_t row_count() const { return row_count_; }
    void append(std::string_view rows);
    /// What was appended is in the file.
    void flush();
    /// Why something could not be written; or empty.
    [[nodiscard]] std::string const& trouble() const { return trouble_; }
    [[nodiscard]] SpoolRows rows() const { return SpoolRows{file_.number()}; }

private:
    Spool(Descriptor file, std::string path) : file_{std::move(file)}, path_{std::move(path)} {}

    /// In that file, whatever is in it.
    [[nodiscard]] static std::variant<Spool, SpoolTrouble> begin(Descriptor file, std::string const& path,
                                                                 SpoolHead const& head);

    Descriptor file_;
    std::string path_;
    std::string buffer_;
    std::string trouble_;
    std::uint64_t resumed_ = 0;
    std::uint64_t row_count_ = 0;
};

} // namespace mailflow::batch
