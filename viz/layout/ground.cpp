#include "viz/layout/ground.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace mailflow::viz {

namespace {

/// Spacing, in pixels at scale 1.
constexpr float most_above_dns = 120;     // between it and the places
constexpr float least_settled = 24;       // moving all of it by less is not worth it
constexpr float lane_below = 20;          // for a road to the DNS below a column
constexpr float least_shown = 0.93F;      // of the height that a column asks for, where that road needs it
constexpr float least_with_mailbox = 214; // of a cell
constexpr float least_between_rows = 18;  // side by side in a wide place

struct Plan {
    World const& world;
    Trace const& trace;
    Packing const& packing;
    GroundPlan& ground;
    Rect free; // of the area, what columns may take

    [[nodiscard]] float px(float size) const { return ground.px(size); }
};

/// What a place asks of its column's height: the least; what it takes at most.
struct Height {
    float wanted = 0;
    float most = 0;
};

Height height_of(Plan const& plan, Parcel const& parcel) {
    if (parcel.machines.empty())
        return {plan.px(empty_height(plan.packing.titles)), plan.px(190)};
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

/// The cells of a plot, one below the other; of a wide one in several rows of columns.
void lay_cells(Plan const& plan, Parcel const& parcel, std::size_t column, float step, Plot& plot) {
    if (parcel.machines.empty())
        return;
    std::size_t const rows = (parcel.machines.size() + parcel.columns_wide - 1) / parcel.columns_wide;
    float const height = (plot.box.h - plot.title) / static_cast<float>(rows);
    auto const across_all = static_cast<float>(parcel.columns_wide);
    float width = plot.box.w - step * (across_all - 1);
    if (plan.packing.standing == Standing::line && parcel.columns_wide > 1) { // rows need their width
        float const gap = std::min(step - width, plan.px(least_between_rows));
        width = (plot.box.w - gap * (across_all - 1)) / across_all;
        step = width + gap;
    }
    for (std::size_t i = 0; i < parcel.machines.size(); ++i) {
        HostId const host = parcel.machines[i];
        std::size_t const across = i / rows;
        plot.cells.push_back(
            {.host = host,
             .name = plan.world.hosts[host].name,
             .rect = {plot.box.x + step * static_cast<float>(across),
                      plot.box.y + plot.title + static_cast<float>(i % rows) * height, width, height},
             .column = column + across,
             .mailbox = shows_mailbox(plan.world, plan.trace, host)});
    }
}

void lay_column(Plan const& plan, std::size_t number, Rect column, float step) {
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
        float const title =
            title_height(plan.packing.titles, plan.world, parcel.network, parcel.machines.size());
        Plot plot{.network = parcel.network,
                  .name = plan.world.networks[parcel.network].name,
                  .box = {column.x, std::floor(y), width, std::floor(given)},
                  .title = plan.px(title),
                  .titled = title > spacing::no_label,
                  .cells = {}};
        lay_cells(plan, parcel, number, step, plot);
        y += plot.box.h + gap;
        plan.ground.plots.push_back(std::move(plot));
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

void lay_columns(Plan const& plan) {
    Rect const area = plan.free;
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
            plan.ground.dns = kept_within({std::floor(column.centre().x - cloud_width / 2),
                                           column.bottom() - cloud, cloud_width, cloud},
                                          area);
            column.h -= cloud + plan.px(spacing::between_boxes);
        }
        if (passed[i])
            column.h = height_passed(plan, plan.packing.columns[i], column.h);
        lay_column(plan, i, column, width + gutter);
    }
}

/// Where little stands in a high picture, the DNS comes closer to it, and all of it towards the middle.
void settle(Plan const& plan) {
    GroundPlan& ground = plan.ground;
    float foot = plan.free.y;
    for (Plot const& plot : ground.plots)
        foot = std::max(foot, plot.box.bottom());
    if (ground.dns.w > 0) {
        ground.dns.y = std::min(ground.dns.y, std::floor(foot + plan.px(most_above_dns)));
        foot = std::max(foot, ground.dns.bottom());
    }
    Point const down{0, std::floor((plan.free.bottom() - foot) * 0.4F)};
    if (down.y < plan.px(least_settled))
        return;
    for (Plot& plot : ground.plots) {
        plot.box = moved(plot.box, down);
        for (Cell& cell : plot.cells)
            cell.rect = moved(cell.rect, down);
    }
    ground.dns = moved(ground.dns, down);
}

} // namespace

GroundPlan plan_ground(World const& world, Trace const& trace, Rect area, float scale, float headroom,
                       std::vector<PackedColumn> const* like) {
    GroundPlan ground{.area = area, .scale = scale, .unit = scale, .plots = {}, .dns = {}, .columns = {}};
    Packing packing = pack(world, trace, area.w / scale, area.h / scale - headroom, scale, like);
    if (packing.columns.empty())
        return ground;
    ground.unit = scale * packing.shrink;
    ground.standing = packing.standing;
    ground.titles = packing.titles;
    ground.names = packing.names;
    float const above = headroom * scale;
    Plan const plan{
        world, trace, packing, ground, {area.x, area.y + above, area.w, std::max(area.h - above, 1.0F)}};
    lay_columns(plan);
    settle(plan);
    ground.columns = std::move(packing.columns);
    return ground;
}

float least_height(GroundPlan const& ground, bool mailbox) {
    return ground.px(cell_height(ground.standing, mailbox));
}

} // namespace mailflow::viz
