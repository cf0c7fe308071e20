// What is said on the roads, in words: each near the place where it is by now, and over nothing that has to
// be seen.
#pragma once

#include "viz/scene/scene.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

/// Words on their way.
struct Tag {
    Point at;
    std::string words;
    std::string code; // of a reply, before the words
    Colour colour = 0;
    Face font;
    float direction = 1; // to the right or left on the screen
    Mark mark = Mark::none;
    Subject subject;
};

/// Of more talks than so many at once the newest is told in whole words, the others in as few as say it.
inline constexpr std::size_t most_whole_tags = 2;

/// What is said at this moment, and what its words must not cover.
struct Talks {
    Frame const& frame;
    ViewState const& view;
    std::size_t newest = 0; // event of all that are on their way
    std::size_t live = 0;   // talks that go on
    std::vector<Rect> obstacles{};
    std::vector<Rect> machines{}; // of these: what no words of one talk of several may cover in the end
};

/// "554 5.7.1 ..." into its code and the rest.
void split_code(Tag& tag);
/// Where many talk at once, or words have no room: of a reply its code, of a command its verb.
void shorten(Tag& tag);

/// Words with an arrow, just above the place on the road where they are; a dot marks the place itself. Where
/// the whole words would have to stand far off or over something, shortened ones stay near, or as few as say
/// it; where several talk and not even those find room beside the machines, the dot has to do.
void draw_tag(Brush& brush, Talks const& talks, std::string const& name, Tag const& whole, Hits& hits);

/// The frames around servers that have decided, with their badges, and what they refused with: drawn before
/// the words.
void add_decided(std::vector<Rect>& obstacles, Brush const& brush, Frame const& frame);

} // namespace mailflow::viz
