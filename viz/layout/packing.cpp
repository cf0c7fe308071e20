#include "viz/layout/packing.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <map>

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

constexpr float least_shrink = 0.3F;
constexpr float small_type = 15;    // the texts below machines, in pixels at scale 1
constexpr float mailbox_tail = 30;  // in a row: a picture and a number
constexpr float least_type = 10.5F; // in pixels: in a small window pictures give way before texts do

/// In which rank the cloud of the DNS stands, below its places.
using CloudRank = std::size_t;
constexpr CloudRank no_room_for_it = static_cast<CloudRank>(-1);

struct Attempt {
    World const& world;
    Trace const& trace;
    Standing standing;
    Titles titles;
    Names names;
    float shrink; // by which width and height are larger than on the screen
    float width;
    float height;
    float longest_name;                              // in letters
    float tail;                                      // room for what stands at the end of a row
    float most_letters;                              // of a name in a row that has to have room
    bool forced = false;                             // whatever comes of it
    std::vector<PackedColumn> const* like = nullptr; // the columns that it has to have
};

float height_of(Attempt const& attempt, NetworkId network, std::vector<HostId> const& machines) {
    if (machines.empty())
        return empty_height(attempt.titles);
    float height = title_height(attempt.titles, attempt.world, network, machines.size());
    for (HostId const host : machines)
        height += cell_height(attempt.standing, shows_mailbox(attempt.world, attempt.trace, host));
    return height;
}

/// As wide as its name needs, about: eight and a half for a letter. In rows the type stays as large as can be
/// read, however small the spacing gets; there a name may be shortened.
float least_width(Attempt const& attempt) {
    if (attempt.titles == Titles::low) {
        float const letter = 7.7F * std::max(1.0F, legible_in_crowd / attempt.shrink);
        return std::min(attempt.longest_name, attempt.most_letters) * letter + 46 + attempt.tail;
    }
    float const letters = attempt.longest_name * 8.6F;
    switch (attempt.standing) {
    case Standing::upright:
        return std::clamp(letters + 16, attempt.names == Names::brief ? 104.0F : 128.0F, 220.0F);
    case Standing::beside: return std::clamp(letters + 24, 138.0F, 200.0F);
    case Standing::line: return std::clamp(letters * 0.9F + 70, 112.0F, 200.0F) + attempt.tail;
    }
    return 0;
}

/// One rank's places, shared out to columns of this height from the left, each as full as it gets. None where
/// a machine is higher than the column, unless it has to be.
std::optional<std::vector<PackedColumn>> pack_rank(Attempt const& attempt,
                                                   std::vector<NetworkId> const& networks, bool has_dns) {
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
            float const title = title_height(attempt.titles, attempt.world, network, parcel.machines.size());
            float const cells = height - title;
            float const each = std::max(room() - title, 1.0F);
            auto const wanted = static_cast<std::size_t>(std::ceil(cells / each));
            std::size_t const most = std::max<std::size_t>(parcel.machines.size(), 1);
            if (wanted > most && !parcel.machines.empty() && !attempt.forced)
                return std::nullopt;
            parcel.columns_wide = std::min(wanted, most);
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

/// The same columns, where this height has room for each of them.
std::optional<std::vector<PackedColumn>> pack_like(Attempt const& attempt, bool has_dns) {
    std::vector<PackedColumn> columns = *attempt.like;
    float const dns = spacing::cloud_height(attempt.standing) + spacing::between_boxes;
    for (PackedColumn& column : columns) {
        column.above_dns = column.above_dns && has_dns;
        float used = 0;
        for (Parcel const& parcel : column.parcels) {
            float const title =
                title_height(attempt.titles, attempt.world, parcel.network, parcel.machines.size());
            float const cells = height_of(attempt, parcel.network, parcel.machines) - title;
            used += (used > 0 ? spacing::between_boxes / 2 : 0.0F) + title +
                    cells / static_cast<float>(parcel.columns_wide);
        }
        if (used > attempt.height - (column.above_dns ? dns : 0.0F))
            return std::nullopt;
    }
    return columns;
}

std::optional<Packing> try_to_pack(Attempt const& attempt, Columns const& ranks, CloudRank cloud,
                                   float shrink) {
    Packing packing{.standing = attempt.standing,
                    .titles = attempt.titles,
                    .names = attempt.names,
                    .shrink = shrink,
                    .columns = {}};
    if (attempt.like != nullptr) {
        auto columns = pack_like(attempt, cloud != no_room_for_it);
        if (!columns)
            return std::nullopt;
        packing.columns = *std::move(columns);
    }
    for (std::size_t rank = 0; attempt.like == nullptr && rank < ranks.networks.size(); ++rank) {
        auto columns = pack_rank(attempt, ranks.networks[rank], rank == cloud);
        if (!columns)
            return std::nullopt;
        std::move(columns->begin(), columns->end(), std::back_inserter(packing.columns));
    }
    auto const count = static_cast<float>(packing.columns.size());
    float const width = (attempt.width - spacing::least_gutter(attempt.standing) * (count - 1)) / count;
    if (width < least_width(attempt))
        return std::nullopt;
    return packing;
}

float longest_of(World const& world, Names names) {
    std::size_t longest = 0;
    if (names == Names::brief)
        for (std::string const& name : short_names(world))
            longest = std::max(longest, name.size());
    else
        for (std::size_t i = 0; i < world.hosts.size(); ++i)
            longest = std::max(longest, label_of(world, world.hosts.id_at(i)).size());
    return static_cast<float>(longest);
}

/// Below which ranks the cloud may stand, the best first: everybody who asks must have a way to it that
/// crosses no other rank.
std::vector<CloudRank> cloud_ranks(World const& world, Trace const& trace, Columns const& ranks) {
    std::vector<CloudRank> result{ranks.middle};
    if (ranks.middle != 1 || ranks.networks.size() != 3)
        return result;
    std::vector<bool> asks(ranks.networks.size());
    for (Lookup const& lookup : trace.lookups)
        for (std::size_t rank = 0; rank < ranks.networks.size(); ++rank)
            for (NetworkId const network : ranks.networks[rank])
                if (world.hosts[lookup.asker].network == network)
                    asks[rank] = true;
    if (!asks[2])
        result.push_back(0);
    if (!asks[0])
        result.push_back(2);
    return result;
}

Columns without_empty(World const& world, Columns ranks) {
    for (std::vector<NetworkId>& rank : ranks.networks)
        if (std::any_of(rank.begin(), rank.end(),
                        [&](NetworkId network) { return !machines_in(world, network).empty(); }))
            std::erase_if(rank, [&](NetworkId network) { return machines_in(world, network).empty(); });
    return ranks;
}

} // namespace

float empty_height(Titles titles) {
    return titles == Titles::low ? spacing::low_label + 15 : 84;
}

float title_height(Titles titles, World const& world, NetworkId network, std::size_t machines) {
    if (titles == Titles::low)
        return machines == 1 ? spacing::no_label : spacing::low_label;
    bool const trusted = ever_trusted(world, network);
    if (titles == Titles::telling && machines == 1 && !trusted &&
        world.networks[network].label == label_of(world, machines_in(world, network).front()))
        return spacing::no_label;
    return spacing::label_height + (trusted ? spacing::trusted_height : 0);
}

std::vector<std::string> short_names(World const& world) {
    std::vector<std::string> names;
    std::map<std::string, int> with_name;
    for (std::size_t i = 0; i < world.hosts.size(); ++i) {
        HostId const host = world.hosts.id_at(i);
        std::string const& name = label_of(world, host);
        names.push_back(is_server(world, host) ? name.substr(0, name.find('.')) : name);
        ++with_name[names.back()];
    }
    for (std::size_t i = 0; i < names.size(); ++i) {
        std::string const& whole = label_of(world, world.hosts.id_at(i));
        if (with_name[names[i]] > 1 && names[i].size() < whole.size())
            names[i] = whole.substr(0, whole.find('.', names[i].size() + 1));
    }
    return names;
}

std::vector<std::string> shortest_names(World const& world) {
    std::vector<std::string> const names = short_names(world);
    auto const second_of = [](std::string const& name) {
        std::size_t const dot = name.find('.');
        return dot == std::string::npos ? name : name.substr(dot + 1);
    };
    std::map<std::string, int> with_name;
    for (std::string const& name : names)
        ++with_name[second_of(name)];
    std::vector<std::string> shortest;
    for (std::string const& name : names)
        shortest.push_back(with_name[second_of(name)] == 1 ? second_of(name) : name);
    return shortest;
}

float cell_height(Standing standing, bool mailbox) {
    switch (standing) {
    case Standing::upright: return mailbox ? 206.0F : 150.0F;
    case Standing::beside: return 78;
    case Standing::line: return 30;
    }
    return 0;
}

Packing pack(World const& world, Trace const& trace, float width, float height, float scale,
             std::vector<PackedColumn> const* like) {
    struct Try {
        Standing standing;
        float shrink;
        Names names = Names::whole;
        bool narrow_only = false; // for a picture as high as wide: one of two runs beside each other
        Titles titles = Titles::full;
        bool with_tails = false; // how much lies in the mailboxes of rows is seen beside their whole names
    };
    constexpr std::array<Try, 20> tries{{{Standing::upright, 1},
                                         {Standing::upright, 0.9F},
                                         {Standing::upright, 0.8F},
                                         {Standing::upright, 1, Names::brief, true},
                                         {Standing::upright, 0.9F, Names::brief, true},
                                         {Standing::upright, 0.8F, Names::brief, true},
                                         {Standing::beside, 1},
                                         {Standing::beside, 0.9F},
                                         {Standing::beside, 0.88F},
                                         {Standing::upright, 0.9F, Names::brief},
                                         {Standing::upright, 0.8F, Names::brief},
                                         {Standing::beside, 1, Names::brief, false, Titles::telling},
                                         {Standing::beside, 0.9F, Names::brief, false, Titles::telling},
                                         {Standing::beside, 0.8F, Names::brief, false, Titles::telling},
                                         {Standing::line, 1, Names::brief, false, Titles::full, true},
                                         {Standing::line, 0.9F, Names::brief, false, Titles::full, true},
                                         {Standing::line, 0.8F, Names::brief, false, Titles::full, true},
                                         {Standing::line, 0.75F, Names::brief, false, Titles::full, true},
                                         {Standing::line, 1, Names::brief},
                                         {Standing::line, 0.9F, Names::brief}}};
    float const least_readable = least_type / (small_type * scale);
    bool const is_narrow = width < height * 1.15F;
    Columns const all = arrange_columns(world, trace);
    Columns const inhabited = without_empty(world, all);
    std::array<float, 2> const longest{longest_of(world, Names::whole), longest_of(world, Names::brief)};
    auto const attempt = [&](Columns const& ranks, CloudRank cloud, Try const& how, Titles titles,
                             float most_letters = 0) {
        Attempt const room{.world = world,
                           .trace = trace,
                           .standing = how.standing,
                           .titles = titles,
                           .names = how.names,
                           .shrink = how.shrink,
                           .width = width / how.shrink,
                           .height = height / how.shrink,
                           .longest_name = longest[static_cast<std::size_t>(how.names)],
                           .tail = how.with_tails ? mailbox_tail : 0,
                           .most_letters = most_letters,
                           .forced = false,
                           .like = like};
        return try_to_pack(room, ranks, cloud, how.shrink);
    };
    std::vector<CloudRank> const clouds = cloud_ranks(world, trace, all);
    for (Try const& each : tries)
        for (CloudRank const cloud : clouds)
            if ((is_narrow || like != nullptr || !each.narrow_only) && each.shrink >= least_readable)
                if (auto packing = attempt(all, cloud, each, each.titles))
                    return *std::move(packing);
    // Too little room for all of it: the titles of places with a single machine go first, and then the places
    // in which nobody ever is; and the cloud where it would leave a column no room for a single machine.
    float const one = spacing::cloud_height(Standing::line) + spacing::between_boxes + spacing::label_height +
                      cell_height(Standing::line, false);
    CloudRank const cloud = height < one ? no_room_for_it : clouds.front();
    // Whole names first; where that would leave too little for the pictures, some are shortened.
    constexpr float whole_names = 13;
    constexpr float most_shortened = 8;
    for (Columns const* const ranks : {&all, &inhabited}) {
        if (auto packing = attempt(*ranks, cloud, {Standing::line, 0.9F, Names::brief}, Titles::full))
            return *std::move(packing);
        for (bool const with_tails : {true, false})
            for (float shrink = 1; shrink > 0.66F; shrink *= 0.94F)
                if (auto packing = attempt(
                        *ranks, cloud, {Standing::line, shrink, Names::brief, false, Titles::low, with_tails},
                        Titles::low, whole_names))
                    return *std::move(packing);
    }
    if (like != nullptr) // that cannot be: as it comes
        return pack(world, trace, width, height, scale, nullptr);
    float shrink = 1;
    for (; shrink > least_shrink; shrink *= 0.94F)
        if (auto packing = attempt(inhabited, cloud, {Standing::line, shrink, Names::brief}, Titles::low,
                                   most_shortened))
            return *std::move(packing);
    // More than fits at any size that can be seen: as it comes, to be zoomed into.
    Attempt const widest{.world = world,
                         .trace = trace,
                         .standing = Standing::line,
                         .titles = Titles::low,
                         .names = Names::brief,
                         .shrink = shrink,
                         .width = 1e9F,
                         .height = height / shrink,
                         .longest_name = longest[1],
                         .tail = 0,
                         .most_letters = most_shortened,
                         .forced = true,
                         .like = nullptr};
    return *try_to_pack(widest, inhabited, cloud, shrink);
}

} // namespace mailflow::viz
