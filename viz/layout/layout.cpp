#include "viz/layout/layout.hpp"

#include "viz/kept_columns.hpp"
#include "viz/layout/growing.hpp"
#include "viz/layout/put_by_hand.hpp"
#include "viz/layout/roads.hpp"

#include <algorithm>

namespace mailflow::viz {

namespace {

/// Spacing, in pixels at scale 1.
constexpr float icon_size = 64;
constexpr float text_line = 21;
constexpr float callout_band = 74; // above the icon, for what is said about the machine
constexpr float least_band = 48;   // less than this holds no callout
constexpr float mailbox_height = 84;
constexpr float frame_width = 12;    // of the frame around a picture, with its badge
constexpr float narrow_beside = 176; // a cell with the picture beside its note
constexpr float road_headroom = 26;  // for a road above all places, and half an envelope on it

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

void stand_machine(World const& world, GroundPlan const& ground, float band, Spot& spot) {
    spot.standing = ground.standing;
    switch (spot.standing) {
    case Standing::upright: stand_upright(spot, ground.unit, spot.keeps_mail, band); return;
    case Standing::beside: stand_beside(spot, ground.unit); return;
    case Standing::line: stand_in_line(spot, ground.unit, is_server(world, spot.host)); return;
    }
}

/// Those that are in the place at this moment.
void stand_machines(Present const& present, GroundPlan const& ground, Plot const& plot,
                    CanvasLayout& layout) {
    float const extra = std::max(plot.title - ground.px(spacing::label_height), 0.0F);
    for (Cell const& cell : plot.cells) {
        if (present.host(cell.host).network != plot.network)
            continue;
        Spot& spot = layout.spots[cell.host.index];
        spot.host = cell.host;
        spot.column = cell.column;
        spot.cell = cell.rect;
        spot.keeps_mail = cell.mailbox;
        stand_machine(present.world(), ground, ground.px(callout_band) - extra, spot);
    }
}

void stand_places(Present const& present, GroundPlan const& ground, CanvasLayout& layout) {
    for (Plot const& plot : ground.plots) {
        layout.places.push_back({.network = plot.network,
                                 .box = plot.box,
                                 .title = plot.title,
                                 .titled = plot.titled,
                                 .empty = is_empty(present, plot.network),
                                 .trusted = is_trusted(present, plot.network)});
        stand_machines(present, ground, plot, layout);
    }
}

/// Whether the machine's whole name has room, about, and no title above it says it.
bool wants_whole_name(World const& world, CanvasLayout const& layout, Spot const& spot) {
    bool const untitled = std::any_of(layout.places.begin(), layout.places.end(), [&](Place const& place) {
        return !place.titled && place.box.contains(spot.cell.centre());
    });
    auto const letters = static_cast<float>(label_of(world, spot.host).size());
    return spot.standing != Standing::line && untitled &&
           letters * spacing::width_of_letter * layout.unit <= spot.name.w;
}

/// Whether some of the names, and the number of what lies in its mailbox, has no room in its machine's row.
bool are_too_long(std::vector<std::string> const& names, GroundPlan const& ground,
                  CanvasLayout const& layout) {
    constexpr float tail = 22; // for the number
    float const letter = spacing::width_of_letter * std::max(ground.unit, legible_in_crowd * ground.scale);
    return std::any_of(layout.spots.begin(), layout.spots.end(), [&](Spot const& spot) {
        if (!spot.host.valid() || spot.standing != Standing::line)
            return false;
        float const room = spot.name.w - (spot.keeps_mail ? ground.px(tail) : 0);
        return static_cast<float>(names[spot.host.index].size()) * letter > room;
    });
}

void name_machines(World const& world, GroundPlan const& ground, CanvasLayout& layout) {
    bool const brief = ground.names == Names::brief;
    std::vector<std::string> names = brief ? short_names(world) : std::vector<std::string>{};
    if (brief && are_too_long(names, ground, layout))
        names = shortest_names(world);
    for (Spot& spot : layout.spots)
        if (spot.host.valid())
            spot.called = brief && !wants_whole_name(world, layout, spot) ? std::move(names[spot.host.index])
                                                                          : label_of(world, spot.host);
    std::vector<std::string> called;
    for (Spot const& spot : layout.spots)
        if (spot.host.valid())
            called.push_back(spot.called);
    std::vector<TellingPart> const parts = telling_parts(called);
    auto part = parts.begin();
    for (Spot& spot : layout.spots)
        if (spot.host.valid())
            spot.tells = *part++;
}

/// What stands on that ground at this moment.
CanvasLayout build_on(GroundPlan ground, Present const& present, Trace const& trace,
                      Positions const& positions) {
    World const& world = present.world();
    CanvasLayout layout;
    layout.area = ground.area;
    layout.unit = ground.unit;
    layout.standing = ground.standing;
    layout.dns = ground.dns;
    layout.spots.resize(world.hosts.size());
    stand_places(present, ground, layout);
    name_machines(world, ground, layout);
    bool const by_hand = !positions.empty();
    if (by_hand)
        put_by_hand(present, positions, layout);
    if (!ground.plots.empty())
        lay_roads(present, trace, by_hand ? RoadLook::free : RoadLook::in_gutters, layout);
    layout.ground = std::make_shared<GroundPlan const>(std::move(ground));
    return layout;
}

/// Whether some road found no gap between the places that it passes.
bool leaves_at_the_top(CanvasLayout const& layout) {
    auto const above = [&](Point at) { return at.y < layout.area.y; };
    return std::any_of(layout.roads.begin(), layout.roads.end(), [&](Road const& road) {
        return std::any_of(road.path.begin(), road.path.end(), above);
    });
}

/// What it is worth that machines are drawn in a larger way, in pixels at scale 1 that each of them moves.
constexpr float worth_of_standing = 120;

/// How much of the picture of before is another now: how far what was there moves, and how much smaller it is
/// drawn.
float change_from(GroundPlan const& before, CanvasLayout const& layout) {
    float moved = 0;
    std::size_t count = 0;
    for (Plot const& plot : before.plots)
        for (Cell const& cell : plot.cells)
            for (Plot const& now : layout.ground->plots)
                for (Cell const& there : now.cells)
                    if (there.name == cell.name) {
                        moved += length_of({cell.rect.centre(), there.rect.centre()});
                        ++count;
                    }
    auto const standing = static_cast<float>(layout.standing);
    return moved / static_cast<float>(std::max<std::size_t>(count, 1)) +
           standing * worth_of_standing * before.scale;
}

/// On fresh ground, or on what has grown out of the ground of `before`; where there is no free ground, on
/// that on which least of it becomes another.
CanvasLayout arrange(Present const& present, Trace const& trace, Rect area, float scale,
                     Positions const& positions, std::vector<PackedColumn> const* like,
                     GroundPlan const* before) {
    World const& world = present.world();
    GroundPlan fresh = plan_ground(world, trace, area, scale, 0, like);
    auto const fits = [&](CanvasLayout const& layout) {
        return !positions.empty() || !leaves_at_the_top(layout);
    };
    auto const with_columns = [&](std::vector<PackedColumn> const* columns) {
        CanvasLayout layout =
            build_on(plan_ground(world, trace, area, scale, 0, columns), present, trace, positions);
        return fits(layout) ? layout
                            : build_on(plan_ground(world, trace, area, scale, road_headroom, columns),
                                       present, trace, positions);
    };
    if (before == nullptr || !can_grow(*before, fresh, world))
        return with_columns(like);
    if (auto grown = grown_from(*before, fresh, world, trace))
        if (CanvasLayout layout = build_on(*std::move(grown), present, trace, positions); fits(layout))
            return layout;
    CanvasLayout best = with_columns(like);
    for (Newcomers const newcomers : {Newcomers::below, Newcomers::right})
        if (std::vector<PackedColumn> const columns = kept_columns(*before, world, newcomers);
            !columns.empty())
            if (CanvasLayout layout = with_columns(&columns);
                change_from(*before, layout) < change_from(*before, best))
                best = std::move(layout);
    return best;
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
                         Positions const& positions, std::optional<Rect> arranged_for,
                         GroundPlan const* before) {
    bool const elsewhere = arranged_for && (arranged_for->w != area.w || arranged_for->h != area.h);
    if (!elsewhere)
        return arrange(present, trace, area, scale, positions, nullptr, before);
    CanvasLayout const usual = arrange(present, trace, *arranged_for, scale, {}, nullptr, nullptr);
    std::vector<PackedColumn> const& columns = usual.ground->columns;
    return arrange(present, trace, area, scale, positions, columns.empty() ? nullptr : &columns, before);
}

} // namespace mailflow::viz
