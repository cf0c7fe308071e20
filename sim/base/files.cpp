#include "base/files.hpp"

#include "base/zstd_stream.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace mailflow {

namespace {

constexpr std::size_t buffer_bytes = 1UL << 16U;
/// Beyond it neither a scenario nor a saved trace is read.
constexpr std::size_t most_bytes = 2UL << 30U;

std::string write_trouble(std::string_view path) {
    return file_trouble("write", path).words;
}

} // namespace

FileTrouble file_trouble(std::string_view verb, std::string_view path) {
    std::string_view const name = path.empty() ? "\"\"" : path == "-" ? "standard input" : path;
    return {fmt::format("cannot {} {}: {}", verb, name, std::strerror(errno))};
}

Descriptor::~Descriptor() {
    if (number_ > STDERR_FILENO)
        ::close(number_);
}

bool Descriptor::close() {
    return ::close(std::exchange(number_, -1)) == 0;
}

Descriptor open_to_read(std::string const& path) {
    return Descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        ssize_t const written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

namespace {

std::variant<std::string, FileTrouble> read_bytes(std::string const& path) {
    Descriptor const file = path == "-" ? Descriptor{STDIN_FILENO} : open_to_read(path);
    if (!file.open())
        return file_trouble("read", path);
    std::string text;
    std::string chunk(buffer_bytes, '\0');
    while (text.size() <= most_bytes) {
        ssize_t const got = ::read(file.number(), chunk.data(), chunk.size());
        if (got == 0)
            return text;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_trouble("read", path);
        text.append(chunk, 0, static_cast<std::size_t>(got));
    }
    errno = EFBIG;
    return file_trouble("read", path);
}

} // namespace

std::variant<std::string, FileTrouble> read_file(std::string const& path) {
    auto bytes = read_bytes(path);
    auto const* const text = std::get_if<std::string>(&bytes);
    if (text == nullptr || !is_zstd(*text))
        return bytes;
    Decompressed unpacked = decompress(*text, most_bytes);
    if (!unpacked.trouble.empty())
        return FileTrouble{fmt::format("cannot read {}: {}", path, unpacked.trouble)};
    return std::move(unpacked.bytes);
}

Output::Output(Output&& other) noexcept
    : file_{std::move(other.file_)}
    , path_{std::move(other.path_)}
    , target_{std::exchange(other.target_, {})}
    , temporary_{std::exchange(other.temporary_, {})}
    , buffer_{std::move(other.buffer_)}
    , trouble_{std::move(other.trouble_)} {}

Output::~Output() {
    if (!temporary_.empty())
        ::unlink(temporary_.c_str());
}

std::variant<Output, FileTrouble> Output::open(std::string const& path) {
    if (path.empty())
        return Output{Descriptor{STDOUT_FILENO}, "standard output"};
    struct stat there {};
    bool const exists = ::stat(path.c_str(), &there) == 0;
    std::error_code ignored;
    // A link stays a link: what it leads to is replaced.
    std::string const target = exists ? std::filesystem::canonical(path, ignored).string() : path;
    if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        return file_trouble("write", path);
    }
    if (exists && !S_ISREG(there.st_mode)) {
        Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
        if (!file.open())
            return file_trouble("write", path);
        return Output{std::move(file), path};
    }

    std::string temporary = target + ".XXXXXX";
    Descriptor file{::mkstemp(temporary.data())};
    if (!file.open())
        return file_trouble("write", path);
    Output output{std::move(file), path};
    output.target_ = target;
    output.temporary_ = temporary;
    mode_t const mask = ::umask(0);
    ::umask(mask);
    mode_t const mode = exists ? there.st_mode & 07777U : 0666U & ~mask;
    if (::fchmod(output.file_.number(), mode) != 0)
        return file_trouble("write", path);
    return output;
}

void Output::flush() {
    if (trouble_.empty() && !write_all(file_.number(), buffer_))
        trouble_ =
            file_.number() == STDOUT_FILENO ? file_trouble("write to", path_).words : write_trouble(path_);
    buffer_.clear();
}

void Output::write(std::string_view text) {
    if (buffer_.size() + text.size() > buffer_bytes)
        flush();
    buffer_ += text;
}

std::string Output::commit() {
    flush();
    if (file_.number() == STDOUT_FILENO)
        return trouble_;
    if (trouble_.empty() && !file_.close())
        trouble_ = write_trouble(path_);
    if (trouble_.empty() && !target_.empty()) {
        if (::rename(temporary_.c_str(), target_.c_str()) == 0)
            temporary_.clear();
        else
            trouble_ = write_trouble(path_);
    }
    return trouble_;
}

std::string write_file(std::string const& path, std::string_view text) {
    auto opened = Output::open(path);
    if (auto const* trouble = std::get_if<FileTrouble>(&opened))
        return trouble->words;
    Output& output = std::get<Output>(opened);
    output.write(text);
    return output.commit();
}

std::string write_stdout(std::string_view text) {
    if (write_all(STDOUT_FILENO, text))
        return {};
    return file_trouble("write to", "standard output").words;
}

} // namespace mailflow
