// Where everything stands on the canvas: networks in columns in the direction in which mail flows, machines
// in them, the DNS below the middle, roads between. Computed from the world, and from what was moved by hand.
// A machine that changes its network has room kept for it in each: only it moves, the rest stays.
#pragma once

#include "trace/trace.hpp"
#include "viz/geometry.hpp"
#include "viz/layout/positions.hpp"
#include "viz/telling.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace mailflow::viz {

/// How a machine is drawn, by the room that there is: the picture with its texts below; beside it; one line.
enum class Standing : std::uint8_t { upright, beside, line };

/// In a crowd the spacing shrinks, but no text gets smaller than this part of its size at scale 1: 14 pixels
/// at 1280x720.
inline constexpr float legible_in_crowd = 14.0F / 15.0F;

/// A network as a place.
struct Place {
    NetworkId network;
    Rect box;
    float title = 0;              // the room at its top, in pixels; none of it is written in where it is low
    bool titled = true;           // its name stands there
    bool empty = false;           // no machine stands there at the moment
    bool trusted = false;         // some server relays for it without a login
    std::vector<Rect> outposts{}; // the ground of machines of it that were put elsewhere by hand
};

/// A machine. Everything of it lies within `cell`, and that within its network's box.
struct Spot {
    HostId host;
    Rect cell;
    Rect icon;
    Rect name;                   // room for its name
    Rect note;                   // room for the line below; empty where there is none
    std::optional<Rect> mailbox; // with its caption; none where there is no room: then the note tells it
    Standing standing = Standing::upright;
    std::string called;      // its name, shortened where there is little room
    TellingPart tells;       // what of that tells it from the others
    bool keeps_mail = false; // its mailboxes matter in the run
    bool cramped = false;    // no room for a box above the icon: a refusal stands in the note
    Point door_left;         // where roads from the left end
    Point door_right;        // where roads to the right begin
    std::size_t column = 0;
};

/// A way between two machines that talk during the run, or that a mail program is set to take.
struct Road {
    HostId from;
    HostId to;
    std::vector<Point> path; // from `from` to `to`
    float length = 0;
};

/// A machine's way to the DNS.
struct DnsRoad {
    HostId asker;
    std::vector<Point> path;
};

struct GroundPlan; // ground.hpp

struct CanvasLayout {
    Rect area;
    float unit =
        1; // pixels for one of spacing at scale 1: smaller than the window's scale where it is crowded
    Standing standing = Standing::upright; // of every machine
    std::vector<Place> places;
    std::vector<Spot> spots; // by HostId
    Rect dns;                // empty where there is no room for it
    std::vector<Road> roads; // by the two machines
    std::vector<DnsRoad> dns_roads;
    std::shared_ptr<GroundPlan const> ground; // on which it stands, before anything was put elsewhere by hand

    [[nodiscard]] Spot const& spot(HostId host) const { return spots[host.index]; }
    /// In whichever direction it was laid; null where there is none.
    [[nodiscard]] Road const* road(HostId a, HostId b) const;
    [[nodiscard]] DnsRoad const* dns_road(HostId asker) const;
    /// Whether so much stands there that what is at rest has to step back.
    [[nodiscard]] bool crowded() const { return spots.size() > 12; }
};

/// The picture's plan of that moment in `area`, with spacing at this scale. The trace only says who talks to
/// whom and whose mailbox is filled. `arranged_for`: the area whose columns it has, too, as far as they fit,
/// so that nothing changes its place when the picture gets smaller; none: this area. `before`: the ground of
/// the last picture of a world like this, of which stays where it was whatever can; none: all is new.
[[nodiscard]] CanvasLayout plan_canvas(Present const& present, Trace const& trace, Rect area, float scale,
                                       Positions const& positions = {}, std::optional<Rect> arranged_for = {},
                                       GroundPlan const* before = nullptr);

/// The point at this part (0 to 1) of a path, by length.
[[nodiscard]] Point along(std::vector<Point> const& path, double part);
[[nodiscard]] float length_of(std::vector<Point> const& path);

} // namespace mailflow::viz
