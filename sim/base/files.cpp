#include "base/files.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace mailflow {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
public:
    explicit Descriptor(int number) : number_(number) {}
    ~Descriptor() {
        if (number_ > STDERR_FILENO)
            ::close(number_);
    }
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;

    [[nodiscard]] bool open() const { return number_ >= 0; }
    [[nodiscard]] int number() const { return number_; }
    /// Some file systems report a full disk only here.
    [[nodiscard]] bool close() { return ::close(std::exchange(number_, -1)) == 0; }

private:
    int number_;
};

/// False with errno set when not everything could be written.
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

std::string trouble(std::string_view what, std::string_view path) {
    return fmt::format("cannot {} {}: {}", what, path, std::strerror(errno));
}

std::string write_directly(std::string const& path, std::string_view text) {
    Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
    if (!file.open() || !write_all(file.number(), text) || !file.close())
        return trouble("write", path);
    return {};
}

} // namespace

std::variant<std::string, FileTrouble> read_file(std::string const& path) {
    constexpr std::size_t most_bytes = 64UL << 20U; // no scenario is that long
    Descriptor const file{path == "-" ? STDIN_FILENO : ::open(path.c_str(), O_RDONLY | O_CLOEXEC)};
    if (!file.open())
        return FileTrouble{trouble("read", path)};
    std::string text;
    std::string chunk(1UL << 16U, '\0');
    while (text.size() <= most_bytes) {
        ssize_t const got = ::read(file.number(), chunk.data(), chunk.size());
        if (got == 0)
            return text;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return FileTrouble{trouble("read", path)};
        text.append(chunk, 0, static_cast<std::size_t>(got));
    }
    errno = EFBIG;
    return FileTrouble{trouble("read", path)};
}

std::string write_file(std::string const& path, std::string_view text) {
    struct stat there {};
    bool const exists = ::stat(path.c_str(), &there) == 0;
    std::error_code ignored;
    // A link stays a link: what it leads to is replaced.
    std::string const target = exists ? std::filesystem::canonical(path, ignored).string() : path;
    if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        return trouble("write", path);
    }
    if (exists && !S_ISREG(there.st_mode))
        return write_directly(path, text);

    std::string temporary = target + ".XXXXXX";
    Descriptor file{::mkstemp(temporary.data())};
    if (!file.open())
        return trouble("write", path);
    mode_t const mask = ::umask(0);
    ::umask(mask);
    mode_t const mode = exists ? there.st_mode & 07777U : 0666U & ~mask;
    bool const written = ::fchmod(file.number(), mode) == 0 && write_all(file.number(), text) &&
                         file.close() && ::rename(temporary.c_str(), target.c_str()) == 0;
    if (written)
        return {};
    std::string words = trouble("write", path);
    ::unlink(temporary.c_str());
    return words;
}

std::string write_stdout(std::string_view text) {
    return write_all(STDOUT_FILENO, text) ? std::string{} : trouble("write to", "standard output");
}

} // namespace mailflow
