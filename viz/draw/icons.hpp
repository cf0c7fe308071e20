// The pictures that stand for things: a person at a laptop, a server, an envelope, a cloud. Each is drawn
// into a rectangle, in lines of the same weight.
#pragma once

#include "viz/draw/brush.hpp"
#include "viz/shown/story_rows.hpp"

namespace mailflow::viz {

/// A person, and what they read and write their mail with.
enum class Device : std::uint8_t { laptop, phone };
void draw_person(Brush& brush, Rect icon, Device device = Device::laptop);
/// Many people.
void draw_people(Brush& brush, Rect icon);
void draw_server(Brush& brush, Rect icon, Colour colour);
/// A server that mail only passes through: with an arrow in and out.
void draw_relay(Brush& brush, Rect icon, Colour colour);
void draw_padlock(Brush& brush, Rect icon, Colour colour);
/// What is left of a wait: `left` from 1 to 0 of the ring, from the top.
void draw_countdown(Brush& brush, Point centre, float radius, float left, Colour colour);
/// A machine that sends spam: a laptop like a person's, with a mask before it.
void draw_spammer(Brush& brush, Rect icon);
/// A letter in its envelope; `bounce` adds the arrow back, `spam` an exclamation mark.
enum class EnvelopeKind : std::uint8_t { message, bounce, spam };
void draw_envelope(Brush& brush, Rect icon, Colour colour, EnvelopeKind kind);
/// The content alone, on its way to the envelope.
void draw_letter(Brush& brush, Rect icon, Colour colour);
void draw_mailbox(Brush& brush, Rect icon, Colour colour);
/// One that is full: letters stand out of it.
void draw_full_mailbox(Brush& brush, Rect icon, Colour colour);
/// `apart` from 0 to 1: how far its puffs have drifted away; with 1 nothing is left of it.
void draw_cloud(Brush& brush, Rect icon, Colour fill, Colour edge, float apart = 0);
void draw_diamond(Brush& brush, Point centre, float radius, Colour colour);
void draw_clock(Brush& brush, Point centre, float radius, Colour colour);
void draw_cross(Brush& brush, Point centre, float radius, Colour colour, float width);
void draw_tick(Brush& brush, Point centre, float radius, Colour colour, float width);
/// -1 points left, 1 right.
void draw_arrow(Brush& brush, Point centre, float length, float direction, Colour colour, float width);
void draw_mark(Brush& brush, Point centre, float radius, Mark mark);

[[nodiscard]] Colour colour_of(Palette const& colours, Mark mark);
/// What a mark means, in a word.
[[nodiscard]] std::string_view word_of(Mark mark);

} // namespace mailflow::viz
