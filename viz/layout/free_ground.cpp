#include "viz/layout/free_ground.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace mailflow::viz {

namespace {

/// What may not be built over: the other places and the DNS.
template<class Use>
void for_each_neighbour(GroundPlan const& ground, Rect const& box, Use use) {
    auto const look_at = [&](Rect const& other) {
        if (other != box && other.w > 0 && other.x < box.right() && box.x < other.right())
            use(other);
    };
    for (Plot const& plot : ground.plots)
        look_at(plot.box);
    look_at(ground.dns);
}

float most_right(GroundPlan const& ground) {
    float right = ground.area.x;
    for (Plot const& plot : ground.plots)
        right = std::max(right, plot.box.right());
    return right;
}

/// Of the narrowest place: others take several columns.
float column_width(GroundPlan const& ground) {
    float width = ground.plots.front().box.w;
    for (Plot const& plot : ground.plots)
        width = std::min(width, plot.box.w);
    return width;
}

/// Those of the columns, and of one more where there is room.
std::vector<float> column_lefts(GroundPlan const& ground, float width) {
    std::vector<float> lefts;
    for (Plot const& plot : ground.plots)
        if (std::find(lefts.begin(), lefts.end(), plot.box.x) == lefts.end())
            lefts.push_back(plot.box.x);
    float const right = most_right(ground) + ground.px(spacing::least_gutter(ground.standing));
    if (right + width <= ground.area.right())
        lefts.push_back(right);
    return lefts;
}

} // namespace

float gap_of(GroundPlan const& ground) {
    return ground.px(spacing::between_boxes);
}

float free_below(GroundPlan const& ground, Rect const& box) {
    float end = ground.area.bottom();
    for_each_neighbour(ground, box, [&](Rect const& other) {
        if (other.y >= box.y)
            end = std::min(end, other.y - gap_of(ground));
    });
    return std::max(end - box.bottom(), 0.0F);
}

float free_above(GroundPlan const& ground, Rect const& box) {
    float begin = ground.area.y;
    for_each_neighbour(ground, box, [&](Rect const& other) {
        if (other.y < box.y)
            begin = std::max(begin, other.bottom() + gap_of(ground));
    });
    return std::max(box.y - begin, 0.0F);
}

std::optional<Rect> hole_in(Plot const& plot, float least) {
    std::vector<Rect> taken;
    for (Cell const& cell : plot.cells)
        taken.push_back(cell.rect);
    std::sort(taken.begin(), taken.end(), [](Rect const& a, Rect const& b) { return a.y < b.y; });
    float top = plot.box.y + plot.title;
    for (Rect const& rect : taken) {
        if (rect.y - top >= least)
            return Rect{rect.x, top, rect.w, rect.y - top};
        top = rect.bottom();
    }
    if (plot.box.bottom() - top >= least)
        return Rect{taken.front().x, top, taken.front().w, plot.box.bottom() - top};
    return std::nullopt;
}

std::optional<Rect> free_plot(GroundPlan const& ground, float least, float wanted, Point near) {
    std::vector<Rect> found;
    float const width = column_width(ground);
    for (float const x : column_lefts(ground, width)) {
        Rect const column{x, ground.area.y, width, ground.area.h};
        float top = column.y;
        std::vector<Rect> taken;
        for_each_neighbour(ground, column, [&](Rect const& other) { taken.push_back(other); });
        std::sort(taken.begin(), taken.end(), [](Rect const& a, Rect const& b) { return a.y < b.y; });
        taken.push_back({x, column.bottom() + gap_of(ground), width, 0});
        for (Rect const& other : taken) {
            if (float const room = other.y - gap_of(ground) - top; room >= least) {
                float const height = std::floor(std::min(room, wanted));
                float const y = held_between(near.y - height / 2, top, top + room - height);
                found.push_back({x, std::floor(y), width, height});
            }
            top = std::max(top, other.bottom() + gap_of(ground));
        }
    }
    auto const distance = [near](Rect const& box) {
        return std::hypot(box.centre().x - near.x, box.centre().y - near.y);
    };
    auto const best = std::min_element(
        found.begin(), found.end(), [&](Rect const& a, Rect const& b) { return distance(a) < distance(b); });
    return best == found.end() ? std::nullopt : std::optional{*best};
}

} // namespace mailflow::viz
