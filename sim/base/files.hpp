// Reading and writing files, with the trouble as a sentence instead of an exception.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace mailflow {

/// Why a file could not be read or written: "cannot read x.json: No such file or directory".
struct FileTrouble {
    std::string words;
};

/// "cannot write x.json: No space left on device", out of errno.
[[nodiscard]] FileTrouble file_trouble(std::string_view verb, std::string_view path);

/// A file descriptor that closes itself, unless it is one of the three that every program has.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_{number} {}
    ~Descriptor();
    Descriptor(Descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }

    [[nodiscard]] bool open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }
    /// Some file systems report a full disk only here.
    [[nodiscard]] bool close();

private:
    int number_;
};

/// The file opened for reading; not open, with errno set, when that cannot be.
[[nodiscard]] Descriptor open_to_read(std::string const& path);

/// In what is told of a file that temporary_file() made: "cannot write to the folder for temporary files:
/// ...".
inline constexpr std::string_view to_temporary_files = "to the folder for temporary files";

/// Whether a temporary file keeps its name, for those who can only open a file by name.
enum class TemporaryName { none, kept };

/// A file to write and read, open to its owner alone. One without a name is gone when it is closed; of one
/// that keeps it the maker must delete the name.
struct TemporaryFile {
    Descriptor file;
    std::string path; // empty: no name
};

/// Makes one in the folder for temporary files (TMPDIR, else /tmp).
[[nodiscard]] std::variant<TemporaryFile, FileTrouble> temporary_file(TemporaryName name);

/// False with errno set when not everything could be written.
[[nodiscard]] bool write_all(int descriptor, std::string_view text);

/// More octets than any file of ours has, and fewer than a machine with 2 GB has room for.
inline constexpr std::size_t longest_file_bytes = 1'000'000'000;

/// The file, unpacked if it was compressed with zstd; "-" is standard input. Of one that is longer than
/// `longest`, packed or unpacked, no more is read than shows that: one octet too many comes back.
[[nodiscard]] std::variant<std::string, FileTrouble> read_file(std::string const& path,
                                                               std::size_t longest = longest_file_bytes);

/// Whether both paths lead to one file that is there.
[[nodiscard]] bool is_same_file(std::string const& one, std::string const& other);

/// Whether an Output with that path makes a new file, which may take the place of another one at the end.
[[nodiscard]] bool is_replaced(std::string const& path);

/// Text on its way to a file, which gets it whole or stays as it was: a new file takes its place at the end,
/// with its owner and its permissions; a link stays one to it. What is no regular file (a pipe, a device),
/// standard output, and whatever else is open already (/dev/stdout, /dev/fd/3), is written to directly.
class Output {
public:
    /// An empty path: standard output.
    [[nodiscard]] static std::variant<Output, FileTrouble> open(std::string const& path);
    ~Output();
    Output(Output&& other) noexcept;
    Output& operator=(Output&&) = delete;

    /// What goes wrong here is told by commit().
    void write(std::string_view text);
    /// Makes it the file; the reason when anything went wrong, else empty.
    [[nodiscard]] std::string commit();

private:
    Output(Descriptor file, std::string path) : file_{std::move(file)}, path_{std::move(path)} {}

    void flush();

    Descriptor file_;
    std::string path_;      // as people know it
    std::string target_;    // what is replaced at the end; empty: nothing is
    std::string temporary_; // by this; empty while it has no name, or none any more
    std::string buffer_;
    std::string trouble_;
};

/// Writes the file whole or leaves what was there untouched. Empty when it went well.
[[nodiscard]] std::string write_file(std::string const& path, std::string_view text);

/// Writes to standard output; empty when it went well.
[[nodiscard]] std::string write_stdout(std::string_view text);

} // namespace mailflow
