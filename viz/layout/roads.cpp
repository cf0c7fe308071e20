#include "viz/layout/roads.hpp"

#include "viz/bands.hpp"
#include "viz/layout/detour.hpp"
#include "viz/layout/elbow_room.hpp"
#include "viz/layout/gutters.hpp"
#include "viz/layout/hubs.hpp"
#include "viz/layout/paths.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

namespace mailflow::viz {

namespace {

/// How far a road keeps from a single machine that it passes, at scale 1.
constexpr float beside_machines = 8;
/// Which part of a gutter lies before the lane of its roads to the DNS.
constexpr float lane_to_dns_in_gutter = 0.4F;
/// How far from above a road leads into the cloud, of its height: not as far as its name.
constexpr float into_cloud = 0.1F;

class Surveyor {
public:
    explicit Surveyor(CanvasLayout const& layout) : layout_(layout), scale_(layout.unit) {
        for (Spot const& spot : layout.spots)
            if (spot.host.valid())
                last_column_ = std::max(last_column_, spot.column);
    }

    /// Round the machines that stand in its way because they were put there by hand, and round the DNS.
    [[nodiscard]] std::vector<Point> past_the_others(std::vector<Point> path, HostId from,
                                                     HostId to = {}) const {
        std::vector<Rect> blocks;
        for (Spot const& spot : layout_.spots) {
            if (!spot.host.valid())
                continue;
            if (spot.host != from && spot.host != to) {
                blocks.push_back(body_of(layout_, spot));
                continue;
            }
            blocks.push_back(spot.icon); // nor through the two that it joins
            if (spot.standing == Standing::upright)
                blocks.push_back(united(spot.name, spot.note));
            if (spot.mailbox)
                blocks.push_back(*spot.mailbox);
        }
        if (layout_.dns.w > 0 && to.valid())
            blocks.push_back(layout_.dns);
        float const off = beside_machines * scale_;
        return led_round(std::move(path), blocks, layout_.area.inset(-off - 1), off);
    }

    /// `lane` says where in the gutters on its way the road goes up and down.
    [[nodiscard]] std::vector<Point> between(HostId from, HostId to, RoadLook look, std::size_t lane) const {
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
        return b.column - a.column == 1 && box_of(layout_, a) != box_of(layout_, b)
                   ? through_the_gutter(a, b, lane)
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
                    {x, layout_.dns.y + layout_.dns.h * into_cloud}};
        }
        bool const from_left = spot.cell.centre().x < cloud.x || above;
        Rect const box = box_of(layout_, spot);
        bool const right = goes_right(layout_, box, from_left && !above, lane_to_dns_in_gutter);
        Point const start = right ? spot.door_right : spot.door_left;
        float const x = beside(layout_, box, right, lane_to_dns_in_gutter);
        if (float const edge = 8 * scale_; layout_.dns.x + edge <= x && x <= layout_.dns.right() - edge)
            return from_above(start, x);
        bool const to_its_left = x < cloud.x;
        float const side = to_its_left ? layout_.dns.x + 8 * scale_ : layout_.dns.right() - 8 * scale_;
        float const level = level_to_dns(x, side, start.y);
        bool const at_its_foot = level > cloud.y + 0.3F * layout_.dns.h; // which is round
        float const further = at_its_foot ? 0.2F * layout_.dns.w : 0;
        Point const end{side + (to_its_left ? further : -further), level};
        std::vector<Point> path{start};
        float const radius = 18 * scale_;
        corner_to(path, {x, start.y}, {x, end.y}, radius);
        corner_to(path, {x, end.y}, end, radius);
        path.push_back(end);
        return path;
    }

private:
    /// Down a gutter that ends over the cloud: into its top, or into its shoulder, which is lower.
    [[nodiscard]] std::vector<Point> from_above(Point start, float x) const {
        constexpr float shoulder = 0.24F; // of its width
        constexpr float into_shoulder = 0.46F;
        float const part = (x - layout_.dns.x) / layout_.dns.w;
        bool const at_top = part > shoulder && part < 1 - shoulder;
        Point const end{x, layout_.dns.y + layout_.dns.h * (at_top ? into_cloud : into_shoulder)};
        std::vector<Point> path{start};
        corner_to(path, {x, start.y}, end, 18 * scale_);
        path.push_back(end);
        return path;
    }

    /// Whether a road to the cloud at this height runs past every place; past every machine.
    [[nodiscard]] bool clears_places(float from, float to, float level) const {
        return std::none_of(layout_.places.begin(), layout_.places.end(), [&](Place const& place) {
            return runs_through({{from, level}, {to, level}}, place.box.inset(-3 * scale_));
        });
    }
    [[nodiscard]] bool clears_machines(float from, float to, float level) const {
        return std::none_of(layout_.spots.begin(), layout_.spots.end(), [&](Spot const& spot) {
            return spot.host.valid() && runs_through({{from, level}, {to, level}}, body_of(layout_, spot));
        });
    }

    [[nodiscard]] bool is_kink(float from, float to) const { return viz::is_kink(layout_, from, to); }

    /// At which height a road comes to the cloud from the side: where it runs over no place on its way, or at
    /// least through no machine. At that of the door where it would have to be left for a little only.
    [[nodiscard]] float level_to_dns(float from, float to, float door) const {
        float const usual = layout_.dns.centre().y + 8 * scale_;
        std::vector<float> levels;
        if (is_kink(door, usual))
            levels.push_back(door);
        for (float const part : {0.0F, 0.12F, 0.24F, 0.36F, -0.15F, -0.3F})
            levels.push_back(usual + part * layout_.dns.h);
        levels.push_back(layout_.dns.bottom() - 8 * scale_);
        for (bool const may_kink : {false, true})
            for (float const level : levels)
                if (clears_places(from, to, level) && clears_machines(from, to, level) &&
                    (may_kink || !is_kink(door, level)))
                    return level;
        for (float const level : levels)
            if (clears_machines(from, to, level))
                return level;
        return usual;
    }

    [[nodiscard]] bool is_last_above(Spot const& spot) const {
        return std::none_of(layout_.spots.begin(), layout_.spots.end(), [&](Spot const& other) {
            return other.host.valid() && other.column == spot.column && other.cell.y > spot.cell.y;
        });
    }

    /// Straight where it can, in a bow where it must, from that side of the one to that side of the other.
    [[nodiscard]] std::vector<Point> bow(Spot const& a, bool a_right, Spot const& b, bool b_right) const {
        Point const start = a_right ? a.door_right : a.door_left;
        Point const end = b_right ? b.door_right : b.door_left;
        float const bend = std::max(std::abs(end.x - start.x) / 2, 30 * scale_);
        std::vector<Point> path{start};
        curve_to(path, {start.x + (a_right ? bend : -bend), start.y},
                 {end.x + (b_right ? bend : -bend), end.y}, end);
        return path;
    }

    /// For places that were put by hand: between the sides that give the shortest way round all that stands
    /// there, the two themselves too.
    [[nodiscard]] std::vector<Point> freely(Spot const& a, Spot const& b) const {
        bool const to_right = a.icon.centre().x <= b.icon.centre().x;
        std::vector<Point> best;
        float shortest = std::numeric_limits<float>::max();
        for (bool const a_right : {to_right, !to_right})
            for (bool const b_right : {!to_right, to_right}) {
                std::vector<Point> way = past_the_others(bow(a, a_right, b, b_right), a.host, b.host);
                bool const crosses = runs_through(way, a.icon) || runs_through(way, b.icon);
                float const length = length_of(way) + (crosses ? layout_.area.w + layout_.area.h : 0);
                if (length < shortest) {
                    shortest = length;
                    best = std::move(way);
                }
            }
        return best;
    }

    [[nodiscard]] std::vector<Point> through_the_gutter(Spot const& a, Spot const& b,
                                                        std::size_t lane) const {
        if (a.door_right.y == b.door_left.y || is_kink(a.door_right.y, b.door_left.y))
            return {a.door_right, b.door_left};
        float const out = box_of(layout_, a).right();
        float const x = out + lane_in(box_of(layout_, b).x - out, lane);
        std::vector<Point> path{a.door_right};
        corner_to(path, {x, a.door_right.y}, {x, b.door_left.y}, 18 * scale_);
        corner_to(path, {x, b.door_left.y}, b.door_left, 18 * scale_);
        path.push_back(b.door_left);
        return path;
    }

    /// Machines of one column meet in the gutter beside it.
    [[nodiscard]] std::vector<Point> around_the_side(Spot const& a, Spot const& b, std::size_t lane) const {
        Rect const box = box_of(layout_, a);
        bool const right = goes_right(layout_, box, a.column < last_column_, part_of_lane(lane));
        Point const start = right ? a.door_right : a.door_left;
        Point const end = right ? b.door_right : b.door_left;
        float const x = beside(layout_, box, right, part_of_lane(lane));
        std::vector<Point> path{start};
        corner_to(path, {x, start.y}, {x, end.y}, 18 * scale_);
        corner_to(path, {x, end.y}, end, 18 * scale_);
        path.push_back(end);
        return path;
    }

    /// At which part of a gutter the lane lies. The roads to the DNS have one of their own.
    [[nodiscard]] static float part_of_lane(std::size_t lane) {
        constexpr std::array parts{0.56F, 0.72F, 0.24F, 0.64F};
        return parts[lane % parts.size()];
    }
    [[nodiscard]] static float lane_in(float gutter, std::size_t lane) { return gutter * part_of_lane(lane); }

    /// The gutters before, between and after the bands: where in each the road goes up or down.
    [[nodiscard]] std::vector<float> gutters(Spot const& a, Spot const& b, std::vector<Band> const& bands,
                                             std::size_t lane) const {
        std::vector<float> at;
        for (std::size_t i = 0; i <= bands.size(); ++i) {
            float left = i > 0 ? bands[i - 1].right : a.cell.right();
            float right = i < bands.size() ? bands[i].left : b.cell.x;
            if (float const own = box_of(layout_, a).right(); i == 0 && own < right)
                left = own;
            if (float const own = box_of(layout_, b).x; i == bands.size() && own > left)
                right = own;
            at.push_back(left + lane_in(right - left, lane));
        }
        return at;
    }

    /// Past the columns in between, each where it has a gap.
    [[nodiscard]] std::vector<Point> across(Spot const& a, Spot const& b, std::size_t lane) const {
        float const radius = 14 * scale_;
        std::vector<Band> const bands = bands_between(layout_, a, b);
        std::vector<float> const turns = gutters(a, b, bands, lane);
        std::vector<Point> path{a.door_right};
        float y = a.door_right.y;
        for (std::size_t i = 0; i < turns.size(); ++i) {
            bool const last = i == bands.size();
            float const part = static_cast<float>(i + 1) / static_cast<float>(turns.size());
            float const next =
                last ? b.door_left.y
                     : crossing(layout_, bands[i], y + (b.door_left.y - y) * part, y, b.door_left.y);
            if (is_kink(y, next)) { // straight on, a little aslant
                float const half =
                    std::min(radius, std::abs((last ? b.door_left.x : turns[i + 1]) - turns[i]) / 2);
                path.push_back({turns[i] - half, y});
                path.push_back({turns[i] + half, next});
                y = next;
                continue;
            }
            corner_to(path, {turns[i], y}, {turns[i], next}, radius);
            corner_to(path, {turns[i], next}, {last ? b.door_left.x : turns[i + 1], next}, radius);
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
    Hubs const hubs{ends, world.hosts.size()};
    for (auto const& [from, to] : ends) {
        HostId const hub = hubs.hub_of(from, to);
        HostId const other = hub == from ? to : from;
        std::vector<Point> path = surveyor.between(hub, other, look, hubs.lane_of(hub));
        float const length = length_of(path);
        layout.roads.push_back({hub, other, std::move(path), length});
    }
    if (layout.dns.w <= 0)
        return;
    std::vector<bool> asks(world.hosts.size());
    for (Lookup const& lookup : trace.lookups)
        asks[lookup.asker.index] = true;
    for (std::size_t i = 0; i < asks.size(); ++i)
        if (HostId const host = world.hosts.id_at(i); asks[i] && layout.spot(host).host.valid())
            layout.dns_roads.push_back({host, look == RoadLook::free
                                                  ? surveyor.past_the_others(surveyor.to_dns(host), host)
                                                  : surveyor.to_dns(host)});
}

} // namespace mailflow::viz
