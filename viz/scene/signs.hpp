// The signs of the picture that are more than an icon: the card that explains them draws them with the same
// code as the scene.
#pragma once

#include "viz/draw/icons.hpp"
#include "viz/geometry.hpp"

#include <optional>
#include <string>
#include <vector>

namespace mailflow::viz {

enum class RoadState : std::uint8_t {
    at_rest,
    to_dns_at_rest,
    anonymous,
    logged_in,
    refused,
    refused_logged_in
};
void draw_road(Brush& brush, std::vector<Point> const& path, RoadState state, float width);
/// On a road: the client has told who it is.
Rect draw_padlock_on(Brush& brush, Point at);

/// What is said on a road, with an arrow in its direction: of a reply the code on a ground of its own.
struct TagLook {
    std::string code; // empty: a command
    std::string words;
    Colour colour = 0;
    Face font;
    float direction = 1;              // to the right, or to the left
    std::vector<std::string> below{}; // more lines of the words
};
inline constexpr float tag_height = 27;
inline constexpr float tag_more_height = 18; // for each more line
inline constexpr float tag_arrow = 26;       // room for the arrow before the words
void draw_tag_box(Brush& brush, Rect box, TagLook const& tag);

/// The frame around a server that has decided, with its badge; where it stands. In a row both keep within the
/// row, where there is one: the next server stands just below.
enum class Decided : std::uint8_t { accepted, put_off, refused };
[[nodiscard]] Colour colour_of(Palette const& colours, Decided decided);
Rect draw_decided(Brush& brush, Rect icon, Decided decided, float size,
                  std::optional<Rect> const& row = std::nullopt);

/// What waits in a queue, the front envelope in this rectangle.
void draw_stack(Brush& brush, Rect front, std::size_t count);

/// A mailbox with its number, or an empty one.
void draw_mailbox_of(Brush& brush, Rect icon, std::uint32_t count);

void draw_down(Brush& brush, Rect icon);

/// Around an envelope: it was chosen.
void draw_chosen(Brush& brush, Rect icon);

/// Something that is said on a road, where its words have no room.
enum class Unheard : std::uint8_t { said, in_a_crowd };
void draw_unheard(Brush& brush, Point at, Unheard how);

} // namespace mailflow::viz
