// A film of a stretch of the run: which moments its pictures show, and the making of it picture by picture.
// Frame-exact: picture k is what the window shows after k/25 s of watching, however long the drawing takes.
#pragma once

#include "viz/app.hpp"
#include "viz/film/encoder.hpp"

#include <cstdint>
#include <memory>

namespace mailflow::viz {

/// The stretch that a film shows, and how fast.
struct FilmPlan {
    Instant from;
    Instant to; // after `from`
    Speed speed;
};

/// Twenty minutes; nobody watches more, and a slip of the keyboard fills no disk.
inline constexpr std::uint64_t most_pictures = std::uint64_t{20} * 60 * film_rate;
/// The end is held for a second, so that it can be read.
inline constexpr std::uint64_t held_pictures = film_rate;

/// How many pictures the film has, the held end included; more than `most_pictures` when it is too long.
[[nodiscard]] std::uint64_t picture_count(FilmPlan const& plan, Pace const& pace);
/// The moment that the picture shows, counted from 0.
[[nodiscard]] Instant moment_of_picture(FilmPlan const& plan, Pace const& pace, std::uint64_t picture);

/// A film in the making. Gone before its end, it leaves nothing behind.
class Film {
public:
    /// One sentence when it cannot begin: too long, no ffmpeg, no such folder.
    [[nodiscard]] static std::variant<Film, std::string> begin(FilmPlan const& plan, App const& app,
                                                               PictureSize size, std::filesystem::path file);

    /// Draws the next picture, of the run that the app shows, as the app looked when the film was begun.
    /// After the last one the film has its name. One sentence when it cannot go on, as when the app shows
    /// another run by now.
    [[nodiscard]] std::optional<std::string> step(App& app, Ui& ui);

    [[nodiscard]] bool done() const { return next_ >= count_; }
    /// From 0 to 1.
    [[nodiscard]] double progress() const { return static_cast<double>(next_) / static_cast<double>(count_); }

private:
    Film(FilmPlan const& plan, App const& app, std::uint64_t count, PictureSize size, Easel easel,
         Encoder encoder)
        : plan_(plan)
        , run_(app.run())
        , view_(app.view())
        , count_(count)
        , size_(size)
        , easel_(std::move(easel))
        , encoder_(std::move(encoder)) {}

    FilmPlan plan_;
    std::shared_ptr<Shown const> run_;
    ViewState view_;
    std::uint64_t count_ = 0;
    std::uint64_t next_ = 0;
    std::optional<std::size_t> happened_; // events, up to the last picture
    PictureSize size_;
    Easel easel_;
    Encoder encoder_;
};

} // namespace mailflow::viz
