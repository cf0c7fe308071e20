#include "viz/camera.hpp"

namespace mailflow::viz {

namespace {

Point on_screen(Camera const& camera, Point at, Rect const& area) {
    Point const centre{area.x + camera.centre.x * area.w, area.y + camera.centre.y * area.h};
    return area.centre() + (at - centre) * camera.zoom;
}

Rect on_screen(Camera const& camera, Rect const& rect, Rect const& area) {
    Point const corner = on_screen(camera, Point{rect.x, rect.y}, area);
    return {corner.x, corner.y, rect.w * camera.zoom, rect.h * camera.zoom};
}

} // namespace

Point in_picture(Camera const& camera, Point at, Rect const& area) {
    Point const way = (at - area.centre()) * (1 / camera.zoom);
    return {camera.centre.x + way.x / std::max(area.w, 1.0F),
            camera.centre.y + way.y / std::max(area.h, 1.0F)};
}

Camera zoomed(Camera camera, float by, Point at, Rect const& area) {
    Point const held = in_picture(camera, at, area);
    camera.zoom = held_between(camera.zoom * by, least_zoom, most_zoom);
    Point const now = in_picture(camera, at, area);
    camera.centre = camera.centre + held - now;
    return camera;
}

Camera panned(Camera camera, Point by, Rect const& area) {
    camera.centre.x = held_between(camera.centre.x - by.x / std::max(area.w, 1.0F) / camera.zoom, 0, 1);
    camera.centre.y = held_between(camera.centre.y - by.y / std::max(area.h, 1.0F) / camera.zoom, 0, 1);
    return camera;
}

CanvasLayout seen_through(Camera const& camera, CanvasLayout const& layout) {
    if (camera == Camera{})
        return layout;
    CanvasLayout seen = layout;
    Rect const& area = layout.area;
    auto const look_at = [&](auto& thing) { thing = on_screen(camera, thing, area); };
    seen.unit *= camera.zoom;
    look_at(seen.dns);
    for (Place& place : seen.places) {
        look_at(place.box);
        place.title *= camera.zoom;
        for (Rect& outpost : place.outposts)
            look_at(outpost);
    }
    for (Spot& spot : seen.spots) {
        for (Rect* const rect : {&spot.cell, &spot.icon, &spot.name, &spot.note})
            look_at(*rect);
        if (spot.mailbox)
            look_at(*spot.mailbox);
        look_at(spot.door_left);
        look_at(spot.door_right);
    }
    for (Road& road : seen.roads) {
        for (Point& point : road.path)
            look_at(point);
        road.length *= camera.zoom;
    }
    for (DnsRoad& road : seen.dns_roads)
        for (Point& point : road.path)
            look_at(point);
    return seen;
}

} // namespace mailflow::viz
