// Where the pictures of a film go: ffmpeg, as a process of its own, and from it into a file that appears
// whole or not at all. Knows nothing of what is on the pictures.
#pragma once

#include "viz/glue/window.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>

namespace mailflow::viz {

/// How a film is written; the ending of the file's name says it.
enum class FilmFormat : std::uint8_t { mp4, gif };

/// Empty when the name ends in neither ".mp4" nor ".gif".
[[nodiscard]] std::optional<FilmFormat> film_format_of(std::filesystem::path const& file);

/// The size of the film that pictures of this size make: MP4 is kept in a form of which all players know, but
/// which has even sizes alone; there a line is added at the right or at the foot.
[[nodiscard]] PictureSize film_size(FilmFormat format, PictureSize pictures);

/// Pictures per second that both formats keep exactly: a GIF counts in hundredths of a second.
inline constexpr unsigned film_rate = 25;

/// A film in the making. Destroying it before `finish` throws away what was made so far.
class Encoder {
public:
    /// Starts ffmpeg for pictures of this size; the name of the file must have a format. Comes back with one
    /// sentence when it cannot: no ffmpeg, no such folder.
    [[nodiscard]] static std::variant<Encoder, std::string> start(std::filesystem::path file,
                                                                  PictureSize size);

    Encoder(Encoder&&) noexcept;
    Encoder& operator=(Encoder&&) noexcept;
    ~Encoder();

    /// The next picture, of the size that was said at the start. One sentence when ffmpeg takes no more.
    [[nodiscard]] std::optional<std::string> add(Picture const& picture);

    /// Waits until ffmpeg is done and gives the film its name. One sentence when it could not be written.
    [[nodiscard]] std::optional<std::string> finish();

private:
    struct Process;
    explicit Encoder(std::unique_ptr<Process> process);
    std::unique_ptr<Process> process_;
};

} // namespace mailflow::viz
