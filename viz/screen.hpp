// How the window is divided: header, list of events, canvas, details, transport; or
// the canvas alone, with the timeline as a thin line below.
#pragma once

#include "viz/geometry.hpp"
#include "viz/workbench/intents.hpp"

#include <cstdint>

namespace mailflow::viz {

struct Screen {
    Rect whole;
    Rect header;
    Rect events;
    Rect canvas;
    Rect details;
    Rect transport;
    Rect question;       // what a server will answer: over the details, or else over the canvas
    Rect text;           // between header and transport, from side to side
    Rect notice;         // a line of words at the foot of the canvas, over it
    Rect picture;        // of the canvas: where machines may stand, below the caption
    Rect canvas_before;  // beside the canvas, above it or in its place: the run before the changes
    Rect picture_before; // of that
    Rect outline;        // left: what the scenario has
    Rect form;           // right: where it is changed
    Rect mistakes;       // over the foot of the canvas
};

/// How much of the canvas lies above the picture, at scale 1: what happens and what comes next; where that
/// would leave too little of it, one line.
namespace caption_height {
inline constexpr float full = 84;
inline constexpr float little = 36;
} // namespace caption_height

/// Which of them there are.
enum class Rooms : std::uint8_t {
    all,              // to watch: all for which there is room
    all_with_details, // the same, with details that somebody has asked for and wants to see in any case
    canvas_alone,
    what_if, // canvas, form
    build,   // outline, canvas, form
};

/// Whether there is room for one line of words only above the picture.
[[nodiscard]] bool is_low(Rect canvas, float scale);

/// Parts for which a small window has no room are empty.
[[nodiscard]] Screen plan_screen(float width, float height, float scale, Rooms rooms = Rooms::all,
                                 Runs runs = Runs::now);

} // namespace mailflow::viz
