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

/// How far a road keeps from what it passes, at scale 1.
constexpr float beside_boxes = 10;

class Surveyor {
public:
    explicit Surveyor(CanvasLayout const& layout) : layout_(layout), scale_(layout.unit) {
        for (Spot const& spot : layout.spots)
            if (spot.host.valid())
                last_column_ = std::max(last_column_, spot.column);
    }

    /// `lane` moves the road a little aside, so that roads through the same gutter can be told apart.
    [[nodiscard]] std::vector<Point> between(HostId from, HostId to, RoadLook look, int lane) const {
        Spot const& a = layout_.spot(from);
        Spot const& b = layout_.spot(to);
        if (look == RoadLook::free)
            return freely(a, b);
        if (a.column == b.column)
            return around_the_side(a, b, lane);
        if (a.column > b.column) {
            std::vector<Point> path = between(to, from, look, lane);
            std::reverse(path.begin(), path.end());
            return path;
        }
        return b.column - a.column == 1 && box_of(a) != box_of(b) ? through_the_gutter(a, b)
                                                                  : across(a, b, lane);
    }

    [[nodiscard]] std::vector<Point> to_dns(HostId asker) const {
        Spot const& spot = layout_.spot(asker);
        Point const cloud = layout_.dns.centre();
        bool const above = spot.cell.x <= cloud.x && cloud.x <= spot.cell.right();
        if (above && is_last_above(spot)) {
            float const bottom = spot.mailbox ? spot.mailbox->bottom() : spot.note.bottom();
            bool const upright = spot.standing == Standing::upright;
            float const x = upright ? cloud.x : spot.icon.centre().x;
            return {{x, upright ? bottom + 6 * scale_ : spot.cell.bottom()},
                    {x, layout_.dns.y + layout_.dns.h * 0.35F}};
        }
        bool const from_left = spot.cell.centre().x < cloud.x || above;
        Point const start = from_left && !above ? spot.door_right : spot.door_left;
        Rect const box = box_of(spot);
        float const step = gutter_beside(box, from_left && !above ? 1.0F : -1.0F) * 0.4F;
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
            return other.host.valid() && other.column == spot.column && other.cell.y > spot.cell.y;
        });
    }

    /// The free width beside a box, to the right (1) or left (-1), up to the next one.
    [[nodiscard]] float gutter_beside(Rect const& box, float side) const {
        float width = 60 * scale_;
        for (Place const& other : layout_.places) {
            float const free = side > 0 ? other.box.x - box.right() : box.x - other.box.right();
            if (free > 0)
                width = std::min(width, free);
        }
        return width;
    }

    /// Straight where it can, in a bow where it must: for places that were put by hand.
    [[nodiscard]] std::vector<Point> freely(Spot const& a, Spot const& b) const {
        bool const to_right = a.icon.centre().x <= b.icon.centre().x;
        bool const beside = a.cell.right() < b.cell.x || b.cell.right() < a.cell.x;
        Point const start = to_right ? a.door_right : a.door_left;
        Point const end = to_right == beside ? b.door_left : b.door_right;
        float const bow = std::max(std::abs(end.x - start.x) / 2, 30 * scale_);
        std::vector<Point> path{start};
        curve_to(path, {start.x + (to_right ? bow : -bow), start.y},
                 {end.x + (to_right == beside ? -bow : bow), end.y}, end);
        return path;
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
    [[nodiscard]] std::vector<Point> around_the_side(Spot const& a, Spot const& b, int lane) const {
        bool const right = a.column < last_column_;
        Point const start = right ? a.door_right : a.door_left;
        Point const end = right ? b.door_right : b.door_left;
        Rect const box = box_of(a);
        float const step = lane_in(gutter_beside(box, right ? 1.0F : -1.0F), lane);
        float const x = right ? box.right() + step : box.x - step;
        std::vector<Point> path{start};
        corner_to(path, {x, start.y}, {x, end.y}, 18 * scale_);
        corner_to(path, {x, end.y}, end, 18 * scale_);
        path.push_back(end);
        return path;
    }

    /// How far into a gutter of this width the lane lies.
    [[nodiscard]] static float lane_in(float gutter, int lane) {
        return gutter * (0.38F + 0.1F * static_cast<float>(lane % 4));
    }

    /// Where a road can cross the column: above its boxes, between two of them, or below the last.
    [[nodiscard]] float crossing(std::size_t column, float wanted) const {
        std::vector<Rect> boxes;
        for (Place const& place : layout_.places) {
            bool const stands_here =
                std::any_of(layout_.spots.begin(), layout_.spots.end(), [&](Spot const& spot) {
                    return spot.host.valid() && spot.column == column &&
                           place.box.contains(spot.cell.centre());
                });
            if (stands_here)
                boxes.push_back(place.box);
        }
        for (Place const& place : layout_.places) // those in which nobody is now
            if (place.empty && std::any_of(boxes.begin(), boxes.end(), [&](Rect const& box) {
                    return place.box.x < box.right() && box.x < place.box.right();
                }))
                boxes.push_back(place.box);
        std::sort(boxes.begin(), boxes.end(), [](Rect const& a, Rect const& b) { return a.y < b.y; });
        float const gap = beside_boxes * scale_;
        std::vector<float> lanes{layout_.area.y - gap};
        for (std::size_t i = 0; i < boxes.size(); ++i)
            lanes.push_back(i + 1 < boxes.size() ? (boxes[i].bottom() + boxes[i + 1].y) / 2
                                                 : boxes[i].bottom() + gap);
        return *std::min_element(lanes.begin(), lanes.end(), [wanted](float l, float r) {
            return std::abs(l - wanted) < std::abs(r - wanted);
        });
    }

    /// The middle of the gutter to the right of a column.
    [[nodiscard]] float gutter_after(std::size_t column, int lane) const {
        float right = layout_.area.x;
        float next = layout_.area.right();
        for (Spot const& spot : layout_.spots) {
            if (!spot.host.valid())
                continue;
            if (spot.column <= column)
                right = std::max(right, spot.cell.right());
            else
                next = std::min(next, spot.cell.x);
        }
        return right + lane_in(next - right, lane);
    }

    /// Past the columns in between, each where it has a gap.
    [[nodiscard]] std::vector<Point> across(Spot const& a, Spot const& b, int lane) const {
        float const radius = 14 * scale_;
        std::vector<Point> path{a.door_right};
        float y = a.door_right.y;
        for (std::size_t column = a.column; column < b.column; ++column) {
            float const x = gutter_after(column, lane);
            float const part =
                static_cast<float>(column + 1 - a.column) / static_cast<float>(b.column - a.column);
            float const wanted = y + (b.door_left.y - y) * part;
            float const next = column + 1 == b.column ? b.door_left.y : crossing(column + 1, wanted);
            float const after = column + 1 == b.column ? b.door_left.x : gutter_after(column + 1, lane);
            corner_to(path, {x, y}, {x, next}, radius);
            corner_to(path, {x, next}, {after, next}, radius);
            y = next;
        }
        path.push_back(b.door_left);
        return path;
    }

    CanvasLayout const& layout_;
    float scale_;
    std::size_t last_column_ = 0;
};

} // namespace

void lay_roads(Present const& present, Trace const& trace, RoadLook look, CanvasLayout& layout) {
    World const& world = present.world();
    Surveyor const surveyor{layout};
    std::vector<std::pair<HostId, HostId>> ends;
    auto const add = [&](HostId from, HostId to) {
        bool const both_stand = from != to && layout.spot(from).host.valid() && layout.spot(to).host.valid();
        if (both_stand)
            ends.emplace_back(from, to);
    };
    for (std::size_t i = 0; i < world.people.size(); ++i)
        if (Person const& person = present.person(world.people.id_at(i));
            person.host.valid() && person.outgoing.valid() && layout.spot(person.host).column == 0)
            add(person.host, world.servers[person.outgoing].host);
    for (Session const& session : trace.sessions)
        add(session.client, session.server);
    auto const key = [](std::pair<HostId, HostId> const& road) {
        return std::pair<HostId, HostId>{std::minmax(road.first, road.second)};
    };
    std::stable_sort(ends.begin(), ends.end(), [&](auto const& a, auto const& b) { return key(a) < key(b); });
    ends.erase(
        std::unique(ends.begin(), ends.end(), [&](auto const& a, auto const& b) { return key(a) == key(b); }),
        ends.end());
    int lane = 0;
    for (auto const& [from, to] : ends) {
        std::vector<Point> path = surveyor.between(from, to, look, lane++);
        float const length = length_of(path);
        layout.roads.push_back({from, to, std::move(path), length});
    }
    if (layout.dns.w <= 0)
        return;
    std::vector<bool> asks(world.hosts.size());
    for (Lookup const& lookup : trace.lookups)
        asks[lookup.asker.index] = true;
    for (std::size_t i = 0; i < asks.size(); ++i)
        if (HostId const host = world.hosts.id_at(i); asks[i] && layout.spot(host).host.valid())
            layout.dns_roads.push_back({host, surveyor.to_dns(host)});
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
