// Showing a run to a class, and taking it along: what the person has chosen of that, and what only the
// program around the window can do, since it touches files or the screen.
#pragma once

#include "base/time.hpp"
#include "viz/film/encoder.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

namespace mailflow::viz {

/// What a notice speaks of: it goes when that changes.
enum class NoticeAbout : std::uint8_t { nothing, moment, choice, file };

struct Presenting {
    bool canvas_alone = false; // the panels are hidden
    bool full_screen = false;
    bool text = false;                // the moment in words, instead of the canvas
    std::optional<Instant> film_from; // none: the beginning
    std::optional<Instant> film_to;   // none: the end
    std::optional<double> film_done;  // how far a film in the making is, from 0 to 1
    std::string notice;               // what came of the last order, in one sentence
    float notice_left_s = 0;          // so long it is still shown
    NoticeAbout notice_about = NoticeAbout::nothing;
};

/// The moment as a PNG in the current folder.
struct SavePicture {};
/// The chosen stretch as a film in the current folder.
struct MakeFilm {
    FilmFormat format = FilmFormat::mp4;
};
struct GiveUpFilm {};

/// What the program around the window is asked to do.
using Order = std::variant<SavePicture, MakeFilm, GiveUpFilm>;

} // namespace mailflow::viz
