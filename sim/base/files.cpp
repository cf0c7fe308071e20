#include "base/files.hpp"

#include "base/numbers.hpp"
#include "base/sink.hpp"
#include "base/zstd_stream.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

namespace mailflow {

namespace {

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

std::variant<TemporaryFile, FileTrouble> temporary_file(TemporaryName name) {
    std::error_code trouble;
    std::filesystem::path const folder = std::filesystem::temp_directory_path(trouble);
    std::string path = ((trouble ? "/tmp" : folder) / "mailflow-XXXXXX").string();
    Descriptor file{::mkostemp(path.data(), O_CLOEXEC)};
    if (!file.open())
        return file_trouble("write", to_temporary_files);
    if (name == TemporaryName::none) {
        ::unlink(path.c_str());
        path.clear();
    }
    return TemporaryFile{std::move(file), std::move(path)};
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

std::variant<std::string, FileTrouble> read_bytes(std::string const& path, std::size_t longest) {
    Descriptor const file = path == "-" ? Descriptor{STDIN_FILENO} : open_to_read(path);
    if (!file.open())
        return file_trouble("read", path);
    std::string text;
    std::string chunk(io_chunk_bytes, '\0');
    while (text.size() <= longest) {
        ssize_t const got = ::read(file.number(), chunk.data(), chunk.size());
        if (got == 0)
            break;
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return file_trouble("read", path);
        text.append(chunk, 0, std::min(static_cast<std::size_t>(got), longest + 1 - text.size()));
    }
    return text;
}

} // namespace

std::variant<std::string, FileTrouble> read_file(std::string const& path, std::size_t longest) {
    auto bytes = read_bytes(path, longest);
    auto const* const text = std::get_if<std::string>(&bytes);
    if (text == nullptr || !is_zstd(*text))
        return bytes;
    Decompressed unpacked = decompress(*text, longest);
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

namespace {

/// The descriptor that the name of a device stands for; none for other names. A file behind it that is opened
/// by its own name would be written from its front, over what others have written.
std::optional<int> descriptor_named(std::string_view path) {
    if (path == "/dev/stdout")
        return STDOUT_FILENO;
    if (path == "/dev/stderr")
        return STDERR_FILENO;
    for (std::string_view const folder : {"/dev/fd/", "/proc/self/fd/"}) {
        if (!path.starts_with(folder))
            continue;
        auto const number = number_in<int>(path.substr(folder.size()));
        if (number && *number >= 0)
            return number;
    }
    return std::nullopt;
}

/// What a link leads to, also one that leads to nothing yet.
std::filesystem::path end_of_links(std::filesystem::path path) {
    constexpr int most_links = 40; // as Linux has it
    std::error_code no_link;
    for (int i = 0; i < most_links; ++i) {
        auto const next = std::filesystem::read_symlink(path, no_link);
        if (no_link)
            break;
        path = path.parent_path() / next;
    }
    return path;
}

/// A file in that folder without a name, of which nothing is left however the program ends; not open where
/// the file system has none such.
Descriptor nameless_file_in(std::filesystem::path const& folder) {
    if (::access("/proc/self/fd", X_OK) != 0)
        return Descriptor{};
    return Descriptor{::open(folder.empty() ? "." : folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0600)};
}

/// Gives the nameless file a name beside the target; empty, with errno set, when that cannot be.
std::string give_name(Descriptor const& file, std::string const& target) {
    constexpr int most_tries = 100;
    std::string const nameless = fmt::format("/proc/self/fd/{}", file.number());
    for (int i = 0; i < most_tries; ++i) {
        std::string name = fmt::format("{}.{}-{}", target, ::getpid(), i);
        if (::linkat(AT_FDCWD, nameless.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) == 0)
            return name;
        if (errno != EEXIST)
            break;
    }
    return {};
}

} // namespace

bool is_same_file(std::string const& one, std::string const& other) {
    std::error_code not_there;
    return std::filesystem::equivalent(one, other, not_there);
}

bool is_replaced(std::string const& path) {
    struct stat there {};
    return !path.empty() && !descriptor_named(path) &&
           (::stat(path.c_str(), &there) != 0 || S_ISREG(there.st_mode));
}

std::variant<Output, FileTrouble> Output::open(std::string const& path) {
    if (path.empty())
        return Output{Descriptor{STDOUT_FILENO}, "standard output"};
    if (auto const number = descriptor_named(path)) {
        Descriptor file{::fcntl(*number, F_DUPFD_CLOEXEC, STDERR_FILENO + 1)};
        if (!file.open())
            return file_trouble("write", path);
        return Output{std::move(file), path};
    }
    struct stat there {};
    bool const exists = ::stat(path.c_str(), &there) == 0;
    if (!exists && errno != ENOENT)
        return file_trouble("write", path);
    if (exists && S_ISDIR(there.st_mode)) {
        errno = EISDIR;
        return file_trouble("write", path);
    }
    if (exists && ::access(path.c_str(), W_OK) != 0)
        return file_trouble("write", path);
    if (!is_replaced(path)) {
        Descriptor file{::open(path.c_str(), O_WRONLY | O_CLOEXEC)};
        if (!file.open())
            return file_trouble("write", path);
        return Output{std::move(file), path};
    }

    std::string const target = end_of_links(path).string(); // a link stays a link
    std::string temporary;
    Descriptor file = nameless_file_in(std::filesystem::path{target}.parent_path());
    if (!file.open()) {
        temporary = target + ".XXXXXX";
        file = Descriptor{::mkstemp(temporary.data())};
    }
    if (!file.open())
        return file_trouble("write", path);
    Output output{std::move(file), path};
    output.target_ = target;
    output.temporary_ = temporary;
    mode_t const mask = ::umask(0);
    ::umask(mask);
    mode_t const mode = exists ? there.st_mode & 07777U : 0666U & ~mask;
    bool const given = !exists || ::fchown(output.file_.number(), there.st_uid, there.st_gid) == 0;
    if (::fchmod(output.file_.number(), given ? mode : mode & 0777U) != 0)
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
    if (buffer_.size() + text.size() > io_chunk_bytes)
        flush();
    buffer_ += text;
}

std::string Output::commit() {
    flush();
    if (file_.number() == STDOUT_FILENO)
        return trouble_;
    if (trouble_.empty() && !target_.empty() && temporary_.empty()) {
        temporary_ = give_name(file_, target_);
        if (temporary_.empty())
            trouble_ = write_trouble(path_);
    }
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
