// Where a machine or a place that was dropped onto others can stand beside them: as near as there is room.
#pragma once

#include "viz/layout/layout.hpp"

#include <optional>
#include <vector>

namespace mailflow::viz {

/// What is seen of a machine: its picture and its texts, with a little air.
[[nodiscard]] Rect body_of(CanvasLayout const& plan, Spot const& spot);

/// The ground of its own on which a machine stands outside its place: with the title above it.
[[nodiscard]] Rect outpost_of(CanvasLayout const& plan, Rect body);

/// How far the body has to be moved so that it lies within the picture and covers none of the others; none
/// where there is no such spot.
[[nodiscard]] std::optional<Point> way_to_room(CanvasLayout const& plan, Rect body,
                                               std::vector<Rect> const& others);

/// What the machine may not cover: the other machines, the titles of places and the DNS; and what the place
/// may not: the other places and the DNS.
[[nodiscard]] std::vector<Rect> seen_but(CanvasLayout const& plan, HostId machine);
[[nodiscard]] std::vector<Rect> ground_but(CanvasLayout const& plan, NetworkId place);

/// The centre of the machine's cell, or of the place's box, in parts of the picture: where it stands in the
/// plan, or the nearest spot at which it covers nothing else. Where there is none, it stays. A machine of
/// that place stands on no other's ground: that would be said of where it is.
[[nodiscard]] Point free_centre(CanvasLayout const& plan, HostId machine, NetworkId place);
[[nodiscard]] Point free_centre(CanvasLayout const& plan, NetworkId place);

} // namespace mailflow::viz
