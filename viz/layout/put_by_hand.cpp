#include "viz/layout/put_by_hand.hpp"

#include "viz/layout/elbow_room.hpp"
#include "viz/layout/packing.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// From where the centre is to where it was put, within the area.
Point way_to(Rect const& rect, Point centre, Rect const& area) {
    Rect const wanted = around({area.x + centre.x * area.w, area.y + centre.y * area.h}, rect.w, rect.h);
    Rect const kept = kept_within(wanted, area);
    return {kept.x - rect.x, kept.y - rect.y};
}

/// By this much two may touch: a scenario keeps positions in thousandths of the picture.
constexpr float touching = 5; // in spacing at scale 1

class Putting {
public:
    Putting(Present const& present, Positions const& positions, CanvasLayout& layout)
        : present_(present)
        , positions_(positions)
        , layout_(layout) {}

    void put_places() {
        for (Place& place : layout_.places)
            if (auto const put = positions_.places.find(place.network); put != positions_.places.end())
                move(place, way_to(place.box, put->second, layout_.area));
    }

    void put_machines() {
        for (auto const& [host, centre] : positions_.machines) {
            if (host.index >= layout_.spots.size() || !layout_.spots[host.index].host.valid())
                continue;
            Spot& spot = layout_.spots[host.index];
            Point const by = way_to(spot.cell, centre, layout_.area);
            Place* const own = place_of_its_own(spot);
            if (own != nullptr && take_along(*own, spot, by))
                continue;
            move_spot(spot, by);
            reach(spot);
        }
    }

    void give_way() {
        std::vector<Rect> const fixed = standing_fast();
        if (fixed.empty())
            return;
        for (Place& place : layout_.places)
            if (!positions_.places.contains(place.network)) {
                if (!holds_fixed(place) && is_covered(place, fixed))
                    move_aside(place);
                for (Spot& spot : layout_.spots)
                    if (is_automatic(spot, place) && covers(body_of(layout_, spot), fixed))
                        move_aside(spot);
            }
        if (layout_.dns.w > 0 && covers(layout_.dns, fixed))
            make_way_for_dns();
    }

private:
    [[nodiscard]] bool stands_in(Spot const& spot, Place const& place) const {
        return spot.host.valid() && present_.host(spot.host).network == place.network;
    }

    [[nodiscard]] bool is_automatic(Spot const& spot, Place const& place) const {
        return stands_in(spot, place) && !positions_.machines.contains(spot.host);
    }

    void move(Place& place, Point by) {
        place.box = moved(place.box, by);
        for (Spot& spot : layout_.spots)
            if (stands_in(spot, place))
                move_spot(spot, by);
    }

    /// The place in which the machine stands alone, unless that was put somewhere itself.
    [[nodiscard]] Place* place_of_its_own(Spot const& spot) {
        for (Place& place : layout_.places)
            if (stands_in(spot, place) && !positions_.places.contains(place.network))
                return std::count_if(layout_.spots.begin(), layout_.spots.end(),
                                     [&](Spot const& other) { return stands_in(other, place); }) == 1
                           ? &place
                           : nullptr;
        return nullptr;
    }

    /// The place goes with its only machine: all of it, or as low as the machine allows. Whether it covers no
    /// other there.
    bool take_along(Place& place, Spot& spot, Point by) {
        std::vector<Rect> const others = ground_but(layout_, place.network);
        for (Rect const& box : {place.box, tightened(place)}) {
            Rect const there = kept_within(moved(box, by), layout_.area);
            if (covers(there, others))
                continue;
            place.box = box;
            move(place, {there.x - box.x, there.y - box.y});
            // Where the edge of the picture holds the place back, the machine goes on within it.
            Point const left_over{by.x - (there.x - box.x), by.y - (there.y - box.y)};
            move_within(spot, left_over, {there.x, there.y + place.title, there.w, there.h - place.title});
            return true;
        }
        return false;
    }

    void move_within(Spot& spot, Point by, Rect const& room) const {
        Rect const body = body_of(layout_, spot);
        Rect const there = kept_within(moved(body, by), room);
        move_spot(spot, {there.x - body.x, there.y - body.y});
    }

    /// The DNS goes to where it covers nothing; where there is no such spot, to where it covers only empty
    /// ground of places, smaller if it has to be. Where that does not help either, it is not shown.
    void make_way_for_dns() {
        std::vector<Rect> places;
        for (Place const& place : layout_.places) {
            places.push_back(place.box);
            places.insert(places.end(), place.outposts.begin(), place.outposts.end());
        }
        std::vector<Rect> machines;
        for (Rect const& seen : seen_but(layout_, {}))
            if (seen != layout_.dns)
                machines.push_back(seen);
        for (std::vector<Rect> const* const others : {&places, &machines})
            for (float const size : {1.0F, 0.8F, 0.65F}) {
                Rect const cloud = around(layout_.dns.centre(), layout_.dns.w * size, layout_.dns.h * size);
                if (std::optional<Point> const by = way_to_room(layout_, cloud, *others)) {
                    layout_.dns = moved(cloud, *by);
                    return;
                }
            }
        layout_.dns = {};
    }

    /// A place reaches as far as its machines, but over no other place: where one is in the way, the machine
    /// has ground of its own.
    void reach(Spot const& spot) {
        for (Place& place : layout_.places) {
            if (!stands_in(spot, place))
                continue;
            Rect const body = body_of(layout_, spot);
            Rect const whole = united(place.box, body);
            std::vector<Rect> const others = ground_but(layout_, place.network);
            bool const is_free = std::none_of(others.begin(), others.end(), [&](Rect const& other) {
                return area_shared(whole, other) > 0;
            });
            if (is_free) {
                place.box = whole;
            } else if (!place.box.contains(body)) {
                place.outposts.push_back(outpost_of(layout_, body));
            }
        }
    }

    /// What gives way to nothing.
    [[nodiscard]] std::vector<Rect> standing_fast() const {
        float const touch = touching * layout_.unit;
        std::vector<Rect> fixed;
        for (Place const& place : layout_.places)
            if (positions_.places.contains(place.network) && !is_held(place.network))
                fixed.push_back(place.box.inset(touch));
        for (auto const& [host, centre] : positions_.machines)
            if (host.index < layout_.spots.size() && layout_.spots[host.index].host.valid() && !is_held(host))
                fixed.push_back(body_of(layout_, layout_.spots[host.index]).inset(touch));
        return fixed;
    }

    template<class Id>
    [[nodiscard]] bool is_held(Id id) const {
        Id const* const held = std::get_if<Id>(&positions_.held);
        return held != nullptr && *held == id;
    }

    [[nodiscard]] static bool covers(Rect const& rect, std::vector<Rect> const& others) {
        return std::any_of(others.begin(), others.end(),
                           [&](Rect const& other) { return area_shared(rect, other) > 1; });
    }

    [[nodiscard]] bool holds_fixed(Place const& place) const {
        return std::any_of(layout_.spots.begin(), layout_.spots.end(), [&](Spot const& spot) {
            return stands_in(spot, place) && positions_.machines.contains(spot.host);
        });
    }

    /// Its title or a machine in it; all of it by another place.
    [[nodiscard]] bool is_covered(Place const& place, std::vector<Rect> const& fixed) const {
        if (covers({place.box.x, place.box.y, place.box.w, spacing::label_height * layout_.unit}, fixed))
            return true;
        for (Spot const& spot : layout_.spots)
            if (stands_in(spot, place) && covers(body_of(layout_, spot), fixed))
                return true;
        float const touch = touching * layout_.unit;
        return std::any_of(layout_.places.begin(), layout_.places.end(), [&](Place const& other) {
            return positions_.places.contains(other.network) && !is_held(other.network) &&
                   area_shared(other.box.inset(touch), place.box) > 1;
        });
    }

    /// The box as low as its machines allow.
    [[nodiscard]] Rect tightened(Place const& place) const {
        float top = place.box.bottom();
        float foot = place.box.y;
        for (Spot const& spot : layout_.spots)
            if (stands_in(spot, place)) {
                Rect const body = body_of(layout_, spot);
                top = std::min(top, body.y);
                foot = std::max(foot, body.bottom());
            }
        if (top >= foot)
            return place.box;
        float const above = std::max(top - place.title, place.box.y);
        return {place.box.x, above, place.box.w, foot - above};
    }

    /// All of it, to where it covers no other place; where it is too high for that, without what is empty of
    /// it. Where that does not help either, it stays, and its machines give way by themselves.
    void move_aside(Place& place) {
        std::vector<Rect> others = ground_but(layout_, place.network);
        for (Place const& other : layout_.places)
            others.insert(others.end(), other.outposts.begin(), other.outposts.end());
        for (Rect const& box : {place.box, tightened(place)})
            if (std::optional<Point> const by = way_to_room(layout_, box, others)) {
                place.box = box;
                move(place, *by);
                return;
            }
    }

    void move_aside(Spot& spot) {
        if (std::optional<Point> const by =
                way_to_room(layout_, body_of(layout_, spot), seen_but(layout_, spot.host))) {
            move_spot(spot, *by);
            reach(spot);
        }
    }

    Present const& present_;
    Positions const& positions_;
    CanvasLayout& layout_;
};

} // namespace

void move_spot(Spot& spot, Point by) {
    for (Rect* const rect : {&spot.cell, &spot.icon, &spot.name, &spot.note})
        *rect = moved(*rect, by);
    if (spot.mailbox)
        spot.mailbox = moved(*spot.mailbox, by);
    spot.door_left = spot.door_left + by;
    spot.door_right = spot.door_right + by;
}

void put_by_hand(Present const& present, Positions const& positions, CanvasLayout& layout) {
    Putting putting{present, positions, layout};
    putting.put_places();
    putting.put_machines();
    putting.give_way();
}

} // namespace mailflow::viz
