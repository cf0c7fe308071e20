// The ground of a picture: a plot for each place, with a cell for each machine that ever stands there, and
// the DNS below the middle. It stays the same all the time that a run goes on. What is drawn on it at some
// moment is layout.hpp's, what of it stays in another run of a world like it is growing.hpp's.
#pragma once

#include "viz/layout/packing.hpp"

#include <string>
#include <vector>

namespace mailflow::viz {

/// Where a machine stands when it is in that place.
struct Cell {
    HostId host;
    std::string name; // of the machine, which is the same in another world like this
    Rect rect;
    std::size_t column = 0;
    bool mailbox = false; // there is to be room for one
};

struct Plot {
    NetworkId network;
    std::string name; // of the network
    Rect box;
    float title = 0; // the room at its top, in pixels
    bool titled = true;
    std::vector<Cell> cells;
};

struct GroundPlan {
    Rect area;
    float scale = 1; // of the window
    float unit = 1;  // pixels for one of spacing at scale 1
    Standing standing = Standing::upright;
    Titles titles = Titles::full;
    Names names = Names::whole;
    std::vector<Plot> plots;
    Rect dns;                          // empty where there is no room for it
    std::vector<PackedColumn> columns; // that the places were shared out to

    [[nodiscard]] float px(float size) const { return size * unit; }
};

/// The ground of the world in `area`, with so much of its height, in spacing at scale 1, left free above all
/// places. With the columns of `like`, where there is one and they fit. Without plots where nothing stands.
[[nodiscard]] GroundPlan plan_ground(World const& world, Trace const& trace, Rect area, float scale,
                                     float headroom, std::vector<PackedColumn> const* like);

/// The least height of the machine's cell.
[[nodiscard]] float least_height(GroundPlan const& ground, bool mailbox);

} // namespace mailflow::viz
