#include "viz/elbow_room.hpp"

#include "viz/packing.hpp"

#include <cmath>

namespace mailflow::viz {

namespace {

constexpr float air = 4;          // around what is seen of a machine, in spacing
constexpr float step = 10;        // between two spots that are tried, in spacing
constexpr std::size_t rings = 80; // of spots around the first
constexpr int spots_in_a_ring = 24;

bool covers(Rect const& rect, std::vector<Rect> const& others) {
    return std::any_of(others.begin(), others.end(),
                       [&](Rect const& other) { return area_shared(rect, other) > 1; });
}

Point in_parts(CanvasLayout const& plan, Point at) {
    return {(at.x - plan.area.x) / std::max(plan.area.w, 1.0F),
            (at.y - plan.area.y) / std::max(plan.area.h, 1.0F)};
}

} // namespace

Rect body_of(CanvasLayout const& plan, Spot const& spot) {
    Rect body = united(united(spot.icon, spot.name), spot.note);
    if (spot.mailbox)
        body = united(body, *spot.mailbox);
    return body.inset(-air * plan.unit);
}

std::optional<Point> way_to_room(CanvasLayout const& plan, Rect body, std::vector<Rect> const& others) {
    constexpr float whole_turn = 6.2831853F;
    for (std::size_t ring = 0; ring < rings; ++ring)
        for (int spot = 0; spot < (ring == 0 ? 1 : spots_in_a_ring); ++spot) {
            float const angle = whole_turn * static_cast<float>(spot) / spots_in_a_ring;
            float const far = step * plan.unit * static_cast<float>(ring);
            Rect const there =
                kept_within(moved(body, {far * std::cos(angle), far * std::sin(angle)}), plan.area);
            if (!covers(there, others))
                return Point{there.x - body.x, there.y - body.y};
        }
    return std::nullopt;
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

Point free_centre(CanvasLayout const& plan, HostId machine) {
    Spot const& own = plan.spot(machine);
    std::optional<Point> const by = way_to_room(plan, body_of(plan, own), seen_but(plan, machine));
    return in_parts(plan, own.cell.centre() + by.value_or(Point{}));
}

Point free_centre(CanvasLayout const& plan, NetworkId network) {
    Rect box;
    for (Place const& place : plan.places)
        if (place.network == network)
            box = place.box;
    std::optional<Point> const by = way_to_room(plan, box, ground_but(plan, network));
    return in_parts(plan, box.centre() + by.value_or(Point{}));
}

} // namespace mailflow::viz
