#include "viz/layout.hpp"

#include "viz/packing.hpp"
#include "viz/put_by_hand.hpp"
#include "viz/roads.hpp"

#include <algorithm>
#include <cmath>

namespace mailflow::viz {

namespace {

/// Spacing, in pixels at scale 1.
constexpr float icon_size = 64;
constexpr float text_line = 21;
constexpr float callout_band = 74; // above the icon, for what is said about the machine
constexpr float least_band = 48;   // less than this holds no callout
constexpr float mailbox_height = 84;
constexpr float frame_width = 12;         // of the frame around a picture, with its badge
constexpr float most_above_dns = 120;     // between it and the places
constexpr float least_settled = 24;       // moving all of it by less is not worth it
constexpr float narrow_beside = 176;      // a cell with the picture beside its note
constexpr float lane_below = 20;          // for a road to the DNS below a column
constexpr float least_shown = 0.93F;      // of the height that a column asks for, where that road needs it
constexpr float least_with_mailbox = 214; // of a cell
constexpr float width_of_letter = 7.4F;   // of a machine's name, about, where it is a little smaller
constexpr float road_headroom = 26;       // for a road above all places, and half an envelope on it

struct Plan {
    World const& world;
    Present const& present;
    Trace const& trace;
    Packing const& packing;
    CanvasLayout& layout;
    Rect ground; // of the layout's area, what columns may take

    [[nodiscard]] float px(float size) const { return size * layout.unit; }
};

/// One line: the picture, the name, and over its end a place for a number, before which it gives way.
void stand_in_line(Spot& spot, float scale, bool has_tail) {
    float const icon = std::min(24 * scale, spot.cell.h - 4 * scale);
    float const tail = has_tail ? 38 * scale : 0;
    spot.cramped = true;
    spot.icon = {spot.cell.x + 8 * scale, spot.cell.centre().y - icon / 2, icon, icon};
    float const left = spot.icon.right() + 7 * scale;
    float const line = std::min(text_line * scale, spot.cell.h);
    spot.note = {spot.cell.right() - tail - 9 * scale, spot.cell.centre().y - line / 2, tail, line};
    spot.name = {left, spot.note.y, spot.cell.right() - 4 * scale - left, line};
    spot.door_left = {spot.cell.x, spot.icon.centre().y};
    spot.door_right = {spot.cell.right(), spot.icon.centre().y};
}

/// The name above, the picture and the note side by side below it.
void stand_beside(Spot& spot, float scale) {
    float const line = text_line * scale;
    bool const narrow = spot.cell.w < narrow_beside * scale; // there the note takes what room there is
    float const pad = (narrow ? 8 : 10) * scale;
    float const icon = std::min(40 * scale, spot.cell.h - line - 9 * scale);
    float const top = spot.cell.y + std::max(0.0F, (spot.cell.h - line - icon - 8 * scale) / 2);
    spot.cramped = true;
    spot.name = {spot.cell.x + pad, top, spot.cell.w - 2 * pad, line};
    spot.icon = {spot.cell.x + pad + (narrow ? 6 : 8) * scale, spot.name.bottom() + 5 * scale, icon, icon};
    float const left = spot.icon.right() + (narrow ? 15 : 18) * scale;
    spot.note = {left, spot.icon.y, spot.cell.right() - pad - left, line};
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
    if (float const least = std::min(frame_width * scale, band); spare < least) {
        icon = std::max(icon + spare - least, 24 * scale);
        spare = held_between(spot.cell.h - icon - texts - 10 * scale, 0, least);
    }
    float const top = spot.cell.y + std::min(spare, band);
    spot.icon = {spot.cell.centre().x - icon / 2, top, icon, icon};
    spot.cramped = top - spot.cell.y < least_band * scale;
    float const line = text_line * scale;
    spot.name = {spot.cell.x + 3 * scale, spot.icon.bottom() + 8 * scale, spot.cell.w - 6 * scale, line};
    spot.note = {spot.name.x, spot.name.bottom(), spot.name.w, line};
    if (mailbox)
        spot.mailbox = Rect{spot.cell.x + 6 * scale, spot.note.bottom() + 8 * scale, spot.cell.w - 12 * scale,
                            (mailbox_height - 12) * scale};
    float const step = 14 * scale;
    spot.door_left = {spot.icon.x - step, spot.icon.centre().y};
    spot.door_right = {spot.icon.right() + step, spot.icon.centre().y};
}

void stand_machine(Plan const& plan, Spot& spot, float band) {
    spot.standing = plan.packing.standing;
    spot.keeps_mail = shows_mailbox(plan.world, plan.trace, spot.host);
    switch (spot.standing) {
    case Standing::upright: stand_upright(spot, plan.layout.unit, spot.keeps_mail, band); return;
    case Standing::beside: stand_beside(spot, plan.layout.unit); return;
    case Standing::line: stand_in_line(spot, plan.layout.unit, is_server(plan.world, spot.host)); return;
    }
}

/// The machines of a place, one below the other; of a wide one in several rows of columns.
void stand_machines(Plan const& plan, Parcel const& parcel, Rect box, std::size_t column, float step) {
    if (parcel.machines.empty())
        return;
    float const label =
        plan.px(title_height(plan.packing.titles, plan.world, parcel.network, parcel.machines.size()));
    float const extra = std::max(label - plan.px(spacing::label_height), 0.0F);
    std::size_t const rows = (parcel.machines.size() + parcel.columns_wide - 1) / parcel.columns_wide;
    float const height = (box.h - label) / static_cast<float>(rows);
    float const width = box.w - step * static_cast<float>(parcel.columns_wide - 1);
    for (std::size_t i = 0; i < parcel.machines.size(); ++i) {
        HostId const host = parcel.machines[i];
        if (plan.present.host(host).network != parcel.network)
            continue;
        Spot& spot = plan.layout.spots[host.index];
        std::size_t const across = i / rows;
        spot.host = host;
        spot.column = column + across;
        spot.cell = {box.x + step * static_cast<float>(across),
                     box.y + label + static_cast<float>(i % rows) * height, width, height};
        stand_machine(plan, spot, plan.px(callout_band) - extra);
    }
}

/// What a place asks of its column's height: the least; what it takes at most.
struct Height {
    float wanted = 0;
    float most = 0;
};

Height height_of(Plan const& plan, Parcel const& parcel) {
    if (parcel.machines.empty())
        return {plan.px(84), plan.px(190)};
    float const label = title_height(plan.packing.titles, plan.world, parcel.network, parcel.machines.size());
    Height height{label, label};
    bool const upright = plan.packing.standing == Standing::upright;
    for (HostId const host : parcel.machines) {
        bool const mailbox = shows_mailbox(plan.world, plan.trace, host);
        float const least = cell_height(plan.packing.standing, mailbox);
        height.wanted += least;
        height.most += upright ? (mailbox ? 300.0F : 236.0F) : least * 1.6F;
    }
    auto const wide = static_cast<float>(parcel.columns_wide);
    return {plan.px(height.wanted) / wide, plan.px(height.most) / (wide > 1 ? 1.0F : wide)};
}

void stand_column(Plan const& plan, std::size_t number, Rect column, float step) {
    std::vector<Parcel> const& parcels = plan.packing.columns[number].parcels;
    if (parcels.empty())
        return;
    float const gap = plan.px(parcels.size() > 3 ? spacing::between_boxes / 2 : spacing::between_boxes);
    float total = 0;
    for (Parcel const& parcel : parcels)
        total += height_of(plan, parcel).wanted;
    float const room = column.h - gap * static_cast<float>(parcels.size() - 1);
    float y = column.y;
    for (Parcel const& parcel : parcels) {
        Height const height = height_of(plan, parcel);
        float const given = std::min(room * height.wanted / total, height.most);
        float const width = column.w + step * static_cast<float>(parcel.columns_wide - 1);
        std::size_t const machines = parcel.machines.size();
        float const title = title_height(plan.packing.titles, plan.world, parcel.network, machines);
        Place const place{.network = parcel.network,
                          .box = {column.x, std::floor(y), width, std::floor(given)},
                          .title = plan.px(title),
                          .titled = title > spacing::no_label,
                          .empty = is_empty(plan.present, parcel.network),
                          .trusted = is_trusted(plan.present, parcel.network)};
        plan.layout.places.push_back(place);
        stand_machines(plan, parcel, place.box, number, step);
        y += place.box.h + gap;
    }
}

/// In which columns the machines of the network stand, from the first to behind the last; none: in none.
std::pair<std::size_t, std::size_t> columns_of(Packing const& packing, NetworkId network) {
    for (std::size_t i = 0; i < packing.columns.size(); ++i)
        for (Parcel const& parcel : packing.columns[i].parcels)
            if (parcel.network == network)
                return {i, i + parcel.columns_wide};
    return {0, 0};
}

/// Whether somebody's road to the DNS has to pass the column on its way.
std::vector<bool> passed_to_dns(Plan const& plan) {
    std::vector<PackedColumn> const& columns = plan.packing.columns;
    std::vector<bool> passed(columns.size());
    auto const above = std::find_if(columns.begin(), columns.end(),
                                    [](PackedColumn const& column) { return column.above_dns; });
    if (above == columns.end())
        return passed;
    auto const dns = static_cast<std::size_t>(above - columns.begin());
    std::vector<bool> asks(plan.world.networks.size());
    for (Lookup const& lookup : plan.trace.lookups)
        asks[plan.world.hosts[lookup.asker].network.index] = true;
    for (std::size_t i = 0; i < asks.size(); ++i) {
        auto const [first, end] = columns_of(plan.packing, plan.world.networks.id_at(i));
        for (std::size_t column = 0; asks[i] && first < end && column < columns.size(); ++column)
            if ((column >= end && column < dns) || (column > dns && column < first))
                passed[column] = true;
    }
    return passed;
}

/// Of how many machines there is room for the mailbox when the column is so high.
std::ptrdiff_t mailboxes_shown(Plan const& plan, PackedColumn const& column, float high, float wanted) {
    std::ptrdiff_t count = 0;
    for (auto const& [network, machines, wide] : column.parcels) {
        Height const height = height_of(plan, {network, machines, wide});
        float const title = title_height(plan.packing.titles, plan.world, network, machines.size());
        float const cells = std::min(high / wanted * height.wanted, height.most) - plan.px(title);
        if (cells >= plan.px(least_with_mailbox) * static_cast<float>(machines.size()))
            for (HostId const host : machines)
                count += shows_mailbox(plan.world, plan.trace, host) ? 1 : 0;
    }
    return count;
}

/// How high the column may be where a road to the DNS has to pass below it: lower, if that takes no mailbox.
float height_passed(Plan const& plan, PackedColumn const& column, float height) {
    float wanted = 0;
    for (Parcel const& parcel : column.parcels)
        wanted += height_of(plan, parcel).wanted;
    float const gaps = plan.px(spacing::between_boxes) * (static_cast<float>(column.parcels.size()) - 1);
    float const lower = height - plan.px(lane_below);
    bool const is_enough =
        lower - gaps >= wanted * least_shown && mailboxes_shown(plan, column, lower - gaps, wanted) ==
                                                    mailboxes_shown(plan, column, height - gaps, wanted);
    return is_enough ? lower : height;
}

void stand_columns(Plan const& plan) {
    Rect const area = plan.ground;
    auto const count = static_cast<float>(plan.packing.columns.size());
    float const least = plan.px(spacing::least_gutter(plan.packing.standing));
    float const width = std::floor(
        std::min(plan.px(spacing::widest_column), (area.w - least * (count - 1)) / std::max(count, 1.0F)));
    // What is left over goes between the columns, and to the sides where there is only one.
    float const gutter = count > 1 ? std::min((area.w - width * count) / (count - 1), plan.px(260)) : 0;
    float const left = area.x + (area.w - width * count - gutter * (count - 1)) / 2;
    float const cloud = plan.px(spacing::cloud_height(plan.packing.standing));
    std::vector<bool> const passed = passed_to_dns(plan);
    for (std::size_t i = 0; i < plan.packing.columns.size(); ++i) {
        Rect column{std::floor(left + static_cast<float>(i) * (width + gutter)), area.y, width, area.h};
        if (plan.packing.columns[i].above_dns) {
            float const cloud_width = std::min(width + plan.px(36), plan.px(232));
            plan.layout.dns = kept_within({std::floor(column.centre().x - cloud_width / 2),
                                           column.bottom() - cloud, cloud_width, cloud},
                                          area);
            column.h -= cloud + plan.px(spacing::between_boxes);
        }
        if (passed[i])
            column.h = height_passed(plan, plan.packing.columns[i], column.h);
        stand_column(plan, i, column, width + gutter);
    }
}

/// Where little stands in a high picture, the DNS comes closer to it, and all of it towards the middle.
void settle(Plan const& plan) {
    CanvasLayout& layout = plan.layout;
    float foot = plan.ground.y;
    for (Place const& place : layout.places)
        foot = std::max(foot, place.box.bottom());
    if (layout.dns.w > 0) {
        layout.dns.y = std::min(layout.dns.y, std::floor(foot + plan.px(most_above_dns)));
        foot = std::max(foot, layout.dns.bottom());
    }
    Point const down{0, std::floor((plan.ground.bottom() - foot) * 0.4F)};
    if (down.y < plan.px(least_settled))
        return;
    for (Place& place : layout.places)
        place.box = moved(place.box, down);
    for (Spot& spot : layout.spots)
        if (spot.host.valid())
            move_spot(spot, down);
    layout.dns = moved(layout.dns, down);
}

/// Whether the machine's whole name has room, about, and no title above it says it.
bool wants_whole_name(Plan const& plan, Spot const& spot) {
    bool const untitled =
        std::any_of(plan.layout.places.begin(), plan.layout.places.end(), [&](Place const& place) {
            return !place.titled && place.box.contains(spot.cell.centre());
        });
    auto const letters = static_cast<float>(label_of(plan.world, spot.host).size());
    return spot.standing != Standing::line && untitled && plan.px(letters * width_of_letter) <= spot.name.w;
}

void name_machines(Plan const& plan) {
    bool const brief = plan.packing.names == Names::brief;
    std::vector<std::string> names = brief ? short_names(plan.world) : std::vector<std::string>{};
    for (Spot& spot : plan.layout.spots)
        if (spot.host.valid())
            spot.called = brief && !wants_whole_name(plan, spot) ? std::move(names[spot.host.index])
                                                                 : label_of(plan.world, spot.host);
}

/// A plan, and the columns that its places were shared out to.
struct Arranged {
    CanvasLayout layout;
    std::vector<PackedColumn> columns;
};

/// Planned with so much of the area's height, in spacing at scale 1, left free above all places; with the
/// columns of `like`, where they fit.
Arranged plan_below(Present const& present, Trace const& trace, Rect area, float scale,
                    Positions const& positions, float headroom, std::vector<PackedColumn> const* like) {
    World const& world = present.world();
    Arranged arranged;
    CanvasLayout& layout = arranged.layout;
    layout.area = area;
    layout.unit = scale;
    layout.spots.resize(world.hosts.size());
    Packing const packing = pack(world, trace, area.w / scale, area.h / scale - headroom, scale, like);
    if (packing.columns.empty()) // a world in which nothing stands
        return arranged;
    arranged.columns = packing.columns;
    layout.unit = scale * packing.shrink;
    layout.standing = packing.standing;
    float const free = headroom * scale;
    Plan const plan{world,   present, trace,
                    packing, layout,  {area.x, area.y + free, area.w, std::max(area.h - free, 1.0F)}};
    stand_columns(plan);
    settle(plan);
    name_machines(plan);
    bool const by_hand = !positions.empty();
    if (by_hand)
        put_by_hand(present, positions, layout);
    lay_roads(present, trace, by_hand ? RoadLook::free : RoadLook::in_gutters, layout);
    return arranged;
}

/// Whether some road found no gap between the places that it passes.
bool leaves_at_the_top(CanvasLayout const& layout) {
    auto const above = [&](Point at) { return at.y < layout.area.y; };
    return std::any_of(layout.roads.begin(), layout.roads.end(), [&](Road const& road) {
        return std::any_of(road.path.begin(), road.path.end(), above);
    });
}

Arranged arrange(Present const& present, Trace const& trace, Rect area, float scale,
                 Positions const& positions, std::vector<PackedColumn> const* like) {
    Arranged arranged = plan_below(present, trace, area, scale, positions, 0, like);
    return positions.empty() && leaves_at_the_top(arranged.layout)
               ? plan_below(present, trace, area, scale, positions, road_headroom, like)
               : arranged;
}

bool by_machines(Road const& road, std::pair<HostId, HostId> const& ends) {
    return std::pair<HostId, HostId>{std::minmax(road.from, road.to)} < ends;
}

} // namespace

Positions positions_in(World const& world, Positions const& moved_by_hand) {
    auto const parts = [](PictureSpot spot) {
        return Point{static_cast<float>(spot.across) / picture_thousandths,
                     static_cast<float>(spot.down) / picture_thousandths};
    };
    Positions positions = moved_by_hand; // which count for more than what the file says
    for (std::size_t i = 0; i < world.networks.size(); ++i)
        if (NetworkId const network = world.networks.id_at(i); world.networks[network].shown_at)
            positions.places.try_emplace(network, parts(*world.networks[network].shown_at));
    for (std::size_t i = 0; i < world.hosts.size(); ++i)
        if (HostId const host = world.hosts.id_at(i); world.hosts[host].shown_at)
            positions.machines.try_emplace(host, parts(*world.hosts[host].shown_at));
    return positions;
}

Road const* CanvasLayout::road(HostId a, HostId b) const {
    std::pair<HostId, HostId> const ends = std::minmax(a, b);
    auto const found = std::lower_bound(roads.begin(), roads.end(), ends, by_machines);
    return found != roads.end() && std::pair<HostId, HostId>{std::minmax(found->from, found->to)} == ends
               ? &*found
               : nullptr;
}

DnsRoad const* CanvasLayout::dns_road(HostId asker) const {
    for (DnsRoad const& road : dns_roads)
        if (road.asker == asker)
            return &road;
    return nullptr;
}

CanvasLayout plan_canvas(Present const& present, Trace const& trace, Rect area, float scale,
                         Positions const& positions, std::optional<Rect> arranged_for) {
    bool const elsewhere = arranged_for && (arranged_for->w != area.w || arranged_for->h != area.h);
    if (!elsewhere)
        return arrange(present, trace, area, scale, positions, nullptr).layout;
    Arranged const usual = arrange(present, trace, *arranged_for, scale, {}, nullptr);
    return arrange(present, trace, area, scale, positions, usual.columns.empty() ? nullptr : &usual.columns)
        .layout;
}

} // namespace mailflow::viz
