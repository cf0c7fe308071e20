#include "viz/film/encoder.hpp"

#include <fmt/format.h>

#include <array>
#include <cassert>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

extern char** environ;

namespace mailflow::viz {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_complaint = 300;

std::vector<std::string> arguments_for(FilmFormat format, PictureSize size, fs::path const& part) {
    std::vector<std::string> arguments{"ffmpeg",
                                       "-loglevel",
                                       "error",
                                       "-f",
                                       "rawvideo",
                                       "-pix_fmt",
                                       "rgba",
                                       "-s",
                                       fmt::format("{}x{}", size.width, size.height),
                                       "-r",
                                       fmt::format("{}", film_rate),
                                       "-i",
                                       "pipe:0",
                                       "-an",
                                       "-map_metadata",
                                       "-1",
                                       "-fflags",
                                       "+bitexact",
                                       "-flags:v",
                                       "+bitexact"};
    auto const more = [&arguments](std::initializer_list<char const*> list) {
        arguments.insert(arguments.end(), list.begin(), list.end());
    };
    PictureSize const film = film_size(format, size);
    std::string const pad = fmt::format("pad={}:{}", film.width, film.height);
    if (format == FilmFormat::mp4)
        more({"-vf", pad.c_str(), "-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt",
              "yuv420p", "-movflags", "+faststart", "-f", "mp4"});
    else
        more({"-vf",
              "split[a][b];[a]palettegen=stats_mode=diff[p];[b][p]paletteuse=dither=none:diff_mode=rectangle",
              "-loop", "0", "-f", "gif"});
    more({"-y"});
    arguments.push_back(part.string());
    return arguments;
}

/// A descriptor that is closed when it goes.
class Descriptor {
public:
    explicit Descriptor(int number = -1) : number_(number) {}
    Descriptor(Descriptor const&) = delete;
    Descriptor& operator=(Descriptor const&) = delete;
    ~Descriptor() { close(); }

    [[nodiscard]] int number() const { return number_; }
    void reset(int number) {
        close();
        number_ = number;
    }
    void close() {
        if (number_ >= 0)
            ::close(number_);
        number_ = -1;
    }

private:
    int number_;
};

/// Waits for the process; whether it ended well.
bool ended_well(pid_t process) {
    int status = 0;
    while (::waitpid(process, &status, 0) < 0)
        if (errno != EINTR)
            return false;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

} // namespace

PictureSize film_size(FilmFormat format, PictureSize pictures) {
    if (format != FilmFormat::mp4) // which is 4:2:0
        return pictures;
    return {(pictures.width + 1) / 2 * 2, (pictures.height + 1) / 2 * 2};
}

std::optional<FilmFormat> film_format_of(fs::path const& file) {
    if (file.extension() == ".mp4")
        return FilmFormat::mp4;
    if (file.extension() == ".gif")
        return FilmFormat::gif;
    return std::nullopt;
}

struct Encoder::Process {
    fs::path file;
    fs::path part; // beside the file, so that the rename at the end is one step within one file system
    PictureSize size;
    pid_t id = -1;       // -1: has been waited for
    Descriptor pictures; // a socket, since a write to it need not raise SIGPIPE
    Descriptor complaints;

    ~Process() {
        if (id >= 0) {
            ::kill(id, SIGKILL);
            (void)ended_well(id);
        }
        std::error_code ignored;
        fs::remove(part, ignored);
    }

    /// What ffmpeg said last, in one line.
    [[nodiscard]] std::string complaint() const {
        std::string words(4096, '\0');
        ssize_t const length = ::pread(complaints.number(), words.data(), words.size(), 0);
        words.resize(length > 0 ? static_cast<std::size_t>(length) : 0);
        while (!words.empty() && words.back() == '\n')
            words.pop_back();
        if (auto const last_line = words.rfind('\n'); last_line != std::string::npos)
            words.erase(0, last_line + 1);
        words.resize(std::min(words.size(), longest_complaint));
        return fmt::format("cannot write {}: ffmpeg {}", file.string(),
                           words.empty() ? "ended early" : "says: " + words);
    }
};

Encoder::Encoder(std::unique_ptr<Process> process) : process_(std::move(process)) {}
Encoder::Encoder(Encoder&&) noexcept = default;
Encoder& Encoder::operator=(Encoder&&) noexcept = default;
Encoder::~Encoder() = default;

std::variant<Encoder, std::string> Encoder::start(fs::path file, PictureSize size) {
    std::optional<FilmFormat> const format = film_format_of(file);
    assert(format);
    std::error_code error;
    if (fs::exists(file, error) && !fs::is_regular_file(file, error))
        return fmt::format("cannot write {}: it is not a regular file", file.string());
    auto process = std::make_unique<Process>();
    process->file = file;
    process->part = file.string() + fmt::format(".{}.part", ::getpid());
    process->size = size;
    process->complaints.reset(::memfd_create("ffmpeg", MFD_CLOEXEC));
    // Asked of the file system now, not of ffmpeg after minutes of drawing.
    Descriptor const probe{::open(process->part.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666)};
    if (probe.number() < 0)
        return fmt::format("cannot write {}: {}", file.string(), std::strerror(errno));
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return fmt::format("cannot write {}: {}", file.string(), std::strerror(errno));
    process->pictures.reset(ends[0]);
    Descriptor const reader{ends[1]};

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, reader.number(), STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, process->complaints.number(), STDERR_FILENO);
    std::vector<std::string> arguments = arguments_for(*format, size, process->part);
    std::vector<char*> pointers;
    for (std::string& argument : arguments)
        pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    int const trouble = ::posix_spawnp(&process->id, "ffmpeg", &actions, nullptr, pointers.data(), environ);
    posix_spawn_file_actions_destroy(&actions);
    if (trouble != 0) {
        process->id = -1;
        return trouble == ENOENT
                   ? std::string{"a film needs ffmpeg, which is not installed here (package ffmpeg)"}
                   : fmt::format("cannot start ffmpeg: {}", std::strerror(trouble));
    }
    return Encoder{std::move(process)};
}

std::optional<std::string> Encoder::add(Picture const& picture) {
    assert(picture.size == process_->size);
    std::size_t sent = 0;
    while (sent < picture.rgba.size()) {
        ssize_t const length = ::send(process_->pictures.number(), picture.rgba.data() + sent,
                                      picture.rgba.size() - sent, MSG_NOSIGNAL);
        if (length >= 0)
            sent += static_cast<std::size_t>(length);
        else if (errno != EINTR)
            return process_->complaint();
    }
    return std::nullopt;
}

std::optional<std::string> Encoder::finish() {
    process_->pictures.close();
    bool const well = ended_well(std::exchange(process_->id, -1));
    if (!well)
        return process_->complaint();
    std::error_code error;
    fs::rename(process_->part, process_->file, error);
    if (error)
        return fmt::format("cannot write {}: {}", process_->file.string(), error.message());
    return std::nullopt;
}

} // namespace mailflow::viz
