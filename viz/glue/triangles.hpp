// The triangles of a frame as SFML draws them: one run of vertices for each command of Dear ImGui, with its
// texture and the part of the window that it may touch.
#pragma once

#include <SFML/Graphics/RenderStates.hpp>
#include <SFML/Graphics/Vertex.hpp>
#include <SFML/Graphics/View.hpp>

#include <functional>
#include <vector>

namespace sf {
class RenderTarget;
}

namespace mailflow::viz {

struct Triangles {
    std::vector<sf::Vertex> vertices;
    sf::View clip; // shows just the part that it may touch, in its own place
    sf::RenderStates states;
};

/// Each run of the last frame, in the order in which they are drawn. The same object is used for all of them.
void for_each_run(std::function<void(Triangles const&)> const& take);

/// All of them, to be drawn as often as one likes.
[[nodiscard]] std::vector<Triangles> all_runs();

/// As bare as it gets: the vertices to the target, and nothing else.
void draw_bare(std::vector<Triangles> const& runs, sf::RenderTarget& target);

} // namespace mailflow::viz
