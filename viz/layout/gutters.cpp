#include "viz/layout/gutters.hpp"

namespace mailflow::viz {

namespace {

/// The free width beside the box, up to the next one.
float width_of_gutter(CanvasLayout const& layout, Rect const& box, bool right) {
    float width = 60 * layout.unit;
    for (Place const& other : layout.places) {
        float const free = right ? other.box.x - box.right() : box.x - other.box.right();
        if (free > 0)
            width = std::min(width, free);
    }
    return width;
}

float wanted_beside(CanvasLayout const& layout, Rect const& box, bool right, float part) {
    float const step = width_of_gutter(layout, box, right) * part;
    return right ? box.right() + step : box.x - step;
}

} // namespace

Rect box_of(CanvasLayout const& layout, Spot const& spot) {
    for (Place const& place : layout.places)
        if (place.box.contains(spot.cell.centre()))
            return place.box;
    return spot.cell;
}

float beside(CanvasLayout const& layout, Rect const& box, bool right, float part) {
    return held_between(wanted_beside(layout, box, right, part), layout.area.x, layout.area.right());
}

bool goes_right(CanvasLayout const& layout, Rect const& box, bool wanted, float part) {
    auto const has_room = [&](bool right) {
        float const x = wanted_beside(layout, box, right, part);
        return layout.area.x <= x && x <= layout.area.right();
    };
    return has_room(wanted) || !has_room(!wanted) ? wanted : !wanted;
}

} // namespace mailflow::viz
