#include "viz/roads.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

constexpr int curve_steps = 16;

void curve_to(std::vector<Point>& path, Point bend_a, Point bend_b, Point end) {
    Point const start = path.back();
    for (int i = 1; i <= curve_steps; ++i) {
        float const t = static_cast<float>(i) / curve_steps;
        float const u = 1 - t;
        path.push_back(start * (u * u * u) + bend_a * (3 * u * u * t) + bend_b * (3 * u * t * t) +
                       end * (t * t * t));
    }
}

/// From one point to the next with a corner rounded off at `corner`.
void corner_to(std::vector<Point>& path, Point corner, Point end, float radius) {
    auto const towards = [&](Point from) {
        Point const way = from - corner;
        float const length = std::hypot(way.x, way.y);
        return length < 1 ? corner : corner + way * (std::min(radius, length / 2) / length);
    };
    path.push_back(towards(path.back()));
    curve_to(path, corner, corner, towards(end));
}

class Surveyor {
public:
    Surveyor(CanvasLayout const& layout, float scale) : layout_(layout), scale_(scale) {}

    [[nodiscard]] std::vector<Point> between(HostId from, HostId to) const {
        Spot const& a = layout_.spot(from);
        Spot const& b = layout_.spot(to);
        if (a.column == b.column)
            return around_the_side(a, b);
        if (a.column > b.column) {
            std::vector<Point> path = between(to, from);
            std::reverse(path.begin(), path.end());
            return path;
        }
        return b.column - a.column == 1 ? through_the_gutter(a, b) : along_a_lane(a, b);
    }

    [[nodiscard]] std::vector<Point> to_dns(HostId asker) const {
        Spot const& spot = layout_.spot(asker);
        Point const cloud = layout_.dns.centre();
        bool const above = spot.cell.x <= cloud.x && cloud.x <= spot.cell.right();
        if (above && is_last_above(spot)) {
            float const bottom = spot.mailbox ? spot.mailbox->bottom() : spot.note.bottom();
            float const x = spot.beside ? spot.icon.centre().x : cloud.x;
            return {{x, (spot.beside ? spot.cell.bottom() : bottom + 6 * scale_)},
                    {x, layout_.dns.y + 12 * scale_}};
        }
        bool const from_left = spot.cell.centre().x < cloud.x || above;
        Point const start = from_left && !above ? spot.door_right : spot.door_left;
        Rect const box = box_of(spot);
        float const step = 26 * scale_;
        float const x = from_left && !above ? box.right() + step : box.x - step;
        Point const end{from_left ? layout_.dns.x + 8 * scale_ : layout_.dns.right() - 8 * scale_,
                        cloud.y + 8 * scale_};
        std::vector<Point> path{start};
        float const radius = 18 * scale_;
        corner_to(path, {x, start.y}, {x, end.y}, radius);
        corner_to(path, {x, end.y}, end, radius);
        path.push_back(end);
        return path;
    }

private:
    [[nodiscard]] Rect box_of(Spot const& spot) const {
        for (Place const& place : layout_.places)
            if (place.box.contains(spot.cell.centre()))
                return place.box;
        return spot.cell;
    }

    [[nodiscard]] bool is_last_above(Spot const& spot) const {
        return std::none_of(layout_.spots.begin(), layout_.spots.end(), [&](Spot const& other) {
            return other.column == spot.column && other.cell.y > spot.cell.y;
        });
    }

    [[nodiscard]] std::vector<Point> through_the_gutter(Spot const& a, Spot const& b) const {
        Point const out{box_of(a).right(), a.door_right.y};
        Point const in{box_of(b).x, b.door_left.y};
        float const half = (in.x - out.x) / 2;
        std::vector<Point> path{a.door_right, out};
        curve_to(path, {out.x + half, out.y}, {in.x - half, in.y}, in);
        path.push_back(b.door_left);
        return path;
    }

    /// Machines of one column meet in the gutter beside it.
    [[nodiscard]] std::vector<Point> around_the_side(Spot const& a, Spot const& b) const {
        bool const right = std::any_of(layout_.spots.begin(), layout_.spots.end(),
                                       [&](Spot const& spot) { return spot.column > a.column; });
        Point const start = right ? a.door_right : a.door_left;
        Point const end = right ? b.door_right : b.door_left;
        Rect const box = box_of(a);
        float const x = right ? box.right() + 22 * scale_ : box.x - 22 * scale_;
        std::vector<Point> path{start};
        corner_to(path, {x, start.y}, {x, end.y}, 18 * scale_);
        corner_to(path, {x, end.y}, end, 18 * scale_);
        path.push_back(end);
        return path;
    }

    /// Past the columns in between: over their boxes, between two of them, or above the cloud.
    [[nodiscard]] std::vector<Point> along_a_lane(Spot const& a, Spot const& b) const {
        float const wanted = (a.door_right.y + b.door_left.y) / 2;
        float const gap = 10 * scale_;
        std::vector<float> lanes{layout_.area.y - gap};
        for (Place const& place : layout_.places)
            if (place.box.x > box_of(a).right() && place.box.right() < box_of(b).x)
                lanes.push_back(place.box.bottom() + gap);
        if (b.column - a.column > 2)
            lanes.resize(1);
        float const y = *std::min_element(lanes.begin(), lanes.end(), [wanted](float l, float r) {
            return std::abs(l - wanted) < std::abs(r - wanted);
        });
        float const step = 30 * scale_;
        float const out = box_of(a).right() + step;
        float const in = box_of(b).x - step;
        float const radius = 18 * scale_;
        std::vector<Point> path{a.door_right};
        corner_to(path, {out, a.door_right.y}, {out, y}, radius);
        corner_to(path, {out, y}, {in, y}, radius);
        corner_to(path, {in, y}, {in, b.door_left.y}, radius);
        corner_to(path, {in, b.door_left.y}, b.door_left, radius);
        path.push_back(b.door_left);
        return path;
    }

    CanvasLayout const& layout_;
    float scale_;
};

} // namespace

void lay_roads(Present const& present, Trace const& trace, float scale, CanvasLayout& layout) {
    World const& world = present.world();
    Surveyor const surveyor{layout, scale};
    auto const add = [&](HostId from, HostId to) {
        if (from != to && layout.road(from, to) == nullptr)
            layout.roads.push_back({from, to, surveyor.between(from, to)});
    };
    for (std::size_t i = 0; i < world.people.size(); ++i)
        if (Person const& person = present.person(world.people.id_at(i));
            person.host.valid() && person.outgoing.valid() && layout.spot(person.host).column == 0)
            add(person.host, world.servers[person.outgoing].host);
    for (Session const& session : trace.sessions)
        add(session.client, session.server);
    for (Lookup const& lookup : trace.lookups)
        if (layout.dns_road(lookup.asker) == nullptr)
            layout.dns_roads.push_back({lookup.asker, surveyor.to_dns(lookup.asker)});
}

float length_of(std::vector<Point> const& path) {
    float length = 0;
    for (std::size_t i = 1; i < path.size(); ++i)
        length += std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
    return length;
}

Point along(std::vector<Point> const& path, double part) {
    float left = length_of(path) * static_cast<float>(std::clamp(part, 0.0, 1.0));
    for (std::size_t i = 1; i < path.size(); ++i) {
        float const step = std::hypot(path[i].x - path[i - 1].x, path[i].y - path[i - 1].y);
        if (left <= step && step > 0)
            return path[i - 1] + (path[i] - path[i - 1]) * (left / step);
        left -= step;
    }
    return path.back();
}

} // namespace mailflow::viz
