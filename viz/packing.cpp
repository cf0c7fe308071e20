#include "viz/packing.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace mailflow::viz {

namespace spacing {

float cloud_height(Standing standing) {
    return standing == Standing::upright ? 108.0F : standing == Standing::beside ? 88.0F : 72.0F;
}

float least_gutter(Standing standing) {
    return standing == Standing::upright ? 56.0F : standing == Standing::beside ? 44.0F : 34.0F;
}

} // namespace spacing

namespace {

constexpr float empty_height = 84;
constexpr float least_shrink = 0.3F;

struct Attempt {
    World const& world;
    Trace const& trace;
    Standing standing;
    float width;
    float height;
};

float height_of(Attempt const& attempt, NetworkId network, std::vector<HostId> const& machines) {
    if (machines.empty())
        return empty_height;
    float height = spacing::label_height;
    if (ever_trusted(attempt.world, network))
        height += spacing::trusted_height;
    for (HostId const host : machines)
        height += cell_height(attempt.standing, shows_mailbox(attempt.world, attempt.trace, host));
    return height;
}

/// As wide as its name needs, about: eight and a half for a letter.
float least_width(Attempt const& attempt) {
    std::size_t longest = 0;
    for (std::size_t i = 0; i < attempt.world.hosts.size(); ++i) {
        HostId const host = attempt.world.hosts.id_at(i);
        std::string const name = attempt.standing == Standing::line ? short_name(attempt.world, host)
                                                                    : label_of(attempt.world, host);
        longest = std::max(longest, name.size());
    }
    float const letters = static_cast<float>(longest) * 8.6F;
    switch (attempt.standing) {
    case Standing::upright: return std::clamp(letters + 16, 128.0F, 220.0F);
    case Standing::beside: return std::clamp(letters + 24, 138.0F, 200.0F);
    case Standing::line: return std::clamp(letters * 0.9F + 70, 112.0F, 200.0F);
    }
    return 0;
}

/// One rank's places, shared out to columns of this height from the left, each as full as it gets.
std::vector<PackedColumn> pack_rank(Attempt const& attempt, std::vector<NetworkId> const& networks,
                                    bool has_dns) {
    float const dns = spacing::cloud_height(attempt.standing) + spacing::between_boxes;
    std::vector<PackedColumn> columns(1);
    columns[0].above_dns = has_dns;
    float const gap = spacing::between_boxes / 2;
    float used = 0;
    bool full = false; // the last column belongs to a place that is wider
    auto const room = [&] { return attempt.height - (columns.back().above_dns ? dns : 0.0F); };
    for (NetworkId const network : networks) {
        Parcel parcel{network, machines_in(attempt.world, network), 1};
        float const height = height_of(attempt, network, parcel.machines);
        if (full || (!columns.back().parcels.empty() && used + gap + height > room())) {
            columns.emplace_back();
            used = 0;
            full = false;
        }
        if (height > room()) { // a place for itself, as many columns wide as it takes
            float const cells = height - spacing::label_height;
            float const each = std::max(room() - spacing::label_height - spacing::trusted_height, 1.0F);
            parcel.columns_wide = static_cast<std::size_t>(std::ceil(cells / each));
            std::size_t const more = parcel.columns_wide - 1;
            columns.back().parcels.push_back(std::move(parcel));
            columns.resize(columns.size() + more);
            full = true;
            continue;
        }
        used += (columns.back().parcels.empty() ? 0.0F : gap) + height;
        columns.back().parcels.push_back(std::move(parcel));
    }
    return columns;
}

std::optional<Packing> try_to_pack(Attempt const& attempt, Columns const& ranks, float shrink) {
    Packing packing{.standing = attempt.standing, .shrink = shrink, .columns = {}};
    for (std::size_t rank = 0; rank < ranks.networks.size(); ++rank)
        for (PackedColumn& column : pack_rank(attempt, ranks.networks[rank], rank == ranks.middle))
            packing.columns.push_back(std::move(column));
    auto const count = static_cast<float>(packing.columns.size());
    float const width = (attempt.width - spacing::least_gutter(attempt.standing) * (count - 1)) / count;
    if (width < least_width(attempt))
        return std::nullopt;
    return packing;
}

} // namespace

std::string short_name(World const& world, HostId host) {
    std::string const& name = label_of(world, host);
    return is_server(world, host) ? name.substr(0, name.find('.')) : name;
}

float cell_height(Standing standing, bool mailbox) {
    switch (standing) {
    case Standing::upright: return mailbox ? 206.0F : 150.0F;
    case Standing::beside: return 78;
    case Standing::line: return 34;
    }
    return 0;
}

Packing pack(World const& world, Trace const& trace, float width, float height) {
    struct Try {
        Standing standing;
        float shrink;
    };
    constexpr std::array<Try, 7> tries{{{Standing::upright, 1},
                                        {Standing::upright, 0.9F},
                                        {Standing::upright, 0.8F},
                                        {Standing::beside, 1},
                                        {Standing::beside, 0.88F},
                                        {Standing::line, 1},
                                        {Standing::line, 0.9F}}};
    Columns const ranks = arrange_columns(world, trace);
    auto const attempt = [&](Standing standing, float shrink) {
        return try_to_pack({world, trace, standing, width / shrink, height / shrink}, ranks, shrink);
    };
    for (Try const& each : tries)
        if (auto packing = attempt(each.standing, each.shrink))
            return *std::move(packing);
    float shrink = 0.8F;
    for (; shrink > least_shrink; shrink *= 0.92F)
        if (auto packing = attempt(Standing::line, shrink))
            return *std::move(packing);
    // More than fits at any size that can be seen: as it comes, to be zoomed into.
    Attempt const widest{world, trace, Standing::line, 1e9F, height / shrink};
    return *try_to_pack(widest, ranks, shrink);
}

} // namespace mailflow::viz
