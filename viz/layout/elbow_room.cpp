#include "viz/layout/elbow_room.hpp"

#include "viz/layout/packing.hpp"

#include <cmath>

namespace mailflow::viz {

namespace {

constexpr float air = 4;            // around what is seen of a machine, in spacing
constexpr float between_rings = 10; // between two spots that are tried, in spacing
constexpr std::size_t rings = 80;   // of spots around the first
constexpr int spots_in_a_ring = 24;

bool covers(Rect const& rect, std::vector<Rect> const& others) {
    return std::any_of(others.begin(), others.end(),
                       [&](Rect const& other) { return area_shared(rect, other) > 1; });
}

Point in_parts(CanvasLayout const& plan, Point at) {
    return {(at.x - plan.area.x) / std::max(plan.area.w, 1.0F),
            (at.y - plan.area.y) / std::max(plan.area.h, 1.0F)};
}

/// As `way_to_room`, but the very nearest: that lies where it was put, or touches others on one side or two,
/// with a little air between where there is room for that. None where there is no room at all: it stays.
Point nearest_way_to_room(CanvasLayout const& plan, Rect box, std::vector<Rect> const& others) {
    for (float const gap : {2 * air * plan.unit, 0.0F}) {
        std::vector<Rect> around_others;
        std::vector<float> lefts{box.x, plan.area.x, plan.area.right() - box.w};
        std::vector<float> tops{box.y, plan.area.y, plan.area.bottom() - box.h};
        for (Rect const& other : others) {
            Rect const kept = other.inset(-gap);
            around_others.push_back(kept);
            lefts.insert(lefts.end(), {kept.x - box.w, kept.right()});
            tops.insert(tops.end(), {kept.y - box.h, kept.bottom()});
        }
        std::optional<Point> best;
        auto const length = [](Point way) { return way.x * way.x + way.y * way.y; };
        for (float const left : lefts)
            for (float const top : tops) {
                Rect const there = kept_within({left, top, box.w, box.h}, plan.area);
                Point const way{there.x - box.x, there.y - box.y};
                if ((!best || length(way) < length(*best)) && !covers(there, around_others))
                    best = way;
            }
        if (best)
            return *best;
    }
    return {};
}

/// As far as `fits` says of the body, which is moved to spots farther and farther away, within the picture.
template<class Fits>
std::optional<Point> nearest_way(CanvasLayout const& plan, Rect body, Fits fits) {
    constexpr float whole_turn = 6.2831853F;
    for (std::size_t ring = 0; ring < rings; ++ring)
        for (int spot = 0; spot < (ring == 0 ? 1 : spots_in_a_ring); ++spot) {
            float const angle = whole_turn * static_cast<float>(spot) / spots_in_a_ring;
            float const far = between_rings * plan.unit * static_cast<float>(ring);
            Rect const there =
                kept_within(moved(body, {far * std::cos(angle), far * std::sin(angle)}), plan.area);
            if (fits(there))
                return Point{there.x - body.x, there.y - body.y};
        }
    return std::nullopt;
}

} // namespace

Rect body_of(CanvasLayout const& plan, Spot const& spot) {
    Rect body = united(united(spot.icon, spot.name), spot.note);
    if (spot.mailbox)
        body = united(body, *spot.mailbox);
    return body.inset(-air * plan.unit);
}

Rect outpost_of(CanvasLayout const& plan, Rect body) {
    float const title = (spacing::label_height - 8) * plan.unit;
    return {body.x, body.y - title, body.w, body.h + title};
}

std::optional<Point> way_to_room(CanvasLayout const& plan, Rect body, std::vector<Rect> const& others) {
    return nearest_way(plan, body, [&](Rect const& there) { return !covers(there, others); });
}

std::vector<Rect> seen_but(CanvasLayout const& plan, HostId machine) {
    std::vector<Rect> others;
    for (Spot const& spot : plan.spots)
        if (spot.host.valid() && spot.host != machine)
            others.push_back(body_of(plan, spot));
    for (Place const& place : plan.places) // their titles
        others.push_back({place.box.x, place.box.y, place.box.w, spacing::label_height * plan.unit});
    if (plan.dns.w > 0)
        others.push_back(plan.dns);
    return others;
}

std::vector<Rect> ground_but(CanvasLayout const& plan, NetworkId network) {
    std::vector<Rect> others;
    for (Place const& place : plan.places)
        if (place.network != network)
            others.push_back(place.box);
    if (plan.dns.w > 0)
        others.push_back(plan.dns);
    return others;
}

Point free_centre(CanvasLayout const& plan, HostId machine, NetworkId network) {
    Spot const& own = plan.spot(machine);
    std::vector<Rect> const seen = seen_but(plan, machine);
    std::vector<Rect> const foreign = ground_but(plan, network);
    auto const at_home = [&](Rect const& there) {
        return std::any_of(plan.places.begin(), plan.places.end(), [&](Place const& place) {
            return place.network == network && place.box.contains(there);
        });
    };
    Rect const body = body_of(plan, own);
    std::optional<Point> by = nearest_way(plan, body, [&](Rect const& there) {
        if (at_home(there))
            return !covers(there, seen);
        Rect const ground = outpost_of(plan, there).inset(-2 * air * plan.unit);
        return !covers(ground, seen) && !covers(ground, foreign);
    });
    if (!by)
        by = way_to_room(plan, body, seen);
    return in_parts(plan, own.cell.centre() + by.value_or(Point{}));
}

Point free_centre(CanvasLayout const& plan, NetworkId network) {
    Rect box;
    for (Place const& place : plan.places)
        if (place.network == network)
            box = place.box;
    return in_parts(plan, box.centre() + nearest_way_to_room(plan, box, ground_but(plan, network)));
}

} // namespace mailflow::viz
