#include "viz/layout.hpp"

#include "viz/columns.hpp"
#include "viz/roads.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

/// Spacing, in pixels at scale 1.
constexpr float between_boxes = 20;
constexpr float cloud_height = 108;
constexpr float label_height = 34;   // the network's name at the top of its box
constexpr float trusted_height = 18; // the word below it
constexpr float icon_size = 64;
constexpr float text_line = 21;
constexpr float callout_band = 74; // above the icon, for what is said about the machine
constexpr float least_band = 48;   // less than this holds no callout
constexpr float mailbox_height = 84;
constexpr float beside_below = 128; // cells less high than this have their texts beside the icon
constexpr float widest_column = 270;

struct Plan {
    World const& world;
    Present const& present;
    Trace const& trace;
    float scale;
    CanvasLayout& layout;
};

/// The name above, the picture and the note side by side below it.
void stand_beside(Spot& spot, float scale) {
    float const line = text_line * scale;
    float const pad = 10 * scale;
    float const icon = std::min(40 * scale, spot.cell.h - line - 9 * scale);
    float const top = spot.cell.y + std::max(0.0F, (spot.cell.h - line - icon - 8 * scale) / 2);
    spot.beside = true;
    spot.cramped = true;
    spot.name = {spot.cell.x + pad, top, spot.cell.w - 2 * pad, line};
    spot.icon = {spot.cell.x + pad + 8 * scale, spot.name.bottom() + 5 * scale, icon, icon};
    float const left = spot.icon.right() + 14 * scale;
    spot.note = {left, spot.icon.centre().y - line / 2, spot.cell.right() - pad - left, line};
    spot.door_left = {spot.cell.x, spot.icon.centre().y};
    spot.door_right = {spot.cell.right(), spot.icon.centre().y};
}

void stand_upright(Spot& spot, float scale, bool wants_mailbox, float band) {
    float const texts = 2 * text_line * scale + 6 * scale;
    float icon = icon_size * scale;
    float spare = spot.cell.h - icon - texts - 10 * scale;
    bool const mailbox = wants_mailbox && spare >= (mailbox_height + 8) * scale;
    if (mailbox)
        spare -= mailbox_height * scale;
    if (spare < 0) {
        icon = std::max(icon + spare, 30 * scale);
        spare = 0;
    }
    float const top = spot.cell.y + std::min(spare, band);
    spot.icon = {spot.cell.centre().x - icon / 2, top, icon, icon};
    spot.cramped = top - spot.cell.y < least_band * scale;
    float const line = text_line * scale;
    spot.name = {spot.cell.x + 6 * scale, spot.icon.bottom() + 8 * scale, spot.cell.w - 12 * scale, line};
    spot.note = {spot.name.x, spot.name.bottom(), spot.name.w, line};
    if (mailbox)
        spot.mailbox = Rect{spot.cell.x + 6 * scale, spot.note.bottom() + 8 * scale, spot.cell.w - 12 * scale,
                            (mailbox_height - 12) * scale};
    float const step = 14 * scale;
    spot.door_left = {spot.icon.x - step, spot.icon.centre().y};
    spot.door_right = {spot.icon.right() + step, spot.icon.centre().y};
}

void stand_machines(Plan const& plan, Place const& place, std::size_t column, float label) {
    std::vector<HostId> const machines = machines_in(plan.world, place.network);
    if (machines.empty())
        return;
    float const extra = ever_trusted(plan.world, place.network) ? trusted_height * plan.scale : 0;
    label += extra;
    float const height = (place.box.h - label) / static_cast<float>(machines.size());
    for (std::size_t i = 0; i < machines.size(); ++i) {
        if (plan.present.host(machines[i]).network != place.network)
            continue;
        Spot& spot = plan.layout.spots[machines[i].index];
        spot.host = machines[i];
        spot.column = column;
        spot.cell = {place.box.x, place.box.y + label + static_cast<float>(i) * height, place.box.w, height};
        if (height < beside_below * plan.scale)
            stand_beside(spot, plan.scale);
        else
            stand_upright(spot, plan.scale, shows_mailbox(plan.world, plan.trace, machines[i]),
                          callout_band * plan.scale - extra);
    }
}

/// What a network asks of its column's height, at scale 1: the least with which it looks well; what it takes
/// at most.
struct Height {
    float wanted = 0;
    float most = 0;
};

Height height_of(Plan const& plan, NetworkId network) {
    std::vector<HostId> const machines = machines_in(plan.world, network);
    if (machines.empty())
        return {110, 190};
    Height height{label_height, label_height};
    for (HostId const host : machines) {
        bool const mailbox = shows_mailbox(plan.world, plan.trace, host);
        height.wanted += mailbox ? 130.0F : 100.0F;
        height.most += mailbox ? 324.0F : 256.0F;
    }
    return height;
}

void stand_column(Plan const& plan, std::vector<NetworkId> const& networks, Rect column, std::size_t index) {
    float const gap = (networks.size() > 3 ? between_boxes / 2 : between_boxes) * plan.scale;
    float total = 0;
    for (NetworkId const network : networks)
        total += height_of(plan, network).wanted;
    float const room = column.h - gap * static_cast<float>(networks.size() - 1);
    float y = column.y;
    bool const crowded = networks.size() > 3;
    for (NetworkId const network : networks) {
        Height const height = height_of(plan, network);
        float const given = std::min(room * height.wanted / total, height.most * plan.scale);
        Place const place{.network = network,
                          .box = {column.x, std::floor(y), column.w, std::floor(given)},
                          .empty = is_empty(plan.present, network),
                          .trusted = is_trusted(plan.present, network)};
        plan.layout.places.push_back(place);
        stand_machines(plan, place, index, (crowded ? 28 : label_height) * plan.scale);
        y += place.box.h + gap;
    }
}

} // namespace

Road const* CanvasLayout::road(HostId a, HostId b) const {
    for (Road const& road : roads)
        if ((road.from == a && road.to == b) || (road.from == b && road.to == a))
            return &road;
    return nullptr;
}

DnsRoad const* CanvasLayout::dns_road(HostId asker) const {
    for (DnsRoad const& road : dns_roads)
        if (road.asker == asker)
            return &road;
    return nullptr;
}

CanvasLayout plan_canvas(Present const& present, Trace const& trace, Rect area, float scale) {
    World const& world = present.world();
    CanvasLayout layout;
    layout.area = area;
    layout.spots.resize(world.hosts.size());
    Columns const columns = arrange_columns(world, trace);
    if (columns.networks.empty()) // a world in which nothing stands
        return layout;
    Plan const plan{world, present, trace, scale, layout};

    auto const count = static_cast<float>(columns.networks.size());
    float const least_gutter = std::min(64 * scale, area.w * 0.12F);
    float const width =
        std::floor(std::min(widest_column * scale, (area.w - least_gutter * (count - 1)) / count));
    // What is left over goes between the columns, and to the sides where there is only one.
    float const gutter = count > 1 ? std::min((area.w - width * count) / (count - 1), 260 * scale) : 0;
    float const left = area.x + (area.w - width * count - gutter * (count - 1)) / 2;
    bool const crowded = columns.networks[columns.middle].size() > 3;
    float const cloud = (crowded ? 0.78F : 1.0F) * cloud_height * scale;
    for (std::size_t i = 0; i < columns.networks.size(); ++i) {
        Rect column{std::floor(left + static_cast<float>(i) * (width + gutter)), area.y, width, area.h};
        if (i == columns.middle) {
            float const cloud_width = std::min(width + 36 * scale, 232 * scale);
            layout.dns = {std::floor(column.centre().x - cloud_width / 2), column.bottom() - cloud,
                          cloud_width, cloud};
            column.h -= cloud + between_boxes * scale;
        }
        stand_column(plan, columns.networks[i], column, i);
    }
    lay_roads(present, trace, scale, layout);
    return layout;
}

} // namespace mailflow::viz
