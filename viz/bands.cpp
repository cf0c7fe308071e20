#include "viz/bands.hpp"

#include "viz/layout/gutters.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mailflow::viz {

namespace {

/// At scale 1.
constexpr float least_step = 24;
/// How far a road keeps from what it passes.
constexpr float beside_boxes = 10;
/// What lies below all places is first of all for the roads to the DNS.
constexpr float lane_to_dns = 14;

/// The places on the way, and of the ends' own places the other machines.
std::vector<Rect> boxes_between(CanvasLayout const& layout, Spot const& a, Spot const& b) {
    std::vector<Rect> boxes;
    auto const add = [&](Rect const& box) {
        if (box.x >= a.cell.right() - 1 && box.right() <= b.cell.x + 1)
            boxes.push_back(box);
    };
    Rect const own = box_of(layout, a);
    Rect const others = box_of(layout, b);
    for (Place const& place : layout.places)
        if (place.box != own && place.box != others)
            add(place.box);
    for (Spot const& spot : layout.spots) {
        if (!spot.host.valid() || spot.host == a.host || spot.host == b.host)
            continue;
        Rect const box = box_of(layout, spot);
        if (box != own && box != others)
            continue;
        Rect cell = spot.cell;
        if (cell.y - box.y < 60 * layout.unit) // no road runs over the title above the first
            cell = {cell.x, box.y, cell.w, cell.bottom() - box.y};
        add(cell);
    }
    return boxes;
}

/// Whether a road at this level keeps clear of all that stands in the band.
bool is_clear_at(CanvasLayout const& layout, Band const& band, float level) {
    float const gap = beside_boxes * layout.unit / 2;
    return std::none_of(band.boxes.begin(), band.boxes.end(),
                        [&](Rect const& box) { return box.y - gap < level && level < box.bottom() + gap; });
}

} // namespace

bool is_kink(CanvasLayout const& layout, float from, float to) {
    return from != to && std::abs(from - to) < least_step * layout.unit;
}

std::vector<Band> bands_between(CanvasLayout const& layout, Spot const& a, Spot const& b) {
    std::vector<Rect> boxes = boxes_between(layout, a, b);
    std::sort(boxes.begin(), boxes.end(), [](Rect const& l, Rect const& r) { return l.x < r.x; });
    std::vector<Band> bands;
    for (Rect const& box : boxes) {
        if (bands.empty() || bands.back().right <= box.x)
            bands.push_back({box.x, box.right(), {}});
        bands.back().right = std::max(bands.back().right, box.right());
        bands.back().boxes.push_back(box);
    }
    for (Band& band : bands) {
        if (layout.dns.w > 0 && layout.dns.x < band.right && band.left < layout.dns.right())
            band.boxes.push_back(layout.dns);
        std::sort(band.boxes.begin(), band.boxes.end(),
                  [](Rect const& l, Rect const& r) { return l.y < r.y; });
    }
    return bands;
}

float crossing(CanvasLayout const& layout, Band const& band, float wanted, float comes_at, float ends_at) {
    float const gap = beside_boxes * layout.unit;
    std::vector<float> lanes;
    for (float const level : {comes_at, ends_at})
        if (is_clear_at(layout, band, level) && level >= layout.area.y)
            lanes.push_back(level);
    if (float const above = band.boxes.front().y - gap; above >= layout.area.y)
        lanes.push_back(above);
    float low = band.boxes.front().bottom();
    for (Rect const& box : band.boxes) {
        if (box.y - low >= gap / 2)
            lanes.push_back((low + box.y) / 2);
        low = std::max(low, box.bottom());
    }
    if (low + gap + lane_to_dns * layout.unit <= layout.area.bottom())
        lanes.push_back(low + gap);
    if (lanes.empty())
        return layout.area.y - gap;
    auto const badness = [&](float level) {
        bool const kinks = is_kink(layout, comes_at, level) || is_kink(layout, level, ends_at);
        return std::pair{kinks, std::abs(level - wanted)};
    };
    return *std::min_element(lanes.begin(), lanes.end(),
                             [&](float l, float r) { return badness(l) < badness(r); });
}

} // namespace mailflow::viz
