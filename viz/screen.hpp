// How the window is divided: header, list, canvas, the panel at its right, transport; or the canvas alone,
// with the timeline as a thin line below.
#pragma once

#include "viz/geometry.hpp"
#include "viz/workbench/intents.hpp"

#include <cstdint>

namespace mailflow::viz {

struct Screen {
    Rect whole;
    Rect header;
    Rect title;    // of the header: what it shows, above its buttons; empty where it stands between them
    Rect list;     // left: what happens, or what the scenario has
    Rect list_out; // the same, brought out over the rest where it has no place beside it
    Rect canvas;
    Rect panel; // right: the details, the switches or the form
    Rect transport;
    Rect question;                 // what a server will answer: over the details, or else over the canvas
    Rect text;                     // between header and transport, from side to side
    Rect notice;                   // a line of words over the canvas: at its foot, where that hides nothing
    Rect picture;                  // of the canvas: where machines may stand, below the caption
    Rect canvas_before;            // beside the canvas or above it: the run before the changes
    Rect picture_before;           // of that
    Rect mistakes;                 // over the foot of the canvas: the most that it may take
    bool has_list_beside = false;  // the list has its place beside the rest
    bool has_panel_beside = false; // so has the panel at the right
};

/// How much of the canvas lies above the picture, at scale 1: what happens and what comes next; where that
/// would leave too little of it, one line.
namespace caption_height {
inline constexpr float full = 84;
inline constexpr float little = 36;
} // namespace caption_height

/// The bar of time, at scale 1: narrower than this it has the buttons of the steps alone, lower than this no
/// speed and no kinds of steps.
namespace time_bar {
inline constexpr float narrow = 640;
inline constexpr float low = 90;
} // namespace time_bar

/// What the window is divided for.
enum class Rooms : std::uint8_t {
    watch, // list, canvas, panel
    canvas_alone,
    what_if, // canvas, panel; its list is always brought out
    build,   // list, canvas, panel
};

/// Which of the canvas and the panel at its right is seen where there is room for one of them.
enum class Front : std::uint8_t { canvas, panel };

/// Whether a list that has no place beside the rest is laid over it.
enum class ListOut : std::uint8_t { away, out };

/// What is to be seen.
struct Wishes {
    Rooms rooms = Rooms::watch;
    Front front = Front::canvas;
    ListOut list = ListOut::away;
    Runs runs = Runs::now;
};

/// Whether there is room for one line of words only above the picture.
[[nodiscard]] bool is_low(Rect canvas, float scale);

/// Parts for which a small window has no room are empty.
[[nodiscard]] Screen plan_screen(float width, float height, float scale, Wishes wishes = {});

} // namespace mailflow::viz
