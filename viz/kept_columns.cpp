#include "viz/kept_columns.hpp"

#include <algorithm>
#include <optional>
#include <utility>

namespace mailflow::viz {

namespace {

std::optional<NetworkId> network_named(World const& world, std::string const& name) {
    for (std::size_t i = 0; i < world.networks.size(); ++i)
        if (world.networks[world.networks.id_at(i)].name == name)
            return world.networks.id_at(i);
    return std::nullopt;
}

/// Of the place's cells, how many columns they take.
std::size_t columns_wide(Plot const& plot) {
    std::vector<std::size_t> columns;
    for (Cell const& cell : plot.cells)
        if (std::find(columns.begin(), columns.end(), cell.column) == columns.end())
            columns.push_back(cell.column);
    return std::max<std::size_t>(columns.size(), 1);
}

/// A column of the picture as it was: where it begins and what stands in it, from top to bottom.
struct OldColumn {
    float x = 0;
    std::vector<Plot const*> plots;
};

std::vector<OldColumn> old_columns_of(GroundPlan const& ground) {
    std::vector<OldColumn> columns;
    for (Plot const& plot : ground.plots) {
        auto const same = std::find_if(columns.begin(), columns.end(),
                                       [&](OldColumn const& column) { return column.x == plot.box.x; });
        if (same != columns.end())
            same->plots.push_back(&plot);
        else
            columns.push_back({plot.box.x, {&plot}});
    }
    std::sort(columns.begin(), columns.end(),
              [](OldColumn const& a, OldColumn const& b) { return a.x < b.x; });
    for (OldColumn& column : columns)
        std::sort(column.plots.begin(), column.plots.end(),
                  [](Plot const* a, Plot const* b) { return a->box.y < b->box.y; });
    return columns;
}

bool holds_place(std::vector<PackedColumn> const& columns, NetworkId network) {
    return std::any_of(columns.begin(), columns.end(), [network](PackedColumn const& column) {
        return std::any_of(column.parcels.begin(), column.parcels.end(),
                           [network](Parcel const& parcel) { return parcel.network == network; });
    });
}

/// How much stands in it, about: in machines.
std::size_t load_of(PackedColumn const& column) {
    std::size_t load = column.above_dns ? 1 : 0;
    for (Parcel const& parcel : column.parcels)
        load += std::max<std::size_t>(parcel.machines.size(), 1);
    return load;
}

/// Whether the place is alone in the column, and others belong to it.
bool is_wide(PackedColumn const& column) {
    return column.parcels.empty() || column.parcels.front().columns_wide > 1;
}

/// What of the old column is still there, and the columns that belong to it where it is wide.
void keep_column(OldColumn const& old, GroundPlan const& before, World const& world,
                 std::vector<PackedColumn>& columns) {
    PackedColumn column;
    std::size_t wide = 1;
    for (Plot const* plot : old.plots)
        if (auto const network = network_named(world, plot->name)) {
            std::vector<HostId> machines = machines_in(world, *network);
            wide = std::min(columns_wide(*plot), std::max<std::size_t>(machines.size(), 1));
            column.parcels.push_back({*network, std::move(machines), wide});
        }
    if (column.parcels.empty())
        return;
    Rect const& box = old.plots.front()->box;
    float const dns = before.dns.centre().x;
    column.above_dns = before.dns.w > 0 && box.x < dns && dns < box.right();
    columns.push_back(std::move(column));
    columns.resize(columns.size() + wide - 1);
}

void add_place(NetworkId network, World const& world, Newcomers newcomers, std::size_t old_columns,
               std::vector<PackedColumn>& columns) {
    Parcel parcel{network, machines_in(world, network), 1};
    auto const begin = columns.begin() + (newcomers == Newcomers::below ? 0 : old_columns);
    auto const least =
        std::min_element(begin, columns.end(), [](PackedColumn const& a, PackedColumn const& b) {
            return std::pair{is_wide(a), load_of(a)} < std::pair{is_wide(b), load_of(b)};
        });
    if (least == columns.end() || is_wide(*least))
        columns.push_back({{std::move(parcel)}, false});
    else
        least->parcels.push_back(std::move(parcel));
}

} // namespace

std::vector<PackedColumn> kept_columns(GroundPlan const& before, World const& world, Newcomers newcomers) {
    std::vector<PackedColumn> columns;
    for (OldColumn const& old : old_columns_of(before))
        keep_column(old, before, world, columns);
    std::size_t const count = columns.size();
    std::size_t added = 0;
    for (std::size_t i = 0; i < world.networks.size(); ++i)
        if (NetworkId const network = world.networks.id_at(i); !holds_place(columns, network)) {
            add_place(network, world, newcomers, count, columns);
            ++added;
        }
    if (2 * added > world.networks.size())
        return {};
    if (before.dns.w > 0 && std::none_of(columns.begin(), columns.end(),
                                         [](PackedColumn const& column) { return column.above_dns; }))
        columns[count / 2].above_dns = true; // those that it stood below have gone
    return columns;
}

} // namespace mailflow::viz
